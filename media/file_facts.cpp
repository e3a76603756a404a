// SPDX-License-Identifier: Apache-2.0
#include "media/file_facts.h"

#include "media/picture.h"
#include "media/place_names.h"
#include "media/text_metadata.h"

#include <libexif/exif-data.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <memory>
#include <string_view>

namespace studio::media {
namespace {

using ExifPointer = std::unique_ptr<ExifData, decltype(&exif_data_unref)>;

ExifPointer read_exif(std::string exif) {
    constexpr std::string_view prefix("Exif\0\0", 6); // what libexif takes as the beginning
    if (!exif.empty() && !exif.starts_with(prefix)) {
        exif.insert(0, prefix);
    }
    return {exif.empty() ? nullptr
                         : exif_data_new_from_data(reinterpret_cast<const unsigned char *>(exif.data()),
                                                   static_cast<unsigned>(exif.size())),
            &exif_data_unref};
}

const ExifEntry *entry_of(const ExifPointer &exif, ExifIfd ifd, int tag) {
    return exif ? exif_content_get_entry(exif->ifd[ifd], static_cast<ExifTag>(tag)) : nullptr;
}

std::string exif_text(const ExifPointer &exif, ExifIfd ifd, int tag) {
    const ExifEntry *entry = entry_of(exif, ifd, tag);
    if (!entry || entry->format != EXIF_FORMAT_ASCII || !entry->data) {
        return {};
    }
    const std::string_view text(reinterpret_cast<const char *>(entry->data), entry->size);
    return shown_text(text.substr(0, text.find_last_not_of('\0') + 1));
}

// Written by Windows as UTF-16: the basic plane's letters are enough to recognise a name.
std::string windows_text(const ExifPointer &exif, int tag) {
    const ExifEntry *entry = entry_of(exif, EXIF_IFD_0, tag);
    std::string text;
    for (unsigned i = 0; entry && entry->data && i + 1 < entry->size; i += 2) {
        const unsigned code = entry->data[i] | static_cast<unsigned>(entry->data[i + 1]) << 8U;
        if (code == 0) {
            break;
        }
        if (code < 0x80) {
            text += static_cast<char>(code);
        } else if (code < 0x800) {
            text += static_cast<char>(0xc0U | code >> 6U);
            text += static_cast<char>(0x80U | (code & 0x3fU));
        } else {
            text += static_cast<char>(0xe0U | code >> 12U);
            text += static_cast<char>(0x80U | (code >> 6U & 0x3fU));
            text += static_cast<char>(0x80U | (code & 0x3fU));
        }
    }
    return shown_text(text);
}

// Degrees of three rational numbers: degrees, minutes, seconds.
std::optional<double> exif_degrees(const ExifPointer &exif, int tag, int reference_tag, char negative) {
    const ExifEntry *entry = entry_of(exif, EXIF_IFD_GPS, tag);
    if (!entry || entry->format != EXIF_FORMAT_RATIONAL || entry->components < 1 || entry->size < 8 ||
        !entry->data) {
        return std::nullopt;
    }
    double degrees = 0, unit = 1;
    for (unsigned i = 0; i < 3 && 8 * (i + 1) <= entry->size; ++i, unit *= 60) {
        const ExifRational part =
            exif_get_rational(entry->data + 8 * i, exif_data_get_byte_order(exif.get()));
        if (part.denominator == 0) {
            return i == 0 ? std::nullopt : std::optional(degrees);
        }
        degrees += static_cast<double>(part.numerator) / part.denominator / unit;
    }
    const std::string reference = exif_text(exif, EXIF_IFD_GPS, reference_tag);
    return !reference.empty() && reference.front() == negative ? -degrees : degrees;
}

// "33,51.41S" of XMP, with minutes, or minutes and seconds.
std::optional<double> xmp_degrees(std::string_view xmp, std::string_view property) {
    const auto texts = xmp_texts(xmp, property);
    if (texts.empty()) {
        return std::nullopt;
    }
    std::string_view text = texts.front();
    double degrees = 0, unit = 1;
    while (!text.empty()) {
        double part = 0;
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), part);
        if (problem != std::errc()) {
            return std::nullopt;
        }
        degrees += part / unit;
        unit *= 60;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (text.empty() || text.front() != ',') {
            break;
        }
        text.remove_prefix(1);
    }
    return text == "S" || text == "W" ? -degrees : degrees;
}

std::optional<GeoPoint> place_of(const ExifPointer &exif, std::string_view xmp) {
    auto latitude = exif_degrees(exif, EXIF_TAG_GPS_LATITUDE, EXIF_TAG_GPS_LATITUDE_REF, 'S');
    auto longitude = exif_degrees(exif, EXIF_TAG_GPS_LONGITUDE, EXIF_TAG_GPS_LONGITUDE_REF, 'W');
    if (!latitude || !longitude) {
        latitude = xmp_degrees(xmp, "exif:GPSLatitude");
        longitude = xmp_degrees(xmp, "exif:GPSLongitude");
    }
    if (!latitude || !longitude || std::abs(*latitude) > 90 || std::abs(*longitude) > 180) {
        return std::nullopt;
    }
    return GeoPoint{*latitude, *longitude};
}

void add_new(std::vector<std::string> &texts, const std::string &text) {
    if (!text.empty() && std::find(texts.begin(), texts.end(), text) == texts.end()) {
        texts.push_back(text);
    }
}

void add_new(std::vector<std::string> &texts, const std::vector<std::string> &more) {
    for (const std::string &text : more) {
        add_new(texts, text);
    }
}

std::string joined(const std::vector<std::string> &texts) {
    std::string line;
    for (const std::string &text : texts) {
        line += (line.empty() ? "" : ", ") + text;
    }
    return line;
}

