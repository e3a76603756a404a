// SPDX-License-Identifier: Apache-2.0
#include "renderer/http/server.h"

#include "renderer/http/connection_limiter.h"
#include "renderer/http/event_loop.h"

#include <boost/asio/post.hpp>
#include <boost/asio/socket_base.hpp>
#include <sys/socket.h>

#include <system_error>
#include <vector>

namespace studio::renderer::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::chrono::milliseconds accept_pause{100}; // after running out of descriptors

IpAddress address_of(const tcp::endpoint &endpoint) {
    if (endpoint.address().is_v4()) {
        IpAddress::Bytes bytes{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
        const auto v4 = endpoint.address().to_v4().to_bytes();
        std::copy(v4.begin(), v4.end(), bytes.begin() + 12);
        return IpAddress(bytes);
    }
    return IpAddress(endpoint.address().to_v6().to_bytes());
}

void turn_away(const tcp::socket &socket) {
    constexpr std::string_view busy =
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\n"
        "Connection: close\r\n\r\n";
    // The result does not matter: a client with too many connections may not see the explanation.
    [[maybe_unused]] const auto sent = ::send(const_cast<tcp::socket &>(socket).native_handle(), busy.data(),
                                              busy.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

} // namespace

struct Server::Impl {
    Impl(ServerOptions given, Metrics &metrics_)
        : options(std::move(given)), metrics(metrics_),
          limiter(options.max_connections, options.max_connections_per_ip, options.trusted_proxies) {
        for (std::size_t i = 0; i < options.loops; ++i) {
            const std::size_t index = options.first_loop + i;
            loops.push_back(std::make_unique<EventLoop>(options, metrics.loop(index), limiter, index));
        }
    }

    // Accepts connections in the first loop's thread and gives them to the loops in turn, so that all are
    // equally busy.
    void accept() {
        EventLoop &loop = *loops[next_loop];
        next_loop = (next_loop + 1) % loops.size();
        acceptor->async_accept(loop.context(), [this, &loop](const error_code &error, tcp::socket socket) {
            if (error == asio::error::operation_aborted || !acceptor->is_open()) {
                return;
            }
            if (error) {
                return pause();
            }
            take(loop, std::move(socket));
            accept();
        });
    }

    void take(EventLoop &loop, tcp::socket socket) {
        error_code error;
        const tcp::endpoint peer = socket.remote_endpoint(error);
        if (error) {
            return; // the client has closed it already
        }
        const IpAddress address = address_of(peer);
        if (!limiter.admit(address)) {
            loops.front()->metrics().refused_connections.add();
            return turn_away(socket);
        }
        loop.adopt(std::move(socket), address);
    }

    void pause() {
        timer.emplace(loops.front()->context());
        timer->expires_after(accept_pause);
        timer->async_wait([this](const error_code &error) {
            if (!error) {
                accept();
            }
        });
    }

    ServerOptions options;
    Metrics &metrics;
    ConnectionLimiter limiter;
    std::vector<std::unique_ptr<EventLoop>> loops;
    std::optional<tcp::acceptor> acceptor;
    std::optional<asio::steady_timer> timer;
    std::size_t next_loop = 0;
};

Server::Server(ServerOptions options, Metrics &metrics)
    : m_impl(std::make_unique<Impl>(std::move(options), metrics)) {}

Server::~Server() {
    for (const auto &loop : m_impl->loops) {
        loop->stop();
    }
    for (const auto &loop : m_impl->loops) {
        loop->join();
    }
}

void Server::bind() {
    Impl &impl = *m_impl;
    try {
        const tcp::endpoint endpoint(asio::ip::make_address(impl.options.address), impl.options.port);
        impl.acceptor.emplace(impl.loops.front()->context());
        impl.acceptor->open(endpoint.protocol());
        impl.acceptor->set_option(asio::socket_base::reuse_address(true));
        impl.acceptor->bind(endpoint);
        impl.acceptor->listen(4096);
    } catch (const boost::system::system_error &error) {
        throw std::system_error(error.code().value(), std::system_category());
    }
}

std::uint16_t Server::port() const {
    return m_impl->acceptor->local_endpoint().port();
}

void Server::start(Handler &handler) {
    for (const auto &loop : m_impl->loops) {
        loop->start(handler);
    }
    asio::post(m_impl->loops.front()->context(), [impl = m_impl.get()] { impl->accept(); });
}

void Server::drain() {
    Impl &impl = *m_impl;
    asio::post(impl.loops.front()->context(), [&impl] {
        error_code ignored;
        impl.acceptor->close(ignored);
        if (impl.timer) {
            impl.timer->cancel();
        }
        // Last, because connections that were accepted before have reached their loop's queue by now.
        for (const auto &loop : impl.loops) {
            loop->drain();
        }
    });
    for (const auto &loop : impl.loops) {
        loop->join();
    }
}

std::size_t Server::open_connections() const {
    return m_impl->limiter.open();
}

} // namespace studio::renderer::http
