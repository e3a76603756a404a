// SPDX-License-Identifier: Apache-2.0
#include "tests/media/picture_samples.h"

#include <webp/mux.h>
#include <zlib.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace studio::tests {
namespace fs = std::filesystem;
using vips::VImage;

namespace {

std::string little_endian(std::uint32_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) {
        text += static_cast<char>(value >> (8 * i) & 0xff);
    }
    return text;
}

std::string big_endian(std::uint32_t value, int bytes) {
    std::string text;
    for (int i = bytes - 1; i >= 0; --i) {
        text += static_cast<char>(value >> (8 * i) & 0xff);
    }
    return text;
}

std::string tiff_entry(int tag, int type, std::uint32_t count, const std::string &value_or_offset) {
    return little_endian(static_cast<std::uint32_t>(tag), 2) +
           little_endian(static_cast<std::uint32_t>(type), 2) + little_endian(count, 4) +
           (value_or_offset + std::string(4, '\0')).substr(0, 4);
}

std::string jpeg_segment(int marker, const std::string &payload) {
    return std::string("\xff") + static_cast<char>(marker) +
           big_endian(static_cast<std::uint32_t>(payload.size() + 2), 2) + payload;
}

std::string png_chunk(const std::string &type, const std::string &payload) {
    const std::string typed = type + payload;
    const auto checksum =
        ::crc32(0, reinterpret_cast<const Bytef *>(typed.data()), static_cast<uInt>(typed.size()));
    return big_endian(static_cast<std::uint32_t>(payload.size()), 4) + typed +
           big_endian(static_cast<std::uint32_t>(checksum), 4);
}

std::string xmp_packet() {
    return "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
           "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
           "<rdf:Description xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:creator>" +
           planted_creator + "</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>";
}

std::uint32_t byte_at(const std::string &bytes, std::size_t i) {
    return static_cast<unsigned char>(bytes.at(i));
}

} // namespace

ScratchFolder::ScratchFolder() {
    std::string name = (fs::temp_directory_path() / "studio-media-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error("no scratch folder");
    }
    m_path = name;
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored_at_the_end;
    fs::remove_all(m_path, ignored_at_the_end);
}

fs::path ScratchFolder::write(const std::string &name, const std::string &bytes) const {
    std::ofstream(m_path / name, std::ios::binary) << bytes;
    return m_path / name;
}

VImage gradient(int width, int height) {
    if (VIPS_INIT("tests") != 0) {
        throw std::runtime_error("libvips");
    }
    const auto xy = VImage::xyz(width, height);
    const auto x = xy.extract_band(0) / width, y = xy.extract_band(1) / height;
    return VImage::bandjoin({(1 - x) * (1 - y) * 230, x * (1 - y) * 230, (x + y) * 40})
        .cast(VIPS_FORMAT_UCHAR)
        .copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB))
        .copy_memory();
}

std::string encoded(const VImage &image, const std::string &suffix) {
    void *data = nullptr;
    std::size_t size = 0;
    image.write_to_buffer(suffix.c_str(), &data, &size);
    std::string bytes(static_cast<const char *>(data), size);
    g_free(data);
    return bytes;
}

std::string jpeg_of(const VImage &image) {
    return encoded(image, ".jpg[Q=92]");
}
std::string png_of(const VImage &image) {
    return encoded(image, ".png[compression=1]");
}
std::string webp_of(const VImage &image) {
    return encoded(image, ".webp[Q=90]");
}

VImage decoded(const std::string &bytes) {
    return VImage::new_from_buffer(bytes.data(), bytes.size(), "").copy_memory();
}

std::vector<double> pixel(const VImage &image, int x, int y) {
    return image.getpoint(x, y);
}