// What the file itself calls the place, from the small to the large.
std::string named_place(const Metadata &metadata) {
    std::vector<std::string> names;
    add_new(names, xmp_texts(metadata.xmp, "Iptc4xmpCore:Location"));
    add_new(names, iptc_texts(metadata.iptc, 92)); // sub-location
    add_new(names, xmp_texts(metadata.xmp, "photoshop:City"));
    add_new(names, iptc_texts(metadata.iptc, 90)); // city
    add_new(names, xmp_texts(metadata.xmp, "photoshop:State"));
    add_new(names, iptc_texts(metadata.iptc, 95)); // province or state
    add_new(names, xmp_texts(metadata.xmp, "photoshop:Country"));
    add_new(names, iptc_texts(metadata.iptc, 101)); // country
    return joined(names);
}

std::string place_words_of(const FileFacts &facts, const Metadata &metadata) {
    const std::string named = named_place(metadata);
    const std::string near = facts.place ? place_in_words(*facts.place) : std::string();
    return named.empty() || near.empty() ? named + near : named + " (" + near + ")";
}

// "2026:03:14 18:20:05" of EXIF and "2026-03-14T18:20:05+11:00" of XMP alike → "14 March 2026, 18:20".
std::string time_in_words(std::string_view text) {
    constexpr std::array months = {"January", "February", "March",     "April",   "May",      "June",
                                   "July",    "August",   "September", "October", "November", "December"};
    const auto number = [&](std::size_t at, std::size_t length) {
        int value = -1;
        if (at + length <= text.size()) {
            const auto [end, problem] = std::from_chars(text.data() + at, text.data() + at + length, value);
            value = problem == std::errc() && end == text.data() + at + length ? value : -1;
        }
        return value;
    };
    const int year = number(0, 4), month = number(5, 2), day = number(8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) {
        return {};
    }
    std::string words =
        std::to_string(day) + " " + months[static_cast<std::size_t>(month - 1)] + " " + std::to_string(year);
    if (number(11, 2) >= 0 && number(14, 2) >= 0) {
        words += ", " + std::string(text.substr(11, 2)) + ":" + std::string(text.substr(14, 2));
    }
    return words;
}

std::string first_time(const ExifPointer &exif, std::string_view xmp) {
    std::vector<std::string> times;
    add_new(times, exif_text(exif, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL));
    add_new(times, exif_text(exif, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_DIGITIZED));
    add_new(times, xmp_texts(xmp, "photoshop:DateCreated"));
    add_new(times, xmp_texts(xmp, "xmp:CreateDate"));
    add_new(times, exif_text(exif, EXIF_IFD_0, EXIF_TAG_DATE_TIME));
    for (const std::string &time : times) {
        if (const std::string words = time_in_words(time); !words.empty()) {
            return words;
        }
    }
    return {};
}

std::string device_of(const ExifPointer &exif, std::string_view xmp) {
    const auto first_of = [&](const std::string &text, std::string_view property) {
        const auto texts = xmp_texts(xmp, property);
        return text.empty() && !texts.empty() ? texts.front() : text;
    };
    const std::string make = first_of(exif_text(exif, EXIF_IFD_0, EXIF_TAG_MAKE), "tiff:Make");
    const std::string model = first_of(exif_text(exif, EXIF_IFD_0, EXIF_TAG_MODEL), "tiff:Model");
    std::string device = model.starts_with(make) || make.empty() ? model
                         : model.empty()                         ? make
                                                                 : make + " " + model;
    const auto add = [&](const char *what, const std::string &text) {
        if (!text.empty()) {
            device += (device.empty() ? "" : ", ") + std::string(what) + text;
        }
    };
    add("number ", first_of(exif_text(exif, EXIF_IFD_EXIF, EXIF_TAG_BODY_SERIAL_NUMBER), "aux:SerialNumber"));
    add("lens number ", exif_text(exif, EXIF_IFD_EXIF, EXIF_TAG_LENS_SERIAL_NUMBER));
    return device;
}

std::vector<std::string> names_of(const ExifPointer &exif, const Metadata &metadata) {
    std::vector<std::string> names;
    add_new(names, exif_text(exif, EXIF_IFD_EXIF, EXIF_TAG_CAMERA_OWNER_NAME));
    add_new(names, exif_text(exif, EXIF_IFD_0, EXIF_TAG_ARTIST));
    add_new(names, windows_text(exif, EXIF_TAG_XP_AUTHOR));
    add_new(names, exif_text(exif, EXIF_IFD_0, EXIF_TAG_COPYRIGHT));
    for (const char *property :
         {"Iptc4xmpExt:PersonInImage", "mwg-rs:Name", "MPReg:PersonDisplayName", "dc:creator", "dc:rights",
          "xmpRights:Owner", "aux:OwnerName", "photoshop:Credit"}) {
        add_new(names, xmp_texts(metadata.xmp, property));
    }
    for (const int data_set : {80, 110, 116, 122}) { // author, credit, copyright, who wrote the caption
        add_new(names, iptc_texts(metadata.iptc, data_set));
    }
    return names;
}

} // namespace

FileFacts facts_of(const std::filesystem::path &file) {
    const std::string bytes = read_picture_file(file, max_picture_file_bytes);
    const auto format = picture_format(bytes);
    if (!format) {
        return {};
    }
    const Metadata metadata = metadata_of(bytes, *format);
    const ExifPointer exif = read_exif(metadata.exif);
    FileFacts facts;
    facts.place = place_of(exif, metadata.xmp);
    facts.place_words = place_words_of(facts, metadata);
    facts.taken_at = first_time(exif, metadata.xmp);
    facts.device = device_of(exif, metadata.xmp);
    facts.names = names_of(exif, metadata);
    return facts;
}

} // namespace studio::media
