// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace studio::bench {

enum class What { Events, Bookings };

struct LoadOptions {
    What what = What::Events;
    std::vector<std::string> hosts;
    std::string token;      // of the booking form
    std::size_t batch = 10; // events in a post, as the page's script sends them
    std::uint64_t seed = std::random_device()();
};

struct Request {
    std::string text;
    std::uint64_t counted = 0; // events or bookings that an answer below 400 accepts
};

// Endless requests of ever new visitors; each visitor sends four batches of events, or one booking.
class RequestMaker final {
public:
    explicit RequestMaker(const LoadOptions &options);
    Request next();

private:
    struct Visitor {
        std::string address, user_agent;
        std::size_t host = 0;
        int posts_left = 0;
    };
    Visitor &visitor();
    void next_visitor(Visitor &visitor);
    void append_uuid(std::string &text);
    void append_event_id(std::string &text, std::int64_t at_ms);
    std::string events_body(bool first);
    std::string booking_body();

    const LoadOptions m_options;
    std::mt19937_64 m_random;
    std::vector<Visitor> m_visitors;
    std::size_t m_turn = 0;
};

} // namespace studio::bench
