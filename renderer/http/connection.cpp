// SPDX-License-Identifier: Apache-2.0
#include "renderer/http/connection.h"

#include "renderer/http/head_guard.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <sys/sendfile.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace studio::renderer::http {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr std::size_t first_buffer_bytes = 4 * 1024;
constexpr std::size_t least_read_bytes = 2 * 1024;
constexpr std::size_t sendfile_step = 1024 * 1024;

iovec part(std::string_view bytes) {
    return {const_cast<char *>(bytes.data()), bytes.size()};
}

std::string_view refusal_text(int status) {
    switch (status) {
    case 408:
        return "The request did not arrive in time.";
    case 411:
        return "The request has no Content-Length.";
    case 413:
        return "The request's body is too large.";
    case 414:
        return "The request's address is too long.";
    case 415:
        return "The request's content type is not accepted here.";
    case 417:
        return "This expectation cannot be met.";
    case 431:
        return "The request's header is too large.";
    case 501:
        return "This transfer encoding is not implemented.";
    case 503:
        return "The service took too long to answer.";
    case 505:
        return "This version of HTTP is not supported.";
    default:
        return "The request is not valid HTTP.";
    }
}

} // namespace

Connection::Connection(EventLoop &loop, asio::ip::tcp::socket socket, const IpAddress &peer)
    : m_loop(loop), m_socket(std::move(socket)), m_clients(loop.options().trusted_proxies, peer),
      m_buffer(first_buffer_bytes), m_parser(loop.options().limits) {}

void Connection::start() {
    error_code ignored;
    m_socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    m_socket.non_blocking(true, ignored);
    if (m_loop.draining()) {
        return close();
    }
    m_deadline = m_loop.update_now() + m_loop.options().idle_time;
    read();
}

void Connection::close() {
    if (m_state == State::Closed) {
        return;
    }
    m_state = State::Closed;
    error_code ignored;
    m_socket.close(ignored);
    m_reply = {};
    m_loop.forget(*this, m_clients.peer());
}

void Connection::close_if_idle() {
    if (m_state == State::Idle) {
        close();
    }
}

void Connection::on_deadline() {
    switch (m_state) {
    case State::Head:
    case State::Body:
        m_loop.metrics().timeouts.add();
        m_received_at = m_loop.now();
        return refuse(408);
    case State::Handling:
        m_loop.metrics().timeouts.add();
        return refuse(503);
    case State::Writing:
        m_loop.metrics().timeouts.add();
        return close();
    case State::Idle:
    case State::Lingering:
        return close();
    case State::Closed:
        return;
    }
}

void Connection::reserve(std::size_t free_bytes) {
    if (m_buffer.size() - m_end >= free_bytes) {
        return;
    }
    if (m_begin > 0) {
        std::memmove(m_buffer.data(), m_buffer.data() + m_begin, m_end - m_begin);
        m_end -= m_begin;
        m_begin = 0;
    }
    if (m_buffer.size() - m_end < free_bytes) {
        m_buffer.resize(
            std::max(m_end + free_bytes, m_loop.options().limits.head_bytes + first_buffer_bytes));
    }
}

void Connection::read() {
    if (m_state != State::Body) {
        reserve(least_read_bytes);
    }
    m_socket.async_read_some(asio::buffer(m_buffer.data() + m_end, m_buffer.size() - m_end),
                             [self = shared_from_this()](const error_code &error, std::size_t bytes) {
                                 if (self->m_state > State::Body) { // the request was refused while it waited
                                     return;
                                 }
                                 if (error) {
                                     return self->close();
                                 }
                                 self->on_read(bytes);
                             });
}

void Connection::on_read(std::size_t bytes) {
    m_end += bytes;
    m_loop.update_now();
    process();
}

void Connection::process() {
    for (;;) {
        const bool go_on = m_state == State::Body ? take_body() : take_head();
        if (!go_on) {
            return;
        }
    }
}

bool Connection::take_head() {
    while (m_begin < m_end && (m_buffer[m_begin] == '\r' || m_buffer[m_begin] == '\n')) {
        ++m_begin;
    }
    if (m_begin == m_end) {
        m_begin = m_end = m_searched = 0;
        if (m_state != State::Idle) {
            if (m_loop.draining()) {
                close();
                return false;
            }
            m_state = State::Idle;
            m_deadline = m_loop.now() + m_loop.options().idle_time;
        }
        read();
        return false;
    }
    if (m_state == State::Idle) {
        m_state = State::Head;
        m_deadline = m_loop.now() + m_loop.options().head_time;
    }
    m_received_at = m_loop.now();
    const auto length = head_length(unread(), m_searched);
    const std::size_t head_so_far = length.value_or(m_end - m_begin);
    if (head_so_far > m_loop.options().limits.head_bytes) {
        refuse(431);
        return false;
    }
    if (!length) {
        if (cannot_begin_request(unread())) {
            refuse(400);
            return false;
        }
        m_searched = m_end - m_begin;
        read();
        return false;
    }
    return dispatch(*length);
}

