// SPDX-License-Identifier: Apache-2.0
#include "models/editing/describe_change.h"

#include "base/text.h"
#include "models/editing/difference.h"
#include "models/json/json_pointer.h"
#include "models/json/json_read.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace studio::models {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 26> labels = {{
    {"colors", "Colours"},
    {"textLight", "Light text"},
    {"borderRadius", "Corner radius"},
    {"customCss", "Custom CSS"},
    {"shortBio", "Short bio"},
    {"customRates", "Other rates"},
    {"availableHours", "Available hours"},
    {"preferredContact", "Preferred contact"},
    {"responseTime", "Reply time"},
    {"socialMedia", "Social media"},
    {"travelCities", "Travel cities"},
    {"timezone", "Time zone"},
    {"cta", "Call to action"},
    {"consent", "Consent banner"},
    {"acceptLabel", "Accept label"},
    {"declineLabel", "Decline label"},
    {"ageGate", "18+ gate"},
    {"privacyPolicy", "Privacy policy"},
    {"bookingTerms", "Booking terms"},
    {"seo", "Search engines"},
    {"ogImage", "Image for shared links"},
    {"url", "Photo"},
    {"alt", "Alt text"},
    {"focalPoint", "Focal point"},
    {"derivatives", "Sizes"},
    {"photoId", "Photo"},
}};

// Members of a photo that are not described one by one when another photo takes its place.
constexpr std::array<std::string_view, 11> photo_members = {
    "url",       "alt",   "caption", "focalPoint", "derivatives", "placeholder",
    "luminance", "width", "height",  "likeness",   "hash"};
// Of these, those that people write themselves.
constexpr std::array<std::string_view, 2> photo_texts = {"alt", "caption"};

// The label of a key; for a key without one "fooBar" gives "Foo bar".
std::string label_of(const std::string &key) {
    for (const auto &[name, label] : labels) {
        if (name == key) {
            return std::string(label);
        }
    }
    std::string words;
    for (const char c : key) {
        const bool upper = c >= 'A' && c <= 'Z';
        if (words.empty()) {
            words += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        } else if (upper) {
            words += std::string(" ") + static_cast<char>(c - 'A' + 'a');
        } else {
            words += c;
        }
    }
    return words;
}

std::string one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    return text;
}

// The name of a list's element for a person.
std::string element_label(const Json &element, const std::string &key) {
    for (const char *name : {"name", "alt", "duration", "author", "quote", "caption"}) {
        if (const std::string text = text_member(element, name); !text.empty()) {
            return base::shortened(one_line(text), 40);
        }
    }
    if (const std::string id = id_member(element); !id.empty()) {
        return id;
    }
    const auto index = parse_index(key);
    return index ? fmt::format("no. {}", *index + 1) : key;
}

std::string grouped(std::string digits) {
    const std::size_t start = digits.starts_with('-') ? 1 : 0;
    std::size_t end = digits.find('.');
    if (digits.find('e') != std::string::npos) {
        return digits;
    }
    if (end == std::string::npos) {
        end = digits.size();
    }
    while (end > start + 3) {
        end -= 3;
        digits.insert(end, 1, ',');
    }
    return digits;
}

std::string count_of(std::size_t count, const char *one, const char *many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

// A photo's address, or a photo with its texts.
bool is_photo(const Json &value) {
    constexpr std::string_view prefix = "/media/";
    return value.is_string()   ? value.get_ref<const std::string &>().starts_with(prefix)
           : value.is_object() ? text_member(value, "url").starts_with(prefix)
                               : false;
}

std::string value_text(const Json &value) {
    switch (value.type()) {
    case Json::value_t::null:
        return "nothing";
    case Json::value_t::boolean:
        return value.get<bool>() ? "yes" : "no";
    case Json::value_t::string: {
        const auto &text = value.get_ref<const std::string &>();
        if (is_photo(value)) {
            return "a photo";
        }
        return text.empty()            ? "nothing"
               : text.starts_with('#') ? text
                                       : "“" + base::shortened(one_line(text), 60) + "”";
    }
    case Json::value_t::array:
        return count_of(value.size(), "entry", "entries");
    case Json::value_t::object:
        return is_photo(value) ? "a photo" : count_of(value.size(), "field", "fields");
    default:
        return grouped(value.dump());
    }
}

const Json *document_of(const Documents &documents, const std::string &name) {
    for (const auto kind : {DocumentKind::Theme, DocumentKind::Content, DocumentKind::Photos}) {
        if (to_string(kind) == name) {
            return &documents.of(kind);
        }
    }
    return nullptr;
}

std::string path_text(const std::vector<std::string> &keys, const Documents &documents) {
    const Json *value = keys.empty() ? nullptr : document_of(documents, keys.front());
    if (keys.size() < 2) {
        return keys.empty() ? "Everything" : label_of(keys.front());
    }
    std::string text;
    std::size_t from = 1;
    if (keys.size() > 2 && keys[0] == "photos" && keys[1] == "hero" && keys[2] == "control") {
        text = "Hero photo";
        value = value ? find_value(*value, "/hero/control") : nullptr;
        from = 3;
    }
    for (std::size_t at = from; at < keys.size(); ++at) {
        const bool in_list = value && value->is_array();
        value = value ? find_value(*value, child_pointer("", keys[at])) : nullptr;
        text += text.empty() ? "" : " › ";
        text += in_list ? element_label(value ? *value : Json(), keys[at]) : label_of(keys[at]);
    }
    return text;
}

} // namespace

