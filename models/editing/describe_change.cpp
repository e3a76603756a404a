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

std::string value_text(const Json &value) {
    switch (value.type()) {
    case Json::value_t::null:
        return "nothing";
    case Json::value_t::boolean:
        return value.get<bool>() ? "yes" : "no";
    case Json::value_t::string: {
        const auto &text = value.get_ref<const std::string &>();
        return text.empty()            ? "nothing"
               : text.starts_with('#') ? text
                                       : "“" + base::shortened(one_line(text), 60) + "”";
    }
    case Json::value_t::array:
        return count_of(value.size(), "entry", "entries");
    case Json::value_t::object:
        return count_of(value.size(), "field", "fields");
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
    for (std::size_t at = 1; at < keys.size(); ++at) {
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
        return fmt::format("{}: {} → {}", path, value_text(change.before), value_text(change.after));
    }
}

} // namespace studio::models
