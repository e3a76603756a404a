// SPDX-License-Identifier: Apache-2.0
// Visitors as many browsers make them: posts to /api/events or /bookings over keep-alive connections from one
// thread, each visitor with an address (X-Forwarded-For) and a user agent of its own. Prints one line of
// JSON.
#include "tests/bench/visitor_requests.h"

#include <CLI/CLI.hpp>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <nlohmann/json.hpp>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <deque>
#include <map>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <vector>

namespace studio::bench {

namespace {

using Clock = std::chrono::steady_clock;

struct Options {
    std::uint16_t port = 8080;
    LoadOptions load;
    std::size_t connections = 64;
    double seconds = 5, rate = 0; // requests a second; 0: each as soon as the previous answer is there
};

struct Tally {
    std::map<int, std::uint64_t> statuses;
    std::uint64_t accepted = 0, cut_off = 0;
    std::vector<std::uint32_t> latencies_us;
};

// One keep-alive connection with at most one request under way.
class Client final {
public:
    Client(const Options &options, RequestMaker &requests) : m_options(options), m_requests(requests) {}
    ~Client() { disconnect(); }
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    int descriptor() const { return m_socket; }
    bool waiting() const { return m_waiting; }

    void connect(int poll) {
        disconnect();
        m_socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const int on = 1;
        setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(m_options.port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
            throw std::system_error(errno, std::generic_category(), "connect");
        }
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = this;
        epoll_ctl(poll, EPOLL_CTL_ADD, m_socket, &event);
    }

    void send(Tally &tally) {
        m_request = m_requests.next();
        m_sent = Clock::now();
        m_waiting = true;
        m_received.clear();
        std::string_view rest = m_request.text;
        while (!rest.empty()) {
            const ssize_t count = ::send(m_socket, rest.data(), rest.size(), MSG_NOSIGNAL);
            if (count <= 0) {
                lost(tally);
                return;
            }
            rest.remove_prefix(static_cast<std::size_t>(count));
        }
    }

    // True once the answer is whole, or the connection is gone.
    bool receive(Tally &tally) {
        std::array<char, 65536> buffer;
        const ssize_t count = recv(m_socket, buffer.data(), buffer.size(), 0);
        if (count <= 0) {
            lost(tally);
            return true;
        }
        m_received.append(buffer.data(), static_cast<std::size_t>(count));
        const std::size_t head = m_received.find("\r\n\r\n");
        if (head == std::string::npos || m_received.size() < head + 4 + length(head)) {
            return false;
        }
        finish(tally);
        return true;
    }

private:
    std::size_t length(std::size_t head) const {
        constexpr std::string_view name = "\r\nContent-Length: ";
        const std::size_t at = m_received.find(name);
        std::size_t value = 0;
        if (at < head) {
            std::from_chars(m_received.data() + at + name.size(), m_received.data() + head, value);
        }
        return value;
    }
    void finish(Tally &tally) {
        m_waiting = false;
        int status = 0;
        std::from_chars(m_received.data() + 9, m_received.data() + 12, status);
        ++tally.statuses[status];
        if (status >= 200 && status < 400) {
            tally.accepted += m_request.counted;
        }
        const auto taken = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - m_sent);
        tally.latencies_us.push_back(static_cast<std::uint32_t>(taken.count()));
    }
    void lost(Tally &tally) {
        if (m_waiting) {
            ++tally.cut_off;
        }
        disconnect();
    }
    void disconnect() {
        if (m_socket >= 0) {
            close(m_socket);
        }
        m_socket = -1;
        m_waiting = false;
    }

    const Options &m_options;
    RequestMaker &m_requests;
    int m_socket = -1;
    bool m_waiting = false;
    Request m_request;
    Clock::time_point m_sent;
    std::string m_received;
};

class Load final {
public:
    explicit Load(const Options &options) : m_options(options), m_requests(options.load) {
        m_poll = epoll_create1(EPOLL_CLOEXEC);
        for (std::size_t i = 0; i < options.connections; ++i) {
            m_clients.emplace_back(m_options, m_requests);
            m_clients.back().connect(m_poll);
        }
    }
    ~Load() { close(m_poll); }
    Load(const Load &) = delete;
    Load &operator=(const Load &) = delete;