bool Connection::dispatch(std::size_t length) {
    // Reserves room for the body behind the head, because the parsed head must not be moved.
    reserve(least_read_bytes);
    m_head_size = length;
    m_searched = 0;
    m_request = {};
    const auto progress = m_parser.parse_head(unread().substr(0, length), m_request);
    if (progress == RequestParser::Progress::Refused) {
        refuse(m_parser.refusal());
        return false;
    }
    m_request.peer = m_clients.peer();
    const Client client = m_clients.resolve(m_request.forwarded_for, m_request.forwarded_proto);
    m_request.client_address = client.address;
    m_request.scheme = client.scheme;
    if (!m_clients.trusts_peer()) {
        m_request.country = {};
    }
    const bool brings_body = progress == RequestParser::Progress::NeedMore;
    if (!brings_body && m_request.method != Method::Post) {
        m_begin += length;
        return handle();
    }
    const BodyRules rules = m_loop.handler().body_rules(m_request);
    if (const int status = check_body(m_request, rules)) {
        refuse(status);
        return false;
    }
    m_body_unread = brings_body && rules.max_bytes == 0;
    if (!brings_body || m_body_unread) {
        m_begin += length;
        return handle();
    }
    m_parser.limit_body(rules.max_bytes);
    await_body(length);
    return true;
}

