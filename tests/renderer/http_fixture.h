// SPDX-License-Identifier: Apache-2.0
// The HTTP server over real sockets, with a small handler of its own in place of the pages.
#pragma once

#include "renderer/http/server.h"
#include "tests/renderer/raw_client.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <thread>

namespace studio::renderer::http {

using namespace std::chrono_literals;
using studio::tests::RawClient;

inline constexpr std::size_t big_bytes = 8 * 1024 * 1024;

inline std::string numbered(int i) {
    return std::string("/").append(std::to_string(i));
}

class Shared final : public Retained {
public:
    std::string head = HeadBuilder(200).length(big_bytes).take();
    std::string body = std::string(big_bytes, 'b');
};

class TestHandler final : public Handler {
public:
    Reply handle(const Request &request, std::size_t) override {
        if (request.path == "/big") {
            Reply reply;
            reply.route = Route::Page;
            reply.head = shared->head;
            reply.body = shared->body;
            reply.retained = shared.get();
            return reply;
        }
        if (request.path == "/file")
            return file();
        if (request.path == "/throws")
            throw std::runtime_error("a handler that fails");
        if (request.path == "/client")
            return plain_reply(Route::Page, 200,
                               request.client_address.text() + (request.is_https() ? " by https" : "") +
                                   ", peer " + request.peer.text(),
                               false);
        if (request.path == "/later" || request.path == "/never" || request.path == "/twice")
            return later(request);
        return plain_reply(Route::Page, 200, std::string(request.path) + "|" + std::string(request.body),
                           request.head_only());
    }
    void tick(std::size_t) override {
        if (ticks_that_throw > 0) {
            --ticks_that_throw;
            throw std::runtime_error("a tick that fails");
        }
    }
    void failed(std::string_view) override { ++failures; }

    Reply file() const {
        char name[] = "/tmp/served-XXXXXX";
        const int descriptor = mkstemp(name);
        unlink(name);
        EXPECT_EQ(ftruncate(descriptor, big_bytes), 0);
        Reply reply;
        reply.route = Route::Media;
        auto head = std::make_shared<std::string>(HeadBuilder(200).length(big_bytes).take());
        reply.head = *head;
        reply.owner = head;
        reply.file = std::make_shared<OpenFile>(descriptor);
        reply.file_length = big_bytes;
        return reply;
    }

    // "/never" stays unanswered, "/twice" is answered twice; "/later" says which body came.
    Reply later(const Request &request) {
        Reply reply;
        ++asked;
        reply.later = [this, path = std::string(request.path),
                       text = "later" + std::string(request.body)](Completion completion) {
            threads.emplace_back([this, path, text, completion] {
                std::this_thread::sleep_for(later_delay.load());
                for (int i = path == "/never" ? 2 : path == "/twice" ? 0 : 1; i < 2; ++i)
                    completion(plain_reply(Route::Page, 200, text, false));
                ++finished;
            });
        };
        return reply;
    }

    BodyRules body_rules(const Request &request) const override {
        static constexpr std::string_view json[] = {"application/json", "text/plain"};
        if (request.path == "/json")
            return {1024, json};
        return {request.path == "/none" ? 0 : RequestLimits{}.body_bytes, {}};
    }

    ~TestHandler() override { join(); }
    void join() {
        for (std::thread &thread : threads)
            thread.join();
        threads.clear();
    }

    std::shared_ptr<Shared> shared = std::make_shared<Shared>();
    std::atomic<std::chrono::milliseconds> later_delay{50ms};
    std::atomic<int> asked{0};    // for deferred replies
    std::atomic<int> finished{0}; // deferred replies that were given, or withheld
    std::atomic<int> ticks_that_throw{0}, failures{0};
    std::vector<std::thread> threads;
};

class HttpServer : public testing::Test {
protected:
    void start(ServerOptions options = {}) {
        m_metrics = std::make_unique<Metrics>(options.loops);
        m_server = std::make_unique<Server>(std::move(options), *m_metrics);
        m_server->bind();
        m_server->start(m_handler);
        m_port = m_server->port();
    }
    void TearDown() override {
        m_handler.join();
        m_server.reset();
    }
    static std::string get(std::string_view target) {
        return studio::tests::request_text("GET", target, "test");
    }
    // True where the server still answers others.
    bool is_alive() { return studio::tests::fetch(m_port, "test", "/alive").status == 200; }

    TestHandler m_handler;
    std::unique_ptr<Metrics> m_metrics;
    std::unique_ptr<Server> m_server;
    std::uint16_t m_port = 0;
};

} // namespace studio::renderer::http
