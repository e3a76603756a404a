// SPDX-License-Identifier: Apache-2.0
#include "media/place_names.h"

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <numbers>
#include <optional>
#include <sstream>
#include <vector>

namespace studio::media {
namespace {

// The formats are described in the files' own comments. zone.tab names a city in every country; zone1970.tab,
// which is newer, leaves out those whose clocks agree with a larger neighbour's.
constexpr const char *cities_file = "/usr/share/zoneinfo/zone.tab";
constexpr const char *countries_file = "/usr/share/zoneinfo/iso3166.tab";
constexpr double farthest_km = 300;
constexpr double earth_radius_km = 6371;

struct City {
    std::string name, country;
    GeoPoint place;
};

// "+513030" or "-3352" (degrees, minutes and perhaps seconds) as degrees.
double degrees_of(const std::string &text) {
    const std::string digits = text.substr(1);
    const std::size_t degree_digits = digits.size() % 2 == 0 ? 2 : 3;
    double degrees = std::atof(digits.substr(0, degree_digits).c_str());
    degrees += std::atof(digits.substr(degree_digits, 2).c_str()) / 60;
    if (digits.size() > degree_digits + 2) {
        degrees += std::atof(digits.substr(degree_digits + 2).c_str()) / 3600;
    }
    return text.front() == '-' ? -degrees : degrees;
}

std::optional<GeoPoint> read_place(const std::string &text) {
    const auto second = text.find_first_of("+-", 1);
    if (second == std::string::npos || second < 5 || text.size() < second + 6) {
        return std::nullopt;
    }
    return GeoPoint{degrees_of(text.substr(0, second)), degrees_of(text.substr(second))};
}

// "America/Argentina/Buenos_Aires" → "Buenos Aires".
std::string city_of_zone(const std::string &zone) {
    std::string name = zone.substr(zone.rfind('/') + 1);
    for (char &c : name) {
        c = c == '_' ? ' ' : c;
    }
    return name;
}

std::vector<std::vector<std::string>> rows_of(const char *file) {
    std::vector<std::vector<std::string>> rows;
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
        if (line.empty() || line.front() == '#') {
            continue;
        }
        std::vector<std::string> fields;
        std::istringstream text(line);
        for (std::string field; std::getline(text, field, '\t');) {
            fields.push_back(field);
        }
        rows.push_back(std::move(fields));
    }
    return rows;
}

std::vector<City> read_cities() {
    std::map<std::string, std::string> countries;
    for (const auto &row : rows_of(countries_file)) {
        if (row.size() >= 2) {
            countries[row[0]] = row[1];
        }
    }
    std::vector<City> cities;
    for (const auto &row : rows_of(cities_file)) {
        if (const auto place = row.size() >= 3 ? read_place(row[1]) : std::nullopt) {
            cities.push_back({city_of_zone(row[2]), countries[row[0]], *place});
        }
    }
    return cities;
}

// Along the surface: https://en.wikipedia.org/wiki/Haversine_formula
double distance_km(const GeoPoint &one, const GeoPoint &other) {
    constexpr double radians = std::numbers::pi / 180;
    const double north = std::sin((one.latitude - other.latitude) * radians / 2);
    const double east = std::sin((one.longitude - other.longitude) * radians / 2);
    const double share =
        north * north + std::cos(one.latitude * radians) * std::cos(other.latitude * radians) * east * east;
    return 2 * earth_radius_km * std::asin(std::min(1.0, std::sqrt(share)));
}

} // namespace

std::string place_in_words(const GeoPoint &place) {
    if (!(std::abs(place.latitude) <= 90 && std::abs(place.longitude) <= 180)) {
        return {};
    }
    static const std::vector<City> cities = read_cities();
    const City *nearest = nullptr;
    double distance = farthest_km;
    for (const City &city : cities) {
        if (const double km = distance_km(place, city.place); km <= distance) {
            nearest = &city;
            distance = km;
        }
    }
    if (!nearest) {
        return {};
    }
    const std::string name = nearest->name + (nearest->country.empty() || nearest->country == nearest->name
                                                  ? std::string()
                                                  : ", " + nearest->country);
    const long km = std::lround(distance);
    return km == 0 ? "in " + name : "near " + name + ", " + std::to_string(km) + " km from its centre";
}

} // namespace studio::media