std::string exif_block(int orientation) {
    const auto owner = planted_owner + std::string(1, '\0');
    const std::uint32_t ifd_end = 8 + 2 + 3 * 12 + 4,
                        gps = ifd_end + static_cast<std::uint32_t>(owner.size());
    const std::uint32_t rationals = gps + 2 + 4 * 12 + 4;
    std::string latitude, longitude;
    for (const int n : {33, 51, 2468}) {
        latitude += little_endian(static_cast<std::uint32_t>(n), 4) + little_endian(1, 4);
    }
    for (const int n : {151, 12, 1357}) {
        longitude += little_endian(static_cast<std::uint32_t>(n), 4) + little_endian(1, 4);
    }
    return std::string("II") + little_endian(42, 2) + little_endian(8, 4) + little_endian(3, 2) +
           tiff_entry(0x0112, 3, 1, little_endian(static_cast<std::uint32_t>(orientation), 2)) +
           tiff_entry(0x013b, 2, static_cast<std::uint32_t>(owner.size()), little_endian(ifd_end, 4)) +
           tiff_entry(0x8825, 4, 1, little_endian(gps, 4)) + little_endian(0, 4) + owner +
           little_endian(4, 2) + tiff_entry(1, 2, 2, "S") + tiff_entry(2, 5, 3, little_endian(rationals, 4)) +
           tiff_entry(3, 2, 2, "E") + tiff_entry(4, 5, 3, little_endian(rationals + 24, 4)) +
           little_endian(0, 4) + latitude + longitude;
}

std::string exif_of_texts(const std::map<int, std::string> &first, const std::map<int, std::string> &exif) {
    const auto directory_size = [](std::size_t entries) {
        return static_cast<std::uint32_t>(2 + 12 * entries + 4);
    };
    const std::uint32_t exif_at = 8 + directory_size(first.size() + 1);
    std::string values;
    const std::uint32_t values_at = exif_at + directory_size(exif.size());
    const auto entries_of = [&](const std::map<int, std::string> &texts) {
        std::string entries;
        for (const auto &[tag, text] : texts) {
            const std::string value = text + std::string(1, '\0');
            const auto size = static_cast<std::uint32_t>(value.size());
            const auto at = values_at + static_cast<std::uint32_t>(values.size());
            entries += tiff_entry(tag, 2, size, size > 4 ? little_endian(at, 4) : value);
            values += size > 4 ? value : std::string();
        }
        return entries;
    };
    const std::string first_entries = entries_of(first), exif_entries = entries_of(exif);
    return std::string("II") + little_endian(42, 2) + little_endian(8, 4) +
           little_endian(static_cast<std::uint32_t>(first.size() + 1), 2) + first_entries +
           tiff_entry(0x8769, 4, 1, little_endian(exif_at, 4)) + little_endian(0, 4) +
           little_endian(static_cast<std::uint32_t>(exif.size()), 2) + exif_entries + little_endian(0, 4) +
           values;
}

std::string jpeg_with(const std::string &jpeg, const std::string &exif, const std::string &xmp) {
    std::string segments;
    if (!exif.empty()) {
        segments += jpeg_segment(0xe1, std::string("Exif") + '\0' + '\0' + exif);
    }
    if (!xmp.empty()) {
        segments += jpeg_segment(0xe1, std::string("http://ns.adobe.com/xap/1.0/") + '\0' + xmp);
    }
    return jpeg.substr(0, 2) + segments + jpeg.substr(2);
}

std::string heic_with_exif(const VImage &image, const std::string &exif, int orientation) {
    auto phone = image.copy();
    const std::string block = std::string("Exif") + '\0' + '\0' + exif;
    vips_image_set_blob_copy(phone.get_image(), VIPS_META_EXIF_NAME, block.data(), block.size());
    phone.set(VIPS_META_ORIENTATION, orientation);
    return encoded(phone, ".heic[Q=85]");
}

std::string jpeg_with_metadata(const std::string &jpeg, int orientation) {
    const std::string iptc = std::string("\x1c\x02\x78") +
                             big_endian(static_cast<std::uint32_t>(planted_caption.size()), 2) +
                             planted_caption + (planted_caption.size() % 2 == 0 ? std::string(1, '\0') : "");
    const std::string photoshop = std::string("Photoshop 3.0") + '\0' + "8BIM\x04\x04" +
                                  std::string(2, '\0') +
                                  big_endian(static_cast<std::uint32_t>(iptc.size()), 4) + iptc;
    return jpeg.substr(0, 2) +
           jpeg_segment(0xe1, std::string("Exif") + '\0' + '\0' + exif_block(orientation)) +
           jpeg_segment(0xe1, std::string("http://ns.adobe.com/xap/1.0/") + '\0' + xmp_packet()) +
           jpeg_segment(0xed, photoshop) + jpeg_segment(0xfe, planted_owner) + jpeg.substr(2);
}

