// SPDX-License-Identifier: Apache-2.0
#include "renderer/visitors/country_finder.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <vector>

namespace studio::renderer {
namespace {

// Writes a small file of the MaxMind DB format, version 2.0, with records of 24 bits.
class DatabaseFile final {
public:
    DatabaseFile()
        : m_path(std::filesystem::temp_directory_path() / fmt::format("countries-{}.mmdb", getpid())) {}
    ~DatabaseFile() { std::filesystem::remove(m_path); }
    std::string path() const { return m_path; }

    void add(const std::string &address, int bits, const std::string &country) {
        const auto bytes = IpAddress::parse(address)->bytes();
        // IPv4 lies at ::/96 here, not at its mapped form.
        const bool v4 = IpAddress::parse(address)->is_v4();
        std::size_t node = 0;
        const int depth = v4 ? bits + 96 : bits;
        for (int i = 0; i < depth; ++i) {
            const bool bit =
                (v4 && i < 96) ? false : (bytes[static_cast<std::size_t>(i / 8)] >> (7 - i % 8)) & 1;
            auto &record = m_nodes[node][bit];
            if (i == depth - 1) {
                record = {Record::Data, m_data.size()};
            } else if (record.kind == Record::Nothing) {
                record = {Record::Node, m_nodes.size()};
                node = m_nodes.size();
                m_nodes.emplace_back();
            } else {
                node = record.value;
            }
        }
        m_data += "\xe1" + text("country") + "\xe1" + text("iso_code") + text(country);
    }
    void write() const {
        std::string bytes;
        for (const auto &node : m_nodes) {
            for (const Record &record : node) {
                const std::size_t value = record.kind == Record::Node   ? record.value
                                          : record.kind == Record::Data ? m_nodes.size() + 16 + record.value
                                                                        : m_nodes.size();
                for (const int shift : {16, 8, 0}) {
                    bytes.push_back(static_cast<char>(value >> shift));
                }
            }
        }
        bytes.append(16, '\0')
            .append(m_data)
            .append("\xab\xcd\xef"
                    "MaxMind.com")
            .append(metadata());
        std::ofstream(m_path, std::ios::binary) << bytes;
    }

private:
    struct Record {
        enum Kind { Nothing, Node, Data } kind = Nothing;
        std::size_t value = 0;
    };
    static std::string text(const std::string &value) {
        return std::string(1, static_cast<char>(0x40 | value.size())) + value;
    }
    static std::string number16(unsigned value) {
        return std::string{'\xa2', static_cast<char>(value >> 8), static_cast<char>(value)};
    }
    std::string metadata() const {
        std::string result = "\xe9";
        result += text("node_count") + std::string{'\xc4', '\0', '\0', static_cast<char>(m_nodes.size() >> 8),
                                                   static_cast<char>(m_nodes.size())};
        result += text("record_size") + number16(24) + text("ip_version") + number16(6);
        result += text("database_type") + text("Test-Country");
        result += text("languages") + std::string{'\0', '\x04'};
        result += text("binary_format_major_version") + number16(2);
        result += text("binary_format_minor_version") + number16(0);
        result += text("build_epoch") + std::string{'\x01', '\x02', '\x7f'};
        result += text("description") + "\xe0";
        return result;
    }

    std::filesystem::path m_path;
    std::vector<std::array<Record, 2>> m_nodes{1};
    std::string m_data;
};

TEST(CountryFinder, FindsCountriesOfBothKindsOfAddress) {
    DatabaseFile file;
    file.add("203.0.113.0", 24, "AU");
    file.add("198.51.100.128", 25, "NZ");
    file.add("2001:db8::", 32, "FR");
    file.write();
    const CountryFinder finder(file.path());
    const auto country = [&](const char *address) { return finder.find(*IpAddress::parse(address)); };
    EXPECT_EQ(country("203.0.113.77"), "AU");
    EXPECT_EQ(country("198.51.100.200"), "NZ");
    EXPECT_EQ(country("198.51.100.100"), "");
    EXPECT_EQ(country("2001:db8:7::1"), "FR");
    EXPECT_EQ(country("2001:db9::1"), "");
}

TEST(CountryFinder, KnowsNothingWithoutAFileAndSaysWhatIsWrongWithOne) {
    EXPECT_EQ(CountryFinder().find(*IpAddress::parse("203.0.113.77")), "");
    EXPECT_THROW(CountryFinder("/nowhere/at/all.mmdb"), std::runtime_error);
    DatabaseFile file;
    std::ofstream(file.path()) << "not a database";
    EXPECT_THROW(CountryFinder{file.path()}, std::runtime_error);
}

TEST(CountryField, IsTwoLettersThatMeanACountry) {
    EXPECT_EQ(country_of_field("AU"), "AU");
    EXPECT_EQ(country_of_field("nz"), "NZ");
    for (const char *none : {"", "XX", "xx", "T1", "A", "AUS", "A1", "é"}) {
        EXPECT_EQ(country_of_field(none), "") << none;
    }
}

} // namespace
} // namespace studio::renderer
