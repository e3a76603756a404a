// SPDX-License-Identifier: Apache-2.0
// Internal to http/.
#pragma once

#include "renderer/http/event_loop.h"

#include <sys/uio.h>

#include <array>
#include <vector>

namespace studio::renderer::http {

// One client: reads requests, asks the handler, writes replies. Used only in its loop's thread, and alive
// until close(); at most one asynchronous operation of it is outstanding.
class Connection final : public std::enable_shared_from_this<Connection> {
public:
    Connection(EventLoop &loop, boost::asio::ip::tcp::socket socket, const IpAddress &peer);

    void start();
    void close();
    void close_if_idle();
    Clock::time_point deadline() const { return m_deadline; }
    void on_deadline();

private:
    enum class State { Idle, Head, Body, Handling, Writing, Lingering, Closed };

    void read();
    void on_read(std::size_t bytes);
    void process();
    // Each returns false where process() must wait for an event or the connection is over.
    bool take_head();
    bool take_body();
    bool dispatch(std::size_t head_length);
    bool send(Reply reply);
    bool flush();
    bool finish_reply();

    void refuse(int status);
    void await_body(std::size_t head_length);
    bool handle();
    void wait_for_later(const std::function<void(Completion)> &later);
    void keep_reply();
    void wait_writable();
    void linger();
    void discard_input();
    void reserve(std::size_t free_bytes);
    void advance_parts(std::size_t sent);
    bool parts_left() const { return m_first_part < m_parts.size(); }
    std::string_view unread() const { return {m_buffer.data() + m_begin, m_end - m_begin}; }

    EventLoop &m_loop;
    boost::asio::ip::tcp::socket m_socket;
    const ClientResolver m_clients;
    State m_state = State::Idle;
    Clock::time_point m_deadline{};
    Clock::time_point m_received_at{};

    std::vector<char> m_buffer;
    std::size_t m_begin = 0, m_end = 0; // unread bytes
    std::size_t m_searched = 0;         // of the unread ones, known not to end a head
    std::size_t m_head_size = 0;

    RequestParser m_parser;
    Request m_request;
    Reply m_reply;
    bool m_close_after_reply = false;
    bool m_body_unread = false;
    std::uint64_t m_awaited = 0; // number of the deferred reply that is waited for
    std::array<iovec, 3> m_parts{};
    std::size_t m_first_part = 0;
    std::uint64_t m_reply_bytes = 0;
    bool m_sending_in_pieces = false;
    std::string m_ending; // copy, while a reply is sent in pieces
};

} // namespace studio::renderer::http
