// SPDX-License-Identifier: Apache-2.0
#include "models/booking/calendar_source.h"

#include "base/text.h"
#include "models/json/json_read.h"
#include "models/values/timezone.h"
#include "models/values/web_address.h"

#include <fmt/format.h>

#include <algorithm>

namespace studio::models {

namespace {

constexpr std::chrono::days window_length{731};
constexpr std::size_t max_address_length = 2000;
constexpr std::size_t max_zones = 20;
constexpr std::size_t max_zone_name = 200;
constexpr std::size_t max_problems_kept = 20;

} // namespace

std::optional<std::string> calendar_address(std::string_view pasted) {
    const std::string_view text = base::trimmed(pasted);
    for (const auto &[scheme, meant] :
         {std::pair<std::string_view, std::string_view>{"webcal://", "https://"},
          {"https://", "https://"},
          {"http://", "http://"}}) {
        if (base::starts_with_ignoring_case(text, scheme)) {
            std::string address = std::string(meant) + std::string(text.substr(scheme.size()));
            return address.size() <= max_address_length && is_http_url(address)
                       ? std::optional(std::move(address))
                       : std::nullopt;
        }
    }
    return std::nullopt;
}

ImportWindow import_window(Time now) {
    const Time from(std::chrono::floor<std::chrono::days>(now) - std::chrono::days(1));
    return {from, from + window_length};
}

Json import_report(const CalendarImport &import) {
    Json zones = Json::array(), problems = Json::array();
    for (std::size_t at = 0; at < std::min(import.unknown_zones.size(), max_zones); ++at) {
        if (import.unknown_zones[at].size() <= max_zone_name) {
            zones.push_back(import.unknown_zones[at]);
        }
    }
    for (std::size_t at = 0; at < std::min(import.problems.size(), max_problems_kept); ++at) {
        problems.push_back(import.problems[at]);
    }
    return {{"events", import.events},
            {"busy", import.busy.size()},
            {"problems", problems},
            {"unknownZones", zones}};
}

std::vector<std::string> import_gaps(const Json &report) {
    std::vector<std::string> gaps;
    for (const std::string &zone : text_list_member(report, "unknownZones")) {
        gaps.push_back(
            fmt::format("Events in the time zone \"{}\" are missing: say which one is meant.", zone));
    }
    const auto problems = text_list_member(report, "problems");
    gaps.insert(gaps.end(), problems.begin(), problems.end());
    return gaps;
}

std::map<std::string, std::string> zone_names(const Json &stored) {
    std::map<std::string, std::string> names;
    if (stored.is_object()) {
        for (const auto &[name, zone] : stored.items()) {
            if (zone.is_string() && is_timezone(zone.get_ref<const std::string &>())) {
                names[name] = zone.get<std::string>();
            }
        }
    }
    return names;
}

} // namespace studio::models
