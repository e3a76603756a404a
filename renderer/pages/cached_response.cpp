// SPDX-License-Identifier: Apache-2.0
#include "renderer/pages/cached_response.h"

#include "renderer/pages/compression.h"

#include <fmt/format.h>
#include <openssl/sha.h>

namespace studio::renderer {

namespace {

constexpr std::size_t least_compressed =
    256; // below this the additional header fields cost more than compression saves

std::string fingerprint(std::string_view bytes) {
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char *>(bytes.data()), bytes.size(), digest);
    std::string text;
    for (std::size_t i = 0; i < 10; ++i) {
        fmt::format_to(std::back_inserter(text), "{:02x}", digest[i]);
    }
    return text;
}

std::string_view name_of(http::Encoding encoding) {
    return encoding == http::Encoding::Gzip ? "gzip" : "br";
}

} // namespace

const ExtraFields &security_fields() {
    static const ExtraFields fields{
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "strict-origin-when-cross-origin"},
        {"Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), browsing-topics=()"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
    };
    return fields;
}

CachedResponse::CachedResponse(Content content) : m_status(content.status) {
    if (content.compress && content.body.size() >= least_compressed) {
        for (const auto &[encoding, compress] :
             {std::pair{http::Encoding::Gzip, &gzip}, std::pair{http::Encoding::Brotli, &brotli}}) {
            std::string compressed = compress(content.body);
            if (compressed.size() < content.body.size()) {
                encode(encoding, std::move(compressed), content);
            }
        }
    }
    std::string body = std::move(content.body);
    body.shrink_to_fit();
    encode(http::Encoding::Identity, std::move(body), content);
}

void CachedResponse::encode(http::Encoding encoding, std::string body, const Content &content) {
    Encoded &encoded = m_encodings[static_cast<std::size_t>(encoding)];
    encoded.present = true;
    http::HeadBuilder head(content.status), not_modified(304);
    head.field("Content-Type", content.content_type).length(body.size());
    if (encoding != http::Encoding::Identity) {
        head.field("Content-Encoding", name_of(encoding));
    }
    for (http::HeadBuilder *each : {&head, &not_modified}) {
        each->field("Cache-Control", content.cache_control);
        if (content.compress) {
            each->field("Vary", "Accept-Encoding");
        }
    }
    if (content.status == 200 && content.cache_control != no_cache) {
        encoded.etag = fmt::format("\"{}\"", fingerprint(body));
        head.field("ETag", encoded.etag);
        not_modified.field("ETag", encoded.etag);
    }
    for (const auto &[name, value] : content.fields) {
        head.field(name, value);
    }
    encoded.head = head.take();
    encoded.not_modified_head = not_modified.take();
    encoded.body = std::move(body);
}

http::Reply CachedResponse::reply(const http::Request &request, Route route,
                                  const http::Retained *holder) const {
    const Encoded *encoded = &m_encodings[0];
    if (!request.accept_encoding.empty()) {
        const Encoded *preferred =
            &m_encodings[static_cast<std::size_t>(http::preferred_encoding(request.accept_encoding))];
        if (preferred->present) {
            encoded = preferred;
        }
    }
    http::Reply reply;
    reply.route = route;
    reply.retained = holder;
    if (!request.if_none_match.empty() && !encoded->etag.empty() &&
        http::matches_etag(request.if_none_match, encoded->etag)) {
        reply.status = 304;
        reply.head = encoded->not_modified_head;
        return reply;
    }
    reply.status = m_status;
    reply.head = encoded->head;
    if (!request.head_only()) {
        reply.body = encoded->body;
    }
    return reply;
}

std::size_t CachedResponse::memory() const {
    std::size_t bytes = sizeof *this;
    for (const Encoded &encoded : m_encodings) {
        bytes += encoded.head.capacity() + encoded.not_modified_head.capacity() + encoded.body.capacity() +
                 encoded.etag.capacity();
    }
    return bytes;
}

} // namespace studio::renderer
