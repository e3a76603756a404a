// SPDX-License-Identifier: Apache-2.0
// One sender floods one companion's site at full speed, a minute each in three ways, and spoils nothing for
// others: the real service with its usual limits, a real database.
#include "db/analytics/analytics_store.h"
#include "db/stores/capped_hours_store.h"
#include "renderer/bookings/form_tokens.h"
#include "tests/renderer/fixtures/visitor_client.h"
#include "tests/support/sample_site.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <ctime>
#include <functional>
#include <thread>

namespace studio::tests {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr auto flood_time = 60s, freshness = 5s;
// The limits of docs/operations.md, which bound what a flood can store.
constexpr std::int64_t max_units = 20'000, units_a_second = 200, max_visits = 2000, visits_a_second = 2;

// Sends to ada at full speed, each request as if from another browser, until it ends.
class Flooder final {
public:
    Flooder(std::uint16_t port, std::function<std::string(unsigned)> address)
        : m_thread([this, port, address = std::move(address)] { run(port, address); }) {}
    ~Flooder() { end(); }
    Flooder(const Flooder &) = delete;
    Flooder &operator=(const Flooder &) = delete;

    void end() {
        m_ended = true;
        if (m_thread.joinable()) {
            m_thread.join();
        }
    }
    unsigned sent() const { return m_sent; }
    unsigned limited() const { return m_limited; }
    unsigned failed() const { return m_failed; } // with a status that is none of the expected ones

private:
    static std::string request(const std::string &address, unsigned number) {
        const FieldList fields{{"X-Forwarded-For", address},
                               {"User-Agent", fmt::format("Mozilla/5.0 (Windows NT 10.0) Chrome/{}.0 n{}",
                                                          number % 130, number)}};
        const auto post = [&](std::string_view target, const std::string &body) {
            FieldList more = fields;
            more.emplace_back("Content-Type", "application/json");
            more.emplace_back("Content-Length", std::to_string(body.size()));
            return request_text("POST", target, "ada.localhost", more) + body;
        };
        switch (number % 16) {
        case 1:
            return post("/api/consent",
                        json{{"decision", "accepted"}, {"events", json::array({new_id()})}}.dump());
        case 2:
            return post("/privacy/forget", "{}");
        case 3:
            return post("/bookings", R"({"client_name":"Flood"})");
        case 4:
            return request_text("GET", "/api/form-token", "ada.localhost", fields);
        case 5:
            return request_text("GET", "/book", "ada.localhost", fields);
        case 6:
            return request_text("GET", "/", "ada.localhost", fields);
        default:
            break;
        }
        json events = json::array();
        for (int i = 0; i < 10; ++i) {
            events.push_back(event("page_view", {{"url", fmt::format("/made-up-{}", number + i)},
                                                 {"utmSource", fmt::format("source{}", number)}}));
        }
        return post("/api/events", json{{"events", events}}.dump());
    }
    void run(std::uint16_t port, const std::function<std::string(unsigned)> &address) {
        auto client = std::make_unique<RawClient>(port);
        for (unsigned number = 0; !m_ended; ++number) {
            const bool sent = client->try_send(request(address(number), number));
            const auto reply = sent ? client->receive(30s) : std::nullopt;
            if (!reply) {
                client = std::make_unique<RawClient>(port);
                continue;
            }
            ++m_sent;
            m_limited += reply->status == 429;
            m_failed += reply->status >= 500 && reply->status != 503;
        }
    }

    std::atomic<bool> m_ended{false};
    std::atomic<unsigned> m_sent{0}, m_limited{0}, m_failed{0};
    std::thread m_thread; // last
};

class Flood : public testing::Test {
protected:
    Flood() {
        test_support::go_live(m_site.operator_session(), m_site.database().other_tenant_id());
        Variables environment = behind_proxy(m_site);
        environment["LIMIT_FACTOR"] = "1";
        m_service = std::make_unique<ServiceProcess>(environment);
    }
    void SetUp() override { ASSERT_TRUE(m_service->wait_until_ready()) << m_service->output(); }

    models::TenantId ada() const { return m_site.database().tenant_id(); }
    models::TenantId bea() const { return m_site.database().other_tenant_id(); }

