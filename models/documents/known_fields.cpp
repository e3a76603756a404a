// SPDX-License-Identifier: Apache-2.0
#include "models/documents/known_fields.h"

#include "models/booking/booking_emails.h"
#include "models/json/json_pointer.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

namespace studio::models {

namespace {

using Keys = std::vector<std::string>;

// Spaces separate fields. "#" is an element of a list, "*" any name, and {photo} the fields that describe a
// picture.
constexpr std::string_view theme_fields =
    "/schemaVersion /colors/primary /colors/secondary /colors/accent /colors/background /colors/text "
    "/colors/textLight /colors/success /colors/error /colors/warning /fonts/heading /fonts/body /layout "
    "/spacing /borderRadius /shadow /customCss";
constexpr std::string_view content_fields =
    "/schemaVersion /name /tagline /bio /shortBio /services/#/id /services/#/name /services/#/description "
    "/services/#/duration /services/#/price /services/#/featured /pricing/hourly /pricing/overnight "
    "/pricing/weekend /pricing/currency /pricing/customRates/#/id /pricing/customRates/#/duration "
    "/pricing/customRates/#/price /pricing/customRates/#/description /contact/email /contact/phone "
    "/contact/availableHours /contact/preferredContact /contact/responseTime /socialMedia/* "
    "/testimonials/#/id /testimonials/#/quote /testimonials/#/author /testimonials/#/photoId /location/city "
    "/location/travelCities/# /location/timezone /cta/label /consent/message /consent/acceptLabel "
    "/consent/declineLabel /ageGate/enabled /privacyPolicy /bookingTerms /screeningFields/#/id "
    "/screeningFields/#/label "
    "/screeningFields/#/hint /screeningFields/#/required /replyTemplates/#/id /replyTemplates/#/title "
    "/replyTemplates/#/language /replyTemplates/#/text /seo/title /seo/description /seo/keywords/# "
    "/seo/ogImage";
constexpr std::string_view photos_fields =
    "/schemaVersion /hero/control/id /hero/control/url /hero/control/{photo} /hero/variants/#/id "
    "/hero/variants/#/url /hero/variants/#/weight /hero/variants/#/{photo} /hero/variants/#/url/id "
    "/hero/variants/#/url/url /hero/variants/#/url/{photo} /gallery/#/id /gallery/#/url /gallery/#/{photo} "
    "/testimonials/#/id /testimonials/#/photo /testimonials/#/{photo} /testimonials/#/photo/id "
    "/testimonials/#/photo/url /testimonials/#/photo/{photo}";
constexpr std::string_view photo_details[] = {"alt",
                                              "caption",
                                              "width",
                                              "height",
                                              "focalPoint/x",
                                              "focalPoint/y",
                                              "derivatives/#/url",
                                              "derivatives/#/width",
                                              "derivatives/#/format",
                                              "placeholder",
                                              "luminance/phone",
                                              "luminance/desktop"};
constexpr std::string_view photo_mark = "{photo}";

std::vector<Keys> read_list(std::string_view list) {
    std::vector<Keys> fields;
    const auto add = [&](const std::string &pointer) {
        if (auto keys = split_pointer(pointer)) {
            fields.push_back(std::move(*keys));
        }
    };
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(' '), list.size());
        const std::string_view field = list.substr(0, end);
        list.remove_prefix(std::min(end + 1, list.size()));
        if (!field.ends_with(photo_mark)) {
            add(std::string(field));
            continue;
        }
        for (const std::string_view detail : photo_details) {
            add(std::string(field.substr(0, field.size() - photo_mark.size())) + std::string(detail));
        }
    }
    return fields;
}

std::vector<Keys> read_content_list() {
    std::vector<Keys> fields = read_list(content_fields);
    for (const BookingEmailKey &email : booking_email_keys()) {
        fields.push_back({"bookingEmails", email.key, "subject"});
        fields.push_back({"bookingEmails", email.key, "message"});
    }
    return fields;
}

