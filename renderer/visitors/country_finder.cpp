// SPDX-License-Identifier: Apache-2.0
#include "renderer/visitors/country_finder.h"

#include <maxminddb.h>
#include <netinet/in.h>

#include <cstring>

namespace studio::renderer {

namespace {

bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

} // namespace

struct CountryFinder::File {
    MMDB_s database{};
    explicit File(const std::string &path) {
        if (const int status = MMDB_open(path.c_str(), MMDB_MODE_MMAP, &database); status != MMDB_SUCCESS) {
            throw std::runtime_error(MMDB_strerror(status));
        }
    }
    ~File() { MMDB_close(&database); }
    File(const File &) = delete;
    File &operator=(const File &) = delete;
};

CountryFinder::CountryFinder() = default;
CountryFinder::CountryFinder(const std::string &path) : m_file(std::make_unique<const File>(path)) {}
CountryFinder::~CountryFinder() = default;
CountryFinder::CountryFinder(CountryFinder &&) noexcept = default;
CountryFinder &CountryFinder::operator=(CountryFinder &&) noexcept = default;

std::string CountryFinder::find(const IpAddress &address) const {
    if (!m_file) {
        return {};
    }
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    std::memcpy(&v6.sin6_addr, address.bytes().data(), address.bytes().size());
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    std::memcpy(&v4.sin_addr, address.bytes().data() + 12, sizeof v4.sin_addr);
    const sockaddr *socket_address =
        address.is_v4() ? reinterpret_cast<const sockaddr *>(&v4) : reinterpret_cast<const sockaddr *>(&v6);
    int error = 0;
    MMDB_lookup_result_s found = MMDB_lookup_sockaddr(&m_file->database, socket_address, &error);
    if (error != MMDB_SUCCESS || !found.found_entry) {
        return {};
    }
    MMDB_entry_data_s code{};
    constexpr const char *path[] = {"country", "iso_code", nullptr};
    if (MMDB_aget_value(&found.entry, &code, path) != MMDB_SUCCESS || !code.has_data ||
        code.type != MMDB_DATA_TYPE_UTF8_STRING) {
        return {};
    }
    return country_of_field({code.utf8_string, code.data_size});
}

std::string country_of_field(std::string_view value) {
    if (value.size() != 2 || !is_letter(value[0]) || !is_letter(value[1])) {
        return {};
    }
    const std::string code{static_cast<char>(value[0] & ~0x20), static_cast<char>(value[1] & ~0x20)};
    return code == "XX" ? std::string() : code;
}

} // namespace studio::renderer