    RawReply post(std::string_view host, std::string_view target, const std::string &address,
                  const std::string &body) const {
        const FieldList fields{{"X-Forwarded-For", address},
                               {"User-Agent", firefox},
                               {"Content-Type", "application/json"},
                               {"Content-Length", std::to_string(body.size())}};
        RawClient client(m_service->port());
        client.send(request_text("POST", target, host, fields) + body);
        return client.receive(30s).value();
    }
    // The event's id where it was taken.
    std::string visit(std::string_view host, const std::string &address) const {
        const json view = event("page_view", {{"url", "/"}});
        const RawReply reply =
            post(host, "/api/events", address, json{{"events", json::array({view})}}.dump());
        return reply.status == 200 ? view["id"].get<std::string>() : std::string();
    }
    int book(const std::string &address, int number, const std::string &key = new_id()) const {
        const std::string token = renderer::FormTokens(session_secret)
                                      .issue(ada(), base::now() - std::chrono::seconds(60), renderer::Uuid{});
        return post("ada.localhost", "/bookings", address,
                    json{{"client_name", "Honest Lee"},
                         {"client_email", fmt::format("honest{}@example.com", number)},
                         {"preferred_date", "2027-11-23T20:00"},
                         {"message", "Dinner"},
                         {"terms", "yes"},
                         {"website", ""},
                         {"token", token},
                         {"idempotency_key", key}}
                        .dump())
            .status;
    }
    // As a companion reads her figures: all visits from yesterday to tomorrow.
    std::int64_t visits_of(const models::TenantId &tenant) {
        const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
        return db::AnalyticsStore(m_site.operator_session())
            .totals(tenant, {today - std::chrono::days(1), today + std::chrono::days(1)})
            .visits;
    }
    std::int64_t number(const std::string &query) const { return std::stoll(value(m_site, query)); }
    std::vector<db::CappedHour> capped() {
        const std::int64_t hour = std::time(nullptr) / 3600;
        return db::CappedHoursStore(m_site.operator_session()).list(hour - 2, hour + 2);
    }

    struct Found {
        int honest_visits = 0, honest_taken = 0, bookings = 0, taken_bookings = 0, stale = 0, declined = 0,
            form_pages = 0;
        std::vector<std::string> honest_events;
    };
    // Honest people on both sites, while somebody floods ada's.
    Found flood(const std::function<std::string(unsigned)> &address) {
        VisitorClient known(m_service->port(), "203.0.113.253");
        const json before = json::array({event("page_view", {{"url", "/"}})});
        EXPECT_EQ(known.post_events(before).status, 200);
        EXPECT_EQ(known.accept(before).status, 200);
        EXPECT_FALSE(known.cookie().empty());
        Flooder first(m_service->port(), address),
            second(m_service->port(), [address](unsigned number) { return address(number + 500'000'000); });
        Found found;
        const auto end = std::chrono::steady_clock::now() + flood_time;
        for (int i = 0; std::chrono::steady_clock::now() < end; ++i) {
            const std::string own = fmt::format("203.0.113.{}", 1 + i % 250);
            ++found.honest_visits;
            if (const std::string id = visit("ada.localhost", own); !id.empty()) {
                ++found.honest_taken;
                found.honest_events.push_back(id);
            }
            found.declined +=
                post("ada.localhost", "/api/consent", own, R"({"decision":"declined"})").status == 200;
            found.form_pages += VisitorClient(m_service->port(), own).get("/book").status == 200;
            ++found.bookings;
            found.taken_bookings += book(own, i) == 201;
            EXPECT_FALSE(visit("bea.localhost", own).empty())
                << "another companion's visitors notice nothing";
            // Each visit to her makes her figures later by the time that it takes until it is in them.
            found.stale += !eventually([&] { return visits_of(bea()) >= i + 1; }, freshness);
        }
        EXPECT_EQ(json::parse(known.get("/privacy/held").body).value("events", 0), 1);
        EXPECT_EQ(json::parse(known.post("/privacy/forget", "{}").body).value("events", 0), 1)
            << "what is held is shown and erased during the flood";
        first.end();
        second.end();
        m_sent = first.sent() + second.sent();
        EXPECT_GT(first.limited() + second.limited(), m_sent / 2) << m_sent;
        EXPECT_EQ(first.failed() + second.failed(), 0u);
        EXPECT_EQ(found.stale, 0) << "her figures are fresh within five seconds";
        EXPECT_EQ(found.taken_bookings, found.bookings);
        EXPECT_GT(found.bookings, 0);
        EXPECT_EQ(found.declined, found.bookings);
        EXPECT_EQ(found.form_pages, found.bookings);
        expect_bounded_growth();
        return found;
    }
    void expect_bounded_growth() const {
        const std::int64_t seconds =
            std::chrono::seconds(flood_time).count() + 30; // with what a slow machine adds
        EXPECT_LE(number("SELECT count(*) FROM events WHERE tenant_id = '" + ada().text() + "'"),
                  max_units + units_a_second * seconds);
        EXPECT_LE(number("SELECT count(*) FROM sessions WHERE tenant_id = '" + ada().text() + "'"),
                  max_visits + visits_a_second * seconds);
    }
    void expect_all_counted(const Found &found) {
        EXPECT_EQ(found.honest_taken, found.honest_visits);
        std::string ids;
        for (const std::string &id : found.honest_events) {
            ids += (ids.empty() ? "'" : ", '") + id + "'";
        }
        ASSERT_NE(ids, "");
        EXPECT_EQ(number("SELECT count(*) FROM events WHERE id IN (" + ids + ")"), found.honest_visits);
        EXPECT_TRUE(eventually([&] { return visits_of(ada()) >= found.honest_visits; }, 30s));
        EXPECT_THAT(capped(), testing::IsEmpty()) << "her figures are whole";
    }

