// SPDX-License-Identifier: Apache-2.0
#include "models/values/timezone.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

namespace studio::models {

namespace {

const std::string zone_folder = "/usr/share/zoneinfo/";

// Whether the name consists of letters, digits and "_+-" between slashes, so that it cannot lead out of the
// zone folder.
bool has_zone_shape(std::string_view name) {
    if (name.empty() || name.size() > 64 || name.front() == '/' || name.back() == '/') {
        return false;
    }
    for (std::size_t at = 0; at < name.size(); ++at) {
        const char c = name[at];
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '_' || c == '+' || c == '-';
        if (!plain && !(c == '/' && name[at - 1] != '/')) {
            return false;
        }
    }
    return name.find('/') != std::string_view::npos;
}

} // namespace

std::string region_of_timezone(std::string_view name) {
    static const std::map<std::string, std::string, std::less<>> regions = [] {
        std::map<std::string, std::string, std::less<>> read;
        std::ifstream table(zone_folder + "zone.tab"); // country, coordinates, zone, comment
        for (std::string line; std::getline(table, line);) {
            std::istringstream columns(line);
            std::string country, place, zone;
            if (columns >> country >> place >> zone && !country.starts_with('#')) {
                read.emplace(zone, country);
            }
        }
        return read;
    }();
    const auto found = regions.find(name);
    return found == regions.end() ? std::string() : found->second;
}

const std::vector<std::string> &timezone_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> read{"UTC"};
        std::ifstream table(zone_folder +
                            "tzdata.zi"); // "Z name …" is a zone, "L zone name" another name of one
        for (std::string line; std::getline(table, line);) {
            std::istringstream columns(line);
            std::string kind, first, second;
            columns >> kind >> first >> second;
            const std::string &name = kind == "L" ? second : first;
            if ((kind == "Z" || kind == "L") && has_zone_shape(name) && !name.starts_with("Etc/")) {
                read.push_back(name);
            }
        }
        std::sort(read.begin(), read.end());
        return read;
    }();
    return names;
}

std::string timezone_of_city(std::string_view city) {
    const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    const auto is_same = [&](char typed, char named) {
        return small(typed) == small(named == '_' ? ' ' : named);
    };
    const auto found = std::ranges::find_if(timezone_names(), [&](std::string_view name) {
        const auto slash = name.rfind('/');
        return slash != std::string_view::npos && std::ranges::equal(city, name.substr(slash + 1), is_same);
    });
    return found == timezone_names().end() ? std::string() : *found;
}

bool is_timezone(std::string_view name) {
    std::error_code error;
    return name == "UTC" ||
           (has_zone_shape(name) && std::filesystem::is_regular_file(zone_folder + std::string(name), error));
}

} // namespace studio::models
