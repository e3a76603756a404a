// SPDX-License-Identifier: Apache-2.0
#include "renderer/events/event_queue.h"
#include "tests/support/eventually.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <future>
#include <set>

namespace studio::renderer {
namespace {

using namespace std::chrono_literals;
using Outcome = EventQueue::Outcome;

// Stands for the database: remembers event ids, waits and fails as told.
class Ledger final {
public:
    EventQueue::Recorder recorder() {
        return [this](const db::TrackedBatch &batch) { record(batch); };
    }
    void record(const db::TrackedBatch &batch) {
        std::unique_lock lock(m_mutex);
        ++calls;
        m_open.wait(lock, [this] { return !m_closed; });
        if (failures > 0) {
            --failures;
            if (store_before_failing) {
                store(batch);
            }
            throw db::Error(failure, "told to fail");
        }
        for (const auto &event : batch.events) {
            if (event.id == "poison") {
                throw db::Error(db::ErrorKind::Invalid, "never");
            }
        }
        store(batch);
    }
    void close() {
        const std::scoped_lock lock(m_mutex);
        m_closed = true;
    }
    void open() {
        {
            const std::scoped_lock lock(m_mutex);
            m_closed = false;
        }
        m_open.notify_all();
    }
    std::size_t events() {
        const std::scoped_lock lock(m_mutex);
        return m_ids.size();
    }

    int calls = 0, failures = 0;
    bool store_before_failing = false;
    db::ErrorKind failure = db::ErrorKind::Unreachable;
    std::vector<std::size_t> sizes;

private:
    void store(const db::TrackedBatch &batch) {
        sizes.push_back(batch.events.size());
        for (const auto &event : batch.events) {
            m_ids.insert(event.id);
        }
    }
    std::mutex m_mutex;
    std::condition_variable m_open;
    bool m_closed = false;
    std::set<std::string> m_ids;
};

db::TrackedSession visit(const std::string &id, const std::string &tenant) {
    db::TrackedSession result;
    result.id = models::SessionId(id);
    result.tenant_id = models::TenantId(tenant);
    return result;
}

db::TrackedBatch batch_of(const std::string &first_id, int events = 1) {
    db::TrackedBatch batch;
    batch.sessions.push_back(visit("visit", "ada"));
    for (int i = 0; i < events; ++i) {
        db::TrackedEvent &event = batch.events.emplace_back();
        event.id = i == 0 ? first_id : fmt::format("{}-{}", first_id, i);
        event.session_id = models::SessionId("visit");
        event.tenant_id = models::TenantId("ada");
        event.type = "email_click";
    }
    return batch;
}

class QueueOfEvents : public testing::Test {
protected:
    EventQueue::Options options(std::size_t writers = 1) {
        EventQueue::Options result;
        result.writers = writers;
        result.pause = 50ms;
        return result;
    }
    std::unique_ptr<EventQueue> queue(const EventQueue::Options &with) {
        return std::make_unique<EventQueue>(
            with, [this] { return ledger.recorder(); }, log);
    }
    static Outcome posted(EventQueue &to, db::TrackedBatch batch) {
        std::promise<Outcome> outcome;
        EXPECT_TRUE(to.submit(std::move(batch), [&](Outcome result) { outcome.set_value(result); }));
        return outcome.get_future().get();
    }