    Tally run() {
        m_start = Clock::now();
        const auto end = m_start + std::chrono::duration_cast<Clock::duration>(
                                       std::chrono::duration<double>(m_options.seconds));
        for (Client &client : m_clients) {
            m_idle.push_back(&client);
        }
        while (Clock::now() < end) {
            start_idle();
            poll(1);
        }
        const auto patience = Clock::now() + std::chrono::seconds(10);
        while (busy() && Clock::now() < patience) {
            poll(50);
        }
        for (const Client &client : m_clients) {
            m_tally.cut_off += client.waiting();
        }
        m_elapsed = std::chrono::duration<double>(end - m_start).count();
        return std::move(m_tally);
    }
    double elapsed_s() const { return m_elapsed; }

private:
    bool busy() const {
        return std::any_of(m_clients.begin(), m_clients.end(), [](const Client &c) { return c.waiting(); });
    }
    bool due() const {
        if (m_options.rate <= 0) {
            return true;
        }
        const double seconds = std::chrono::duration<double>(Clock::now() - m_start).count();
        return static_cast<double>(m_started) < seconds * m_options.rate;
    }
    void start_idle() {
        while (!m_idle.empty() && due()) {
            Client &client = *m_idle.front();
            m_idle.pop_front();
            if (client.descriptor() < 0 && !reconnect(client)) {
                m_idle.push_back(&client);
                return;
            }
            ++m_started;
            client.send(m_tally);
            if (!client.waiting()) {
                m_idle.push_back(&client);
            }
        }
    }
    bool reconnect(Client &client) {
        try {
            client.connect(m_poll);
            return true;
        } catch (const std::system_error &) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
            return false;
        }
    }
    void poll(int milliseconds) {
        std::array<epoll_event, 128> events;
        const int count = epoll_wait(m_poll, events.data(), static_cast<int>(events.size()), milliseconds);
        for (int i = 0; i < count; ++i) {
            Client &client = *static_cast<Client *>(events[static_cast<std::size_t>(i)].data.ptr);
            const bool was_waiting = client.waiting();
            if (client.receive(m_tally) && was_waiting) {
                m_idle.push_back(&client);
            }
        }
    }

    const Options &m_options;
    RequestMaker m_requests;
    int m_poll = -1;
    std::deque<Client> m_clients;
    std::deque<Client *> m_idle;
    Tally m_tally;
    Clock::time_point m_start;
    std::uint64_t m_started = 0;
    double m_elapsed = 0;
};

double percentile_ms(std::vector<std::uint32_t> &values, double share) {
    if (values.empty()) {
        return 0;
    }
    const auto at = values.begin() +
                    static_cast<std::ptrdiff_t>(std::floor(share * static_cast<double>(values.size() - 1)));
    std::nth_element(values.begin(), at, values.end());
    return *at / 1000.0;
}

void report(Tally tally, double seconds) {
    nlohmann::ordered_json line;
    line["seconds"] = seconds;
    line["requests"] = tally.latencies_us.size();
    line["accepted"] = tally.accepted;
    line["cut_off"] = tally.cut_off;
    for (const auto &[status, count] : tally.statuses) {
        line["statuses"][std::to_string(status)] = count;
    }
    line["p50_ms"] = percentile_ms(tally.latencies_us, 0.5);
    line["p99_ms"] = percentile_ms(tally.latencies_us, 0.99);
    std::printf("%s\n", line.dump().c_str());
}

} // namespace

} // namespace studio::bench

int main(int count, char **words) {
    using namespace studio::bench;
    Options options;
    CLI::App app("Posts events or bookings as visitors' browsers do");
    app.add_option("what", options.load.what, "events or bookings")
        ->required()
        ->transform(CLI::CheckedTransformer(
            std::map<std::string, What>{{"events", What::Events}, {"bookings", What::Bookings}}));
    app.add_option("--port", options.port)->required();
    app.add_option("--host", options.load.hosts, "Host fields, taken in turn")->required();
    app.add_option("--token", options.load.token, "a form token, for bookings");
    app.add_option("--batch", options.load.batch, "events in a post");
    app.add_option("--connections", options.connections);
    app.add_option("--seconds", options.seconds);
    app.add_option("--rate", options.rate, "requests a second, 0: as fast as answers come");
    app.add_option("--seed", options.load.seed);
    CLI11_PARSE(app, count, words);
    try {
        Load load(options);
        Tally tally = load.run();
        report(std::move(tally), load.elapsed_s());
        return 0;
    } catch (const std::exception &error) {
        std::fprintf(stderr, "visitor_load: %s\n", error.what());
        return 1;
    }
}