std::string place_name(const std::string &pointer, const Documents &documents) {
    return path_text(split_pointer(pointer).value_or(std::vector<std::string>()), documents);
}

std::string describe(const Change &change, const Documents &before, const Documents &after) {
    const std::string path = place_name(change.pointer, change.kind == ChangeKind::Removed ? before : after);
    switch (change.kind) {
    case ChangeKind::Added:
        return change.after.is_structured() ? path + " added"
                                            : path + ": " + value_text(change.after) + " added";
    case ChangeKind::Removed:
        return change.before.is_structured() ? path + " removed"
                                             : path + ": " + value_text(change.before) + " removed";
    case ChangeKind::Moved:
        return fmt::format("{} moved from position {} to {}", path, change.before.get<std::size_t>() + 1,
                           change.after.get<std::size_t>() + 1);
    default:
        if (is_photo(change.before) && is_photo(change.after)) {
            return path + ": another photo";
        }
        return fmt::format("{}: {} → {}", path, value_text(change.before), value_text(change.after));
    }
}

namespace {

// A change inside a photo: the photo's pointer and the photo's member that changed; "" for any other change.
struct PhotoChange {
    std::string photo, member;
};

PhotoChange photo_change(const Change &change, const Documents &before, const Documents &after) {
    const auto keys = split_pointer(change.pointer).value_or(std::vector<std::string>());
    const auto &documents = change.kind == ChangeKind::Removed ? before : after;
    const Json *value = keys.empty() ? nullptr : document_of(documents, keys.front());
    std::string pointer = keys.empty() ? "" : child_pointer("", keys.front());
    for (std::size_t at = 1; at < keys.size() && value != nullptr; ++at) {
        if (is_photo(*value) && std::ranges::find(photo_members, keys[at]) != photo_members.end()) {
            return {pointer, keys[at]};
        }
        value = find_value(*value, child_pointer("", keys[at]));
        pointer = child_pointer(pointer, keys[at]);
    }
    return {};
}

std::string other_photo_words(const std::string &photo, const Documents &after) {
    const auto keys = split_pointer(photo).value_or(std::vector<std::string>());
    const Json *value = document_of(after, keys.front());
    value = value ? find_value(*value, photo.substr(child_pointer("", keys.front()).size())) : nullptr;
    const auto alt = value ? text_member(*value, "alt") : std::string();
    return place_name(photo, after) + ": another photo" +
           (alt.empty() ? "" : " (“" + base::shortened(one_line(alt), 60) + "”)");
}

} // namespace

std::vector<std::string> describe_all(const Documents &before, const Documents &after) {
    const auto changes = difference(before, after);
    std::vector<std::string> replaced; // pointers of photos that others take the place of
    for (const auto &change : changes) {
        if (const auto inside = photo_change(change, before, after); inside.member == "url") {
            replaced.push_back(inside.photo);
        }
    }
    std::vector<std::string> lines;
    for (const auto &change : changes) {
        const auto [photo, member] = photo_change(change, before, after);
        std::string line;
        if (std::ranges::find(replaced, photo) != replaced.end()) {
            line = other_photo_words(photo, after);
        } else if (photo.empty() || std::ranges::find(photo_texts, member) != photo_texts.end()) {
            line = describe(change, before, after);
        } else {
            line = place_name(photo, after) +
                   (member == "focalPoint" ? ": another focal point" : ": its files were made again");
        }
        if (std::ranges::find(lines, line) == lines.end()) {
            lines.push_back(std::move(line));
        }
    }
    return lines;
}

} // namespace studio::models
