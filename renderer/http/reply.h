// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/support/metrics.h"

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace studio::renderer::http {

// Bytes that many replies point into. A handler's snapshot keeps them alive through a call; a connection that
// could not send at once keeps them alive itself.
class Retained : public std::enable_shared_from_this<Retained> {
public:
    virtual ~Retained() = default;
};

// A file to send from; closed with the last reference.
class OpenFile final {
public:
    explicit OpenFile(int descriptor) : m_descriptor(descriptor) {}
    ~OpenFile();
    OpenFile(const OpenFile &) = delete;
    OpenFile &operator=(const OpenFile &) = delete;
    int descriptor() const { return m_descriptor; }

private:
    int m_descriptor;
};

struct Reply;
// From any thread, until the Server is destroyed. Only the first call counts, and only while the request
// still waits: a call after ServerOptions::handler_time (the client got 503), or after the connection's end,
// does nothing.
using Completion = std::function<void(Reply)>;

// An answer. `head` is the status line and the fields, each with its CRLF, but without Date, Connection and
// the blank line, which the connection adds.
struct Reply {
    int status = 200;
    Route route = Route::NotFound;
    bool close = false;
    std::string_view head, body;
    const Retained *retained = nullptr; // holds head and body, or
    std::shared_ptr<const void> owner;  // this does
    std::shared_ptr<OpenFile> file;     // sent instead of `body`
    std::uint64_t file_offset = 0, file_length = 0;
    // For a reply that is made later: called once, in the loop's thread and while handle()'s request is still
    // valid, with the function to give the reply to. Must not block. The other members are then empty; the
    // later reply keeps its bytes alive by `owner`, not by `retained`.
    std::function<void(Completion)> later;
};

std::string_view reason_phrase(int status);

using Fields = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// Builds a reply's head.
class HeadBuilder final {
public:
    explicit HeadBuilder(int status);
    HeadBuilder &field(std::string_view name, std::string_view value);
    // Header fields in the form in which they are sent, each with its CRLF.
    HeadBuilder &lines(std::string_view fields);
    HeadBuilder &length(std::uint64_t bytes);
    std::string take() { return std::move(m_text); }

private:
    std::string m_text;
};

// A reply that owns its bytes; `head` as HeadBuilder makes it.
Reply owned_reply(Route route, int status, std::string head, std::string body);
// The same, built from a status and fields. With `head_only` the body is left out; Content-Length is still
// its length.
Reply make_reply(Route route, int status, Fields fields, std::string body, bool head_only);
// A short plain-text reply, as for errors.
Reply plain_reply(Route route, int status, std::string_view text, bool head_only, Fields fields = {});

} // namespace studio::renderer::http
