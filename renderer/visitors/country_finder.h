// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/support/ip_address.h"

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace studio::renderer {

// Finds the country of an address in a MaxMind DB file (https://maxmind.github.io/MaxMind-DB/) with the field
// country.iso_code, as GeoLite2-Country and DB-IP Lite have it. Any thread.
class CountryFinder final {
public:
    // Without a file: knows no country.
    CountryFinder();
    // Throws std::runtime_error where the file cannot be used.
    explicit CountryFinder(const std::string &path);
    ~CountryFinder();
    CountryFinder(CountryFinder &&) noexcept;
    CountryFinder &operator=(CountryFinder &&) noexcept;

    // ISO 3166 alpha-2; "" where it is not known.
    std::string find(const IpAddress &address) const;

private:
    struct File;
    std::unique_ptr<const File> m_file;
};

// "AU" of what a proxy's field says; "" for anything that is no country: "", "XX" (unknown), "T1" (Tor).
std::string country_of_field(std::string_view value);

} // namespace studio::renderer