    Ledger ledger;
    const Log log{Log::Level::Error};
};

TEST_F(QueueOfEvents, AnswersAfterTheEventsAreStored) {
    const auto events = queue(options());
    EXPECT_EQ(posted(*events, batch_of("a", 3)), Outcome::Stored);
    EXPECT_EQ(ledger.events(), 3u);
    EXPECT_EQ(events->figures().stored_events, 3u);
    EXPECT_EQ(events->figures().waiting_events, 0u);
}

TEST_F(QueueOfEvents, WritesInOneTransactionWhatCameMeanwhile) {
    const auto events = queue(options());
    std::atomic<int> stored{0};
    ledger.close();
    for (int i = 0; i < 500; ++i) {
        ASSERT_TRUE(events->submit(batch_of(fmt::format("e{}", i), 10),
                                   [&](Outcome result) { stored += result == Outcome::Stored; }));
    }
    ledger.open();
    events->drain();
    EXPECT_EQ(stored, 500);
    EXPECT_EQ(ledger.events(), 5000u);
    EXPECT_LE(ledger.sizes.size(), 4u)
        << "5000 events in transactions of 2000, and what the first one took alone";
    EXPECT_LE(*std::max_element(ledger.sizes.begin(), ledger.sizes.end()), 2000u);
}

TEST_F(QueueOfEvents, RefusesWhatDoesNotFit) {
    auto few = options();
    few.max_waiting_events = 10;
    const auto events = queue(few);
    ledger.close();
    int accepted = 0;
    for (int i = 0; i < 50; ++i) {
        accepted += events->submit(batch_of(fmt::format("e{}", i), 2), [](Outcome) {});
    }
    EXPECT_GE(accepted, 5);
    EXPECT_LE(accepted, 10);
    ledger.open();
    events->drain();
    EXPECT_EQ(ledger.events(), static_cast<std::size_t>(accepted) * 2);
    EXPECT_EQ(events->figures().unavailable_events, static_cast<std::size_t>(50 - accepted) * 2);
}

TEST_F(QueueOfEvents, TriesOnceMoreWhereTheAnswerWasLost) {
    const auto events = queue(options());
    ledger.failures = 1;
    ledger.store_before_failing = true;
    EXPECT_EQ(posted(*events, batch_of("a", 3)), Outcome::Stored);
    EXPECT_EQ(ledger.events(), 3u);
    EXPECT_EQ(ledger.calls, 2);
}

TEST_F(QueueOfEvents, SaysSoWhileTheDatabaseIsAwayAndTriesAgainAfterAPause) {
    const auto events = queue(options());
    ledger.failures = 2;
    EXPECT_EQ(posted(*events, batch_of("a")), Outcome::Unavailable);
    EXPECT_FALSE(events->submit(batch_of("b"), [](Outcome) {})) << "within the pause nobody waits";
    std::promise<Outcome> outcome;
    std::size_t unavailable = 2;
    ASSERT_TRUE(test_support::eventually([&] {
        const bool taken = events->submit(batch_of("a"), [&](Outcome result) { outcome.set_value(result); });
        unavailable += taken ? 0 : 1;
        return taken;
    }));
    EXPECT_EQ(outcome.get_future().get(), Outcome::Stored);
    EXPECT_EQ(events->figures().unavailable_events, unavailable);
}

TEST_F(QueueOfEvents, LetsOnePoisonedPostingFailAlone) {
    const auto events = queue(options());
    std::atomic<int> stored{0}, refused{0};
    ledger.close();
    for (int i = 0; i < 20; ++i) {
        ASSERT_TRUE(events->submit(batch_of(i == 11 ? "poison" : fmt::format("e{}", i)), [&](Outcome result) {
            (result == Outcome::Stored ? stored : refused)++;
        }));
    }
    ledger.open();
    events->drain();
    EXPECT_EQ(stored, 19);
    EXPECT_EQ(refused, 1);
    EXPECT_EQ(ledger.events(), 19u);
    EXPECT_EQ(events->figures().refused_events, 1u);
}

TEST_F(QueueOfEvents, WritesEverythingThatWaitsBeforeItEnds) {
    const auto events = queue(options(3));
    std::atomic<int> stored{0};
    for (int i = 0; i < 2000; ++i) {
        ASSERT_TRUE(events->submit(batch_of(fmt::format("e{}", i)), [&](Outcome) { ++stored; }));
    }
    events->drain();
    EXPECT_EQ(stored, 2000);
    EXPECT_EQ(ledger.events(), 2000u);
    EXPECT_FALSE(events->submit(batch_of("late"), [](Outcome) {}));
}

db::TrackedEvent event_of(const db::TrackedSession &visit, const std::string &id) {
    return {id, visit.id, visit.tenant_id, "email_click", "{}", "/", {}};
}

TEST(MergedBatch, HoldsEachSenderOnceWithAllThatIsKnown) {
    db::TrackedBatch first, second, third;
    db::TrackedSession one = visit("first", "ada"), again = visit("second", "ada");
    one.key = again.key = "key";
    one.country = "AU";
    one.started_at = base::from_microseconds(200);
    again.utm_source = "ig";
    again.referrer = "instagram.com";
    again.started_at = base::from_microseconds(100);
    first = {{one}, {event_of(one, "a")}, {}};
    second = {
        {again}, {event_of(again, "b")}, {{again.id, models::TenantId("ada"), "test", "variant", 1, {}}}};
    third.sessions = {visit("third", "ada"), again};
    third.sessions[1].tenant_id = models::TenantId("bea");
    const db::TrackedBatch all = merged({&first, &second, &third});
    ASSERT_EQ(all.sessions.size(), 3u) << "the same key of another tenant is another sender";
    const auto found = std::find_if(all.sessions.begin(), all.sessions.end(),
                                    [](const auto &each) { return each.id.text() == "first"; });
    ASSERT_NE(found, all.sessions.end());
    EXPECT_EQ(found->started_at, base::from_microseconds(100));
    EXPECT_EQ(found->utm_source, "ig");
    EXPECT_EQ(found->referrer, "instagram.com");
    EXPECT_EQ(found->country, "AU");
    for (const db::TrackedEvent &event : all.events) {
        EXPECT_EQ(event.session_id.text(), "first");
    }
    EXPECT_EQ(all.exposures.at(0).session_id.text(), "first");
    EXPECT_EQ(second.sessions.at(0).id.text(), "first")
        << "written alone, it still names one of its sessions";
}

} // namespace
} // namespace studio::renderer