std::string webp_with_metadata(const std::string &webp, int orientation) {
    const auto data = [](const std::string &bytes) {
        return WebPData{reinterpret_cast<const std::uint8_t *>(bytes.data()), bytes.size()};
    };
    const WebPData input = data(webp);
    WebPMux *mux = WebPMuxCreate(&input, 1);
    const std::string exif = exif_block(orientation), xmp = xmp_packet();
    VipsBlob *profile = nullptr;
    vips_profile_load("srgb", &profile, nullptr);
    std::size_t size = 0;
    const void *profile_data = vips_blob_get(profile, &size);
    const std::string icc(static_cast<const char *>(profile_data), size);
    const WebPData exif_data = data(exif), xmp_data = data(xmp), icc_data = data(icc);
    WebPMuxSetChunk(mux, "EXIF", &exif_data, 1);
    WebPMuxSetChunk(mux, "XMP ", &xmp_data, 1);
    WebPMuxSetChunk(mux, "ICCP", &icc_data, 1);
    WebPData output{};
    WebPMuxAssemble(mux, &output);
    std::string bytes(reinterpret_cast<const char *>(output.bytes), output.size);
    WebPDataClear(&output);
    WebPMuxDelete(mux);
    vips_area_unref(VIPS_AREA(profile));
    return bytes;
}

std::string png_with_exif(const std::string &png, int orientation) {
    const std::size_t behind_header = 8 + 25;
    return png.substr(0, behind_header) + png_chunk("eXIf", exif_block(orientation)) +
           png.substr(behind_header);
}

std::string png_with_size(const std::string &png, std::uint32_t width, std::uint32_t height) {
    return png.substr(0, 8) +
           png_chunk("IHDR", big_endian(width, 4) + big_endian(height, 4) + png.substr(24, 5)) +
           png.substr(8 + 25);
}

std::string animated_webp(int width, int height) {
    const std::vector<VImage> frames{gradient(width, height), gradient(width, height).invert()};
    auto strip = VImage::arrayjoin(frames, VImage::option()->set("across", 1)).copy();
    strip.set("page-height", height);
    strip.set("delay", std::vector<int>{100, 100});
    return encoded(strip, ".webp[Q=80]");
}

std::vector<std::string> jpeg_segments(const std::string &jpeg) {
    std::vector<std::string> names;
    std::size_t i = 2;
    while (i + 4 <= jpeg.size() && byte_at(jpeg, i) == 0xff) {
        const auto marker = byte_at(jpeg, i + 1);
        if (marker >= 0xe0 && marker <= 0xef) {
            names.push_back("APP" + std::to_string(marker - 0xe0));
        } else if (marker == 0xfe) {
            names.push_back("COM");
        } else if (marker == 0xda) {
            return names;
        }
        i += 2 + (byte_at(jpeg, i + 2) << 8 | byte_at(jpeg, i + 3));
    }
    throw std::runtime_error("no whole JPEG header");
}

std::vector<std::string> webp_chunks(const std::string &webp) {
    if (webp.substr(0, 4) != "RIFF" || webp.substr(8, 4) != "WEBP") {
        throw std::runtime_error("no WebP");
    }
    std::vector<std::string> names;
    for (std::size_t i = 12; i + 8 <= webp.size();) {
        names.push_back(webp.substr(i, 4));
        const std::size_t size = byte_at(webp, i + 4) | byte_at(webp, i + 5) << 8 |
                                 byte_at(webp, i + 6) << 16 | byte_at(webp, i + 7) << 24;
        i += 8 + size + size % 2;
    }
    return names;
}

} // namespace studio::tests