    LiveSite m_site;
    std::unique_ptr<ServiceProcess> m_service;
    unsigned m_sent = 0;
};

TEST_F(Flood, FromOneAddressWithInventedBrowsersSpoilsNothing) {
    const Found found = flood([](unsigned) { return "198.51.100.7"; });
    expect_all_counted(found);
}

TEST_F(Flood, FromOneNetworkOfIpv6SpoilsNothing) {
    const Found found = flood([](unsigned number) {
        return fmt::format("2001:db8:1:{:x}::{:x}", number % 65'536, number % 999 + 1);
    });
    expect_all_counted(found);
}

TEST_F(Flood, FromAThousandAddressesLeavesBookingsOpenAndMarksTheFiguresAsCapped) {
    flood([](unsigned number) { return fmt::format("198.18.{}.{}", number / 250 % 4, number % 250 + 1); });
    const auto is_marked = [&] {
        for (const db::CappedHour &hour : capped()) {
            if (hour.tenant_id == ada() && hour.dropped > 0) {
                return true;
            }
        }
        return false;
    };
    EXPECT_TRUE(eventually(is_marked, 30s)) << m_service->output();
    for (const db::CappedHour &hour : capped()) {
        EXPECT_EQ(hour.tenant_id, ada()) << "nobody else's";
    }
    db::Session companion(m_site.database().companion_url());
    const std::int64_t hour = std::time(nullptr) / 3600;
    EXPECT_FALSE(db::CappedHoursStore(companion).list(hour - 2, hour + 2).empty())
        << "the companion can see it";
}

TEST_F(Flood, OfOneBookingAgainAndAgainLeavesTheTenantsPlacesToOthers) {
    Variables environment = behind_proxy(m_site);
    environment["LIMIT_FACTOR"] = "0.1"; // 30 of the tenant, 3 of an address
    m_service = std::make_unique<ServiceProcess>(environment);
    ASSERT_TRUE(m_service->wait_until_ready()) << m_service->output();
    constexpr int more_than_the_tenants_limit = 50;
    const std::string key = new_id();
    int turned_away = 0;
    for (int i = 0; i < more_than_the_tenants_limit; ++i) {
        const int status = book(fmt::format("198.51.100.{}", 1 + i % 25), 1, key);
        turned_away += status != 201 && status != 409;
    }
    EXPECT_EQ(turned_away, 0);
    EXPECT_EQ(book("203.0.113.9", 2), 201);
    EXPECT_EQ(number("SELECT count(*) FROM bookings WHERE tenant_id = '" + ada().text() + "'"), 2);
}

} // namespace
} // namespace studio::tests
