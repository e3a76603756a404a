// SPDX-License-Identifier: Apache-2.0
// Feeds bytes to the request's guards and parser as a connection does, and checks the guarantees on which
// every answer relies.
#include "renderer/http/content_negotiation.h"
#include "renderer/http/head_guard.h"
#include "renderer/http/request_parser.h"
#include "renderer/pages/media_files.h"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace studio::renderer;

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

bool lies_within(std::string_view inner, std::string_view outer) {
    return inner.empty() ||
           (inner.data() >= outer.data() && inner.data() + inner.size() <= outer.data() + outer.size());
}

void check(const http::Request &request, std::string_view head) {
    require(request.path.starts_with('/'));
    require(http::is_valid_host(request.host));
    for (const std::string_view each :
         {request.path, request.query, request.host, request.accept_encoding, request.if_none_match,
          request.if_range, request.range, request.cookie, request.user_agent, request.referer,
          request.accept_language, request.origin, request.sec_fetch_site, request.content_type}) {
        require(lies_within(each, head));
        require(each.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos);
    }
    http::preferred_encoding(request.accept_encoding);
    http::matches_etag(request.if_none_match, "\"etag\"");
    const http::RangeChoice range = http::choose_range(request.range, 1000);
    if (range.kind == http::RangeChoice::Kind::Part) {
        require(range.range.length > 0 && range.range.first + range.range.length <= 1000);
    }
    if (const auto path = decode_path(request.path.substr(1))) {
        require(path->find('\0') == std::string::npos);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string input(reinterpret_cast<const char *>(data), size);
    const auto length = http::head_length(input, 0);
    if (!length || *length > 16 * 1024) {
        return 0;
    }
    const std::string_view head = std::string_view(input).substr(0, *length);
    http::RequestParser parser({});
    http::Request request;
    auto progress = parser.parse_head(head, request);
    if (progress == http::RequestParser::Progress::Refused) {
        require(parser.refusal() >= 400 && parser.refusal() < 600);
        return 0;
    }
    check(request, head);
    std::string unread = input.substr(*length);
    while (progress == http::RequestParser::Progress::NeedMore && !unread.empty()) {
        std::size_t used = 0;
        progress = parser.parse_body(unread, used);
        require(used <= unread.size());
        require(parser.body().size() <= 64 * 1024);
        unread.erase(0, used);
        if (used == 0) {
            break;
        }
    }
    check(request, head); // a trailer must not have changed the parsed head
    return 0;
}