void Connection::await_body(std::size_t head_length) {
    m_state = State::Body;
    m_deadline = m_loop.now() + m_loop.options().body_time;
    if (m_request.expects_continue && unread().size() == head_length) {
        constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        // The result does not matter: a client that receives no "100 Continue" sends the body after a moment
        // anyway.
        [[maybe_unused]] const auto sent =
            ::send(m_socket.native_handle(), go_on.data(), go_on.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    }
}

bool Connection::handle() {
    Reply reply;
    try {
        reply = m_loop.handler().handle(m_request, m_loop.index());
    } catch (const std::exception &error) {
        m_loop.handler().failed(error.what());
        reply = plain_reply(Route::Refused, 500, "Something went wrong here. Please try again in a minute.",
                            m_request.head_only());
    }
    return send(std::move(reply));
}

bool Connection::take_body() {
    const std::size_t body_begin = m_begin + m_head_size;
    std::size_t used = 0;
    const auto progress = m_parser.parse_body({m_buffer.data() + body_begin, m_end - body_begin}, used);
    if (progress == RequestParser::Progress::Refused) {
        refuse(m_parser.refusal());
        return false;
    }
    if (progress == RequestParser::Progress::Done) {
        m_begin = body_begin + used;
        m_received_at = m_loop.now();
        m_request.body = m_parser.body();
        return handle();
    }
    std::memmove(m_buffer.data() + body_begin, m_buffer.data() + body_begin + used,
                 m_end - body_begin - used);
    m_end -= used;
    if (m_end == m_buffer.size()) { // the header of a chunk that does not fit
        refuse(400);
        return false;
    }
    read();
    return false;
}

bool Connection::send(Reply reply) {
    if (reply.later) {
        wait_for_later(std::move(reply.later));
        return false;
    }
    m_reply = std::move(reply);
    m_close_after_reply = m_reply.close || m_body_unread || !m_request.keep_alive || m_loop.draining();
    const auto ending = m_close_after_reply  ? EventLoop::Ending::Close
                        : m_request.http_1_0 ? EventLoop::Ending::KeepAlive
                                             : EventLoop::Ending::Plain;
    const std::string &end = m_loop.ending(ending);
    m_parts = {part(m_reply.head), part(end), part(m_reply.body)};
    m_first_part = 0;
    m_reply_bytes = m_reply.head.size() + end.size() + m_reply.body.size() + m_reply.file_length;
    m_state = State::Writing;
    if (!flush()) {
        return false;
    }
    return finish_reply();
}

void Connection::advance_parts(std::size_t sent) {
    while (m_first_part < m_parts.size()) {
        iovec &current = m_parts[m_first_part];
        if (sent < current.iov_len) {
            current.iov_base = static_cast<char *>(current.iov_base) + sent;
            current.iov_len -= sent;
            return;
        }
        sent -= current.iov_len;
        ++m_first_part;
    }
}

bool Connection::flush() {
    const int socket = m_socket.native_handle();
    for (;;) {
        ssize_t sent = 0;
        if (parts_left()) {
            msghdr message{};
            message.msg_iov = &m_parts[m_first_part];
            message.msg_iovlen = m_parts.size() - m_first_part;
            sent = ::sendmsg(socket, &message,
                             MSG_NOSIGNAL | MSG_DONTWAIT | (m_reply.file_length ? MSG_MORE : 0));
            if (sent >= 0) {
                advance_parts(static_cast<std::size_t>(sent));
            }
        } else if (m_reply.file_length > 0) {
            auto offset = static_cast<off_t>(m_reply.file_offset);
            sent = ::sendfile(socket, m_reply.file->descriptor(), &offset,
                              std::min<std::uint64_t>(m_reply.file_length, sendfile_step));
            if (sent == 0) {
                errno = EIO; // the file became shorter while it was sent
            }
            if (sent > 0) {
                m_reply.file_offset += static_cast<std::uint64_t>(sent);
                m_reply.file_length -= static_cast<std::uint64_t>(sent);
            } else {
                sent = -1;
            }
        } else {
            return true;
        }
        if (sent >= 0) {
            continue;
        }
        if (errno == EINTR) {
            continue;
        }
        if (errno == EAGAIN || errno == EWOULDBLOCK) {
            wait_writable();
            return false;
        }
        close();
        return false;
    }
}

// Keeps what a reply needs that could not be sent at once, and sets the deadline for sending it.
void Connection::keep_reply() {
    if (m_sending_in_pieces) {
        return;
    }
    m_sending_in_pieces = true;
    if (m_reply.retained) {
        m_reply.owner = m_reply.retained->shared_from_this();
    }
    m_reply.retained = nullptr;
    if (m_first_part <=
        1) { // the last line of the head (Date) belongs to the event loop and changes every second
        m_ending.assign(static_cast<const char *>(m_parts[1].iov_base), m_parts[1].iov_len);
        m_parts[1] = part(m_ending);
    }
    const auto &options = m_loop.options();
    m_deadline = m_loop.now() + options.write_time +
                 std::chrono::seconds(m_reply_bytes / options.write_bytes_per_second);
}

void Connection::wait_writable() {
    keep_reply();
    m_socket.async_wait(asio::ip::tcp::socket::wait_write,
                        [self = shared_from_this()](const error_code &error) {
                            if (self->m_state != State::Writing) {
                                return;
                            }
                            if (error) {
                                return self->close();
                            }
                            self->m_loop.update_now();
                            if (self->flush() && self->finish_reply()) {
                                self->process();
                            }
                        });
}

bool Connection::finish_reply() {
    const auto now = m_loop.update_now();
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(now - m_received_at).count();
    m_loop.metrics().request(m_reply.route, m_reply.status, static_cast<std::uint64_t>(took), m_reply_bytes);
    m_reply = {};
    m_request = {};
    m_sending_in_pieces = false;
    if (m_close_after_reply) {
        linger();
        return false;
    }
    m_state = State::Head; // take_head() changes it to Idle if no further bytes have arrived
    m_deadline = now + m_loop.options().head_time;
    return true;
}

void Connection::refuse(int status) {
    Reply reply = plain_reply(Route::Refused, status, refusal_text(status), m_request.head_only());
    reply.close = true;
    m_socket.cancel();
    send(std::move(reply));
}

void Connection::wait_for_later(const std::function<void(Completion)> &later) {
    m_state = State::Handling;
    m_deadline = m_loop.now() + m_loop.options().handler_time;
    later([self = shared_from_this(), number = ++m_awaited](Reply reply) {
        asio::post(self->m_loop.context(),
                   [self, number, answer = std::make_shared<Reply>(std::move(reply))] {
                       if (self->m_state != State::Handling || self->m_awaited != number) {
                           return;
                       }
                       self->m_loop.update_now();
                       if (self->send(std::move(*answer))) {
                           self->process();
                       }
                   });
    });
}

void Connection::linger() {
    // Closing a socket with unread bytes would reset the connection, and the client could lose the reply.
    m_state = State::Lingering;
    m_deadline = m_loop.now() + m_loop.options().linger_time;
    error_code ignored;
    m_socket.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    discard_input();
}

void Connection::discard_input() {
    m_socket.async_read_some(asio::buffer(m_buffer.data(), m_buffer.size()),
                             [self = shared_from_this()](const error_code &error, std::size_t) {
                                 if (self->m_state != State::Lingering) {
                                     return;
                                 }
                                 if (error) {
                                     return self->close();
                                 }
                                 self->discard_input();
                             });
}

} // namespace studio::renderer::http