const std::vector<Keys> &fields_of(DocumentKind kind) {
    static const std::vector<Keys> theme = read_list(theme_fields), content = read_content_list(),
                                   photos = read_list(photos_fields);
    return kind == DocumentKind::Theme ? theme : kind == DocumentKind::Content ? content : photos;
}

bool leads_to(const Keys &keys, const Keys &field) {
    return keys.size() <= field.size() &&
           std::equal(keys.begin(), keys.end(), field.begin(), [](const auto &key, const auto &pattern) {
               return key == pattern || pattern == "#" || pattern == "*";
           });
}

void collect_unknown(DocumentKind kind, const Json &value, const std::string &pointer,
                     std::vector<std::string> &unknown) {
    if (!pointer.empty() && !is_known_field(kind, pointer)) {
        unknown.push_back(pointer);
        return;
    }
    if (value.is_object()) {
        for (const auto &[key, child] : value.items()) {
            collect_unknown(kind, child, child_pointer(pointer, key), unknown);
        }
    } else if (value.is_array()) {
        for (std::size_t at = 0; at < value.size(); ++at) {
            collect_unknown(kind, value[at], child_pointer(pointer, at), unknown);
        }
    }
}

// How many letters must be inserted, removed or replaced to turn one word into the other.
std::size_t edit_distance(std::string_view one, std::string_view other) {
    std::vector<std::size_t> row(other.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t at = 0; at < one.size(); ++at) {
        std::size_t diagonal = std::exchange(row[0], at + 1);
        for (std::size_t to = 0; to < other.size(); ++to) {
            const std::size_t exchanged = diagonal + (one[at] == other[to] ? 0 : 1);
            diagonal = row[to + 1];
            row[to + 1] = std::min({row[to] + 1, row[to + 1] + 1, exchanged});
        }
    }
    return row.back();
}

std::string written_as_path(DocumentKind kind, const Keys &keys) {
    std::string path(to_string(kind));
    for (const std::string &key : keys) {
        path += key == "#" ? "[0]" : "." + key;
    }
    return path;
}

// All fields and the objects that contain them, because a person may mean "theme.colors" too.
std::vector<Keys> fields_and_containers(DocumentKind kind) {
    std::vector<Keys> all;
    for (const Keys &field : fields_of(kind)) {
        for (std::size_t length = 1; length <= field.size(); ++length) {
            Keys part(field.begin(), field.begin() + static_cast<std::ptrdiff_t>(length));
            if (part.back() != "#" && part.back() != "*" &&
                std::find(all.begin(), all.end(), part) == all.end()) {
                all.push_back(std::move(part));
            }
        }
    }
    return all;
}

} // namespace

bool is_known_field(DocumentKind kind, std::string_view pointer) {
    const auto keys = split_pointer(pointer);
    const std::vector<Keys> &fields = fields_of(kind);
    return keys && std::any_of(fields.begin(), fields.end(),
                               [&](const Keys &field) { return leads_to(*keys, field); });
}

std::vector<std::string> unknown_fields(DocumentKind kind, const Json &document) {
    std::vector<std::string> unknown;
    collect_unknown(kind, document, "", unknown);
    return unknown;
}

std::string similar_field(DocumentKind kind, std::string_view pointer) {
    const auto keys = split_pointer(pointer);
    if (!keys || keys->empty()) {
        return {};
    }
    const std::string path = written_as_path(kind, *keys);
    const std::string &name = keys->back();
    std::optional<std::pair<std::size_t, std::size_t>>
        least; // the smallest distance found: of the last name, then of the whole path
    std::string similar;
    for (const Keys &candidate : fields_and_containers(kind)) {
        const std::string candidate_path = written_as_path(kind, candidate);
        const std::pair distance{edit_distance(name, candidate.back()), edit_distance(path, candidate_path)};
        if (distance.first <= std::max<std::size_t>(1, name.size() / 3) && (!least || distance < *least)) {
            least = distance;
            similar = candidate_path;
        }
    }
    return similar;
}

} // namespace studio::models
