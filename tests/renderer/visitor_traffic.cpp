// SPDX-License-Identifier: Apache-2.0
#include "tests/renderer/visitor_traffic.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <random>

namespace studio::tests {

namespace {

using namespace std::chrono_literals;

constexpr std::string_view host = "ada.localhost";
constexpr std::string_view browser = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0";

std::string random_uuid() {
    thread_local std::mt19937_64 random(std::random_device{}());
    return fmt::format("{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}", random() >> 32, random() >> 48,
                       random() >> 52, random() >> 52, random() >> 16);
}

std::string address_of(int visitor) {
    return fmt::format("198.18.{}.{}", visitor / 250 % 250, visitor % 250 + 1);
}

std::string in_thirty_days() {
    const std::chrono::year_month_day day(
        std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now() + std::chrono::days(30)));
    return fmt::format("{:04}-{:02}-{:02}T19:00", static_cast<int>(day.year()),
                       static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

FieldList json_fields(int visitor) {
    return {{"Content-Type", "application/json"}, {"Accept", "application/json"},
            {"Origin", "http://ada.localhost"},   {"Sec-Fetch-Site", "same-origin"},
            {"User-Agent", std::string(browser)}, {"X-Forwarded-For", address_of(visitor)}};
}

} // namespace

VisitorTraffic::VisitorTraffic(Port port) : m_port(std::move(port)) {
    m_give_up = std::chrono::steady_clock::time_point::max();
    for (int i = 0; i < 3; ++i)
        m_threads.emplace_back([this] { send_events(); });
    m_threads.emplace_back([this] { send_bookings(); });
    m_threads.emplace_back([this] { read_pages(); });
}

VisitorTraffic::~VisitorTraffic() {
    stop(0ms);
}

TrafficRecord VisitorTraffic::stop(std::chrono::milliseconds patience) {
    {
        const std::scoped_lock lock(m_mutex);
        m_give_up = std::chrono::steady_clock::now() + patience;
    }
    m_stopping = true;
    for (std::thread &thread : m_threads)
        thread.join();
    m_threads.clear();
    return so_far();
}

TrafficRecord VisitorTraffic::so_far() const {
    const std::scoped_lock lock(m_mutex);
    return m_record;
}

RawReply VisitorTraffic::ask(std::string_view method, std::string_view target, const FieldList &fields,
                             const std::string &body) const {
    try {
        RawClient client(m_port());
        FieldList all = fields;
        if (method == "POST")
            all.emplace_back("Content-Length", std::to_string(body.size()));
        if (!client.try_send(request_text(method, target, host, all) + body))
            return {};
        return client.receive(15s).value_or(RawReply{});
    } catch (const std::runtime_error &) { // nobody listens
        std::this_thread::sleep_for(20ms);
        return {};
    }
}

void VisitorTraffic::note(std::map<int, int> &answers, const RawReply &reply) {
    ++answers[reply.status];
    if (reply.status == 503 && !reply.has("retry-after"))
        ++m_record.refusals_without_retry_after;
}

void VisitorTraffic::send_events() {
    for (int visitor = 0; !m_stopping; ++visitor) {
        std::vector<std::string> ids;
        nlohmann::json batch;
        for (int i = 0; i < 5; ++i) {
            ids.push_back(random_uuid());
            batch["events"].push_back({{"id", ids.back()}, {"type", i == 0 ? "page_view" : "photo_click"}});
        }
        const RawReply reply = ask("POST", "/api/events", json_fields(visitor), batch.dump());
        const std::scoped_lock lock(m_mutex);
        note(m_record.event_answers, reply);
        if (reply.status == 200)
            m_record.acknowledged_events.insert(ids.begin(), ids.end());
        else if (!m_stopping)
            std::this_thread::sleep_for(5ms);
    }
}

bool VisitorTraffic::book(const std::string &token, const std::string &key, int visitor) {
    const nlohmann::json booking{{"token", token},
                                 {"idempotency_key", key},
                                 {"client_name", "Visitor " + std::to_string(visitor)},
                                 {"client_email", fmt::format("visitor-{}@example.com", visitor)},
                                 {"preferred_date", in_thirty_days()},
                                 {"message", "Dinner by the harbour."},
                                 {"terms", "yes"}};
    const RawReply reply = ask("POST", "/bookings", json_fields(visitor), booking.dump());
    const std::scoped_lock lock(m_mutex);
    note(m_record.booking_answers, reply);
    if (reply.status != 201)
        return false;
    m_record.acknowledged_bookings.insert(key);
    return true;
}

void VisitorTraffic::send_bookings() {
    std::string token;
    while (token.empty() && !m_stopping) {
        const RawReply reply = ask("GET", "/api/form-token", {});
        token = reply.status == 200 ? nlohmann::json::parse(reply.body).at("token").get<std::string>() : "";
    }
    for (int wait = 0; wait < 40 && !m_stopping; ++wait)
        std::this_thread::sleep_for(100ms); // nobody fills a form faster than in three seconds
    for (int visitor = 0; !m_stopping; ++visitor) {
        const std::string key = random_uuid();
        while (!book(token, key, visitor)) {
            const std::scoped_lock lock(m_mutex);
            if (std::chrono::steady_clock::now() > m_give_up)
                return;
            std::this_thread::sleep_for(50ms);
        }
        std::this_thread::sleep_for(20ms);
    }
}

void VisitorTraffic::read_pages() {
    while (!m_stopping) {
        const RawReply reply = ask("GET", "/", {{"User-Agent", std::string(browser)}});
        {
            const std::scoped_lock lock(m_mutex);
            note(m_record.page_answers, reply);
        }
        std::this_thread::sleep_for(5ms);
    }
}

} // namespace studio::tests
