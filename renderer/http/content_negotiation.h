// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace studio::renderer::http {

enum class Encoding : std::uint8_t { Identity, Gzip, Brotli };

// What Accept-Encoding allows, by q value; at equal q Brotli before gzip before identity. A client that
// refuses every available encoding gets identity, as RFC 9110 permits.
Encoding preferred_encoding(std::string_view accept_encoding);

// If-None-Match against a strong ETag with its quotes, by weak comparison.
bool matches_etag(std::string_view if_none_match, std::string_view etag);

struct ByteRange {
    std::uint64_t first = 0, length = 0;
    bool operator==(const ByteRange &) const = default;
};

struct RangeChoice {
    enum class Kind { Whole, Part, Unsatisfiable };
    Kind kind = Kind::Whole;
    ByteRange range;
    bool operator==(const RangeChoice &) const = default;
};

// One range of a Range header; the whole where the header is absent, malformed or asks for several ranges.
RangeChoice choose_range(std::string_view range, std::uint64_t size);

} // namespace studio::renderer::http
