// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/http/content_negotiation.h"
#include "renderer/http/reply.h"
#include "renderer/http/request.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace studio::renderer {

using ExtraFields = std::vector<std::pair<std::string, std::string>>;

inline constexpr std::string_view immutable_cache = "public, max-age=31536000, immutable";
// A photo may be withdrawn: a shared cache asks again after seconds, and a browser may keep its own copy a
// day.
inline constexpr std::string_view media_cache = "public, max-age=86400, s-maxage=5";
inline constexpr std::string_view revalidated_cache = "public, max-age=0, must-revalidate";
// A page that differs between visitors: no shared cache may keep it or hand it to another visitor.
inline constexpr std::string_view private_cache = "private, no-cache";
inline constexpr std::string_view no_cache = "no-store";

// A resource whose replies are prepared beforehand: the body in each encoding, each head, each ETag.
class CachedResponse final {
public:
    struct Content {
        int status = 200;
        std::string content_type;
        std::string body;
        std::string_view cache_control = revalidated_cache; // no_cache: no ETag either
        bool compress = true;
        ExtraFields fields = {};
    };
    explicit CachedResponse(Content content);

    // Points into this object; `holder` is what keeps it alive, null where it lives as long as the program.
    http::Reply reply(const http::Request &request, Route route, const http::Retained *holder) const;
    // The uncompressed body, for a reply with another status or head than the prepared one.
    const std::string &body() const { return m_encodings[0].body; }
    std::size_t memory() const;

private:
    struct Encoded {
        bool present = false;
        std::string etag, head, not_modified_head, body;
    };
    void encode(http::Encoding encoding, std::string body, const Content &content);

    int m_status;
    std::array<Encoded, 3> m_encodings; // by http::Encoding
};

// Fields that every reply with a body carries.
const ExtraFields &security_fields();

} // namespace studio::renderer
