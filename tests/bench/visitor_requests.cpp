// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/visitor_requests.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <string_view>

namespace studio::bench {

namespace {

constexpr std::size_t visitors_at_once = 512;
constexpr int posts_of_a_visitor = 4;

constexpr std::array<std::string_view, 4> user_agents{
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 "
    "Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile "
    "Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"};

constexpr std::array<std::string_view, 9> later_events{
    R"("type":"photo_click","data":{"photoId":"gallery-3","position":3}})",
    R"("type":"photo_click","data":{"photoId":"gallery-1","position":1}})",
    R"("type":"pricing_view","data":{"durationMs":5230}})",
    R"("type":"social_click","data":{"platform":"instagram"}})",
    R"("type":"photo_click","data":{"photoId":"gallery-4","position":4}})",
    R"("type":"form_start","data":{"field":"client_name"}})",
    R"("type":"email_click","data":{}})",
    R"("type":"phone_click","data":{}})",
    R"("type":"photo_click","data":{"photoId":"gallery-2","position":2}})"};

constexpr std::string_view page_view =
    R"("type":"page_view","data":{"url":"/","referrer":"www.instagram.com","utmSource":"instagram",)"
    R"("utmMedium":"social","utmCampaign":"spring"}})";

} // namespace

RequestMaker::RequestMaker(const LoadOptions &options) : m_options(options), m_random(options.seed) {
    m_visitors.resize(visitors_at_once);
}

RequestMaker::Visitor &RequestMaker::visitor() {
    Visitor &visitor = m_visitors[m_turn++ % m_visitors.size()];
    if (visitor.posts_left == 0) {
        next_visitor(visitor);
    }
    return visitor;
}

void RequestMaker::next_visitor(Visitor &visitor) {
    const std::uint64_t bits = m_random();
    visitor.address = fmt::format("100.{}.{}.{}", 64 + (bits & 63), bits >> 8 & 255, bits >> 16 & 255);
    visitor.user_agent = user_agents[(bits >> 24) % user_agents.size()];
    visitor.host = (bits >> 32) % m_options.hosts.size();
    visitor.posts_left = m_options.what == What::Events ? posts_of_a_visitor : 1;
}

void RequestMaker::append_uuid(std::string &text) {
    const std::uint64_t high = m_random(), low = m_random();
    fmt::format_to(std::back_inserter(text), "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}", high >> 32,
                   high >> 16 & 0xffff, high & 0xfff, 0x8000 | (low >> 48 & 0x3fff), low & 0xffffffffffff);
}

// Version 7, as the page's script makes them.
void RequestMaker::append_event_id(std::string &text, std::int64_t at_ms) {
    const std::uint64_t bits = m_random();
    fmt::format_to(std::back_inserter(text), "{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}", at_ms >> 16,
                   at_ms & 0xffff, bits >> 52, 0x8000 | (bits >> 38 & 0x3fff), m_random() & 0xffffffffffff);
}

std::string RequestMaker::events_body(bool first) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto at = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    std::string body = R"({"events":[)";
    for (std::size_t i = 0; i < m_options.batch; ++i) {
        body += i == 0 ? R"({"id":")" : R"(,{"id":")";
        append_event_id(body, at);
        fmt::format_to(std::back_inserter(body), R"(","at":{},"page":"/",)", at);
        body += first && i == 0 ? page_view : later_events[i % later_events.size()];
    }
    return body += "]}";
}

std::string RequestMaker::booking_body() {
    const std::uint64_t number = m_random();
    std::string body = fmt::format(R"({{"token":"{}","idempotency_key":")", m_options.token);
    append_uuid(body);
    const auto day = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()) +
                     std::chrono::days(30 + number % 90);
    const std::chrono::year_month_day date(day);
    fmt::format_to(
        std::back_inserter(body),
        R"(","client_name":"Visitor {:x}","client_email":"visitor-{:x}@example.com",)"
        R"("preferred_date":"{:04}-{:02}-{:02}T19:00","duration":"3 hours",)"
        R"("message":"Dinner and a concert, and a quiet walk along the harbour afterwards.","terms":"yes"}})",
        number, number, static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()));
    return body;
}

Request RequestMaker::next() {
    Visitor &from = visitor();
    const bool first = from.posts_left == posts_of_a_visitor;
    --from.posts_left;
    const bool events = m_options.what == What::Events;
    const std::string body = events ? events_body(first) : booking_body();
    const std::string &host = m_options.hosts[from.host];
    Request request;
    request.counted = events ? m_options.batch : 1;
    request.text = fmt::format("POST {} HTTP/1.1\r\nHost: {}\r\nOrigin: http://{}\r\n"
                               "Content-Type: application/json\r\nAccept: application/json\r\n"
                               "Accept-Language: en-AU,en;q=0.8\r\n"
                               "Sec-Fetch-Site: same-origin\r\nX-Forwarded-For: {}\r\nUser-Agent: {}\r\n"
                               "Content-Length: {}\r\n\r\n",
                               events ? "/api/events" : "/bookings", host, host, from.address,
                               from.user_agent, body.size());
    request.text += body;
    return request;
}

} // namespace studio::bench
