// SPDX-License-Identifier: Apache-2.0
// publish_bench OPERATOR_URL PORT ROUNDS: how long after a publish the public service shows the change.
//
// A thread asks the service for claire's page without pause over one kept connection and notes when it first
// sees the new tagline. Two times a round, in milliseconds: from the call of publish, and from its return
// (the commit is done by then; a page seen before the call returned counts as 0).
#include "db/connection/error.h"
#include "db/stores/revision_store.h"
#include "db/stores/tenant_store.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

// One kept HTTP connection to 127.0.0.1.
class PageReader final {
public:
    explicit PageReader(int port) : m_socket(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(m_socket, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0) {
            throw std::runtime_error("The public service does not answer");
        }
    }
    ~PageReader() { ::close(m_socket); }
    PageReader(const PageReader &) = delete;
    PageReader &operator=(const PageReader &) = delete;

    std::string read_page() {
        static const std::string request = "GET / HTTP/1.1\r\nHost: claire.localhost\r\n\r\n";
        if (::send(m_socket, request.data(), request.size(), 0) != static_cast<ssize_t>(request.size())) {
            throw std::runtime_error("The connection broke while asking");
        }
        std::string answer;
        std::size_t whole = std::string::npos;
        char buffer[65536];
        while (answer.size() < whole) {
            const ssize_t count = ::recv(m_socket, buffer, sizeof buffer, 0);
            if (count <= 0) {
                throw std::runtime_error("The connection broke while reading");
            }
            answer.append(buffer, static_cast<std::size_t>(count));
            if (whole == std::string::npos) {
                whole = length_of(answer);
            }
        }
        return answer;
    }

private:
    static std::size_t length_of(const std::string &answer) {
        const auto head_end = answer.find("\r\n\r\n");
        if (head_end == std::string::npos) {
            return std::string::npos;
        }
        const auto field = answer.find("Content-Length: ");
        if (field == std::string::npos || field > head_end) {
            throw std::runtime_error("The answer has no Content-Length");
        }
        return head_end + 4 + std::stoul(answer.substr(field + 16));
    }

    int m_socket;
};

double milliseconds(Clock::duration duration) {
    return std::chrono::duration<double, std::milli>(duration).count();
}

double quantile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    const auto index = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5);
    return values[index];
}

// Looks at the page until it shows a text; tells when it did.
class Watcher final {
public:
    explicit Watcher(int port) : m_thread([this, port] { watch(port); }) {}
    ~Watcher() {
        m_stop = true;
        m_thread.join();
    }

    void expect(const std::string &text) {
        const std::lock_guard lock(m_mutex);
        m_text = text;
        m_seen = false;
    }

    Clock::time_point wait() {
        const auto limit = Clock::now() + std::chrono::seconds(10);
        while (!m_seen) {
            if (m_failed || Clock::now() > limit) {
                throw std::runtime_error("The public service did not show the change within 10 s");
            }
            std::this_thread::sleep_for(std::chrono::microseconds(200));
        }
        const std::lock_guard lock(m_mutex);
        return m_seen_at;
    }

private:
    void watch(int port) {
        try {
            PageReader reader(port);
            while (!m_stop) {
                const std::string page = reader.read_page();
                const auto now = Clock::now();
                const std::lock_guard lock(m_mutex);
                if (!m_seen && !m_text.empty() && page.find(m_text) != std::string::npos) {
                    m_seen_at = now;
                    m_seen = true;
                }
            }
        } catch (const std::exception &error) {
            std::cerr << error.what() << '\n';
            m_failed = true;
        }
    }

    std::mutex m_mutex;
    std::string m_text;
    Clock::time_point m_seen_at;
    std::atomic<bool> m_seen{false}, m_stop{false}, m_failed{false};
    std::thread m_thread;
};

void run(const std::string &url, int port, int rounds) {
    using namespace studio;
    db::Session session(url);
    db::RevisionStore revisions(session);
    const auto tenant = db::TenantStore(session).find_by_subdomain("claire");
    if (!tenant) {
        throw std::runtime_error("There is no tenant claire: run against the demo workspace");
    }
    auto latest = revisions.latest(tenant->id).value();
    int base = latest.summary.number;
    Watcher watcher(port);
    std::vector<double> from_call, from_return;
    for (int round = 0; round < rounds; ++round) {
        const std::string tagline = fmt::format("Measured evening number {}", round);
        latest.documents.content["tagline"] = tagline;
        const auto key = fmt::format("00000000-0000-4000-8000-{:012}", base + 1);
        base = revisions.save(tenant->id, base, latest.documents, "bench", key).number;
        watcher.expect(tagline);
        const auto called = Clock::now();
        revisions.publish(tenant->id, base);
        const auto returned = Clock::now();
        const auto seen = watcher.wait();
        from_call.push_back(milliseconds(seen - called));
        from_return.push_back(std::max(0.0, milliseconds(seen - returned)));
        // The service makes a companion's pages again at most once a second, so that many publishes cost
        // little.
        std::this_thread::sleep_for(std::chrono::milliseconds(1100)); // time is the subject
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    fmt::print("{{\"bench\":\"publish\",\"rounds\":{},\"unit\":\"ms\",\"commit_to_first_byte\":{{\"median\":{"
               ":.2f},\"p95\":{:.2f},"
               "\"max\":{:.2f}}},\"call_to_first_byte\":{{\"median\":{:.2f},\"p95\":{:.2f},\"max\":{:.2f}}},"
               "\"target_p95\":100}}\n",
               rounds, quantile(from_return, 0.5), quantile(from_return, 0.95), quantile(from_return, 1),
               quantile(from_call, 0.5), quantile(from_call, 0.95), quantile(from_call, 1));
}

} // namespace

int main(int argc, char **argv) {
    if (argc != 4) {
        std::cerr << "usage: publish_bench OPERATOR_URL PORT ROUNDS\n";
        return 2;
    }
    try {
        run(argv[1], std::atoi(argv[2]), std::atoi(argv[3]));
        return 0;
    } catch (const std::exception &error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
