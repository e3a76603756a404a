// SPDX-License-Identifier: Apache-2.0
#include "renderer/http/reply.h"

#include <fmt/format.h>
#include <unistd.h>

namespace studio::renderer::http {

namespace {

struct OwnedReply {
    std::string head, body;
};

} // namespace

OpenFile::~OpenFile() {
    ::close(m_descriptor);
}

std::string_view reason_phrase(int status) {
    switch (status) {
    case 200:
        return "OK";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 206:
        return "Partial Content";
    case 303:
        return "See Other";
    case 304:
        return "Not Modified";
    case 308:
        return "Permanent Redirect";
    case 400:
        return "Bad Request";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 411:
        return "Length Required";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 416:
        return "Range Not Satisfiable";
    case 417:
        return "Expectation Failed";
    case 422:
        return "Unprocessable Content";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Status";
    }
}

HeadBuilder::HeadBuilder(int status)
    : m_text(fmt::format("HTTP/1.1 {} {}\r\n", status, reason_phrase(status))) {}

HeadBuilder &HeadBuilder::field(std::string_view name, std::string_view value) {
    m_text.append(name).append(": ");
    for (const char c : value) {
        m_text.push_back(c == '\r' || c == '\n' || c == '\0' ? ' ' : c);
    }
    m_text.append("\r\n");
    return *this;
}

HeadBuilder &HeadBuilder::lines(std::string_view fields) {
    m_text.append(fields);
    return *this;
}

HeadBuilder &HeadBuilder::length(std::uint64_t bytes) {
    return field("Content-Length", std::to_string(bytes));
}

Reply owned_reply(Route route, int status, std::string head, std::string body) {
    auto owned = std::make_shared<OwnedReply>();
    owned->head = std::move(head);
    owned->body = std::move(body);
    Reply reply;
    reply.status = status;
    reply.route = route;
    reply.head = owned->head;
    reply.body = owned->body;
    reply.owner = std::move(owned);
    return reply;
}

Reply make_reply(Route route, int status, Fields fields, std::string body, bool head_only) {
    HeadBuilder head(status);
    for (const auto &[name, value] : fields) {
        head.field(name, value);
    }
    if (status != 304 && status != 204) {
        head.length(body.size());
    }
    return owned_reply(route, status, head.take(), head_only ? std::string() : std::move(body));
}

Reply plain_reply(Route route, int status, std::string_view text, bool head_only, Fields fields) {
    HeadBuilder head(status);
    head.field("Content-Type", "text/plain; charset=utf-8")
        .field("X-Content-Type-Options", "nosniff")
        .field("Cache-Control", "no-store");
    for (const auto &[name, value] : fields) {
        head.field(name, value);
    }
    auto owned = std::make_shared<OwnedReply>();
    const std::string body = fmt::format("{}\n", text);
    head.length(body.size());
    owned->head = head.take();
    if (!head_only) {
        owned->body = body;
    }
    Reply reply;
    reply.status = status;
    reply.route = route;
    reply.head = owned->head;
    reply.body = owned->body;
    reply.owner = std::move(owned);
    return reply;
}

} // namespace studio::renderer::http
