// SPDX-License-Identifier: Apache-2.0
#include "renderer/events/event_queue.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace studio::renderer {

namespace {

void fill(std::string &known, const std::string &more) {
    if (known.empty()) {
        known = more;
    }
}

// Whether both belong to one visit. Their sender is the same, because their key is.
bool is_same_visit(const db::TrackedSession &left, const db::TrackedSession &right) {
    return left.tenant_id == right.tenant_id && left.key == right.key &&
           (!left.key.empty() || left.id == right.id);
}

void absorb(db::TrackedSession &visit, const db::TrackedSession &other) {
    visit.started_at = std::min(visit.started_at, other.started_at);
    fill(visit.country, other.country);
    fill(visit.bot_class, other.bot_class);
    // The fields about an arrival are taken over together or not at all.
    const bool has_arrival = !visit.referrer.empty() || !visit.utm_source.empty() ||
                             !visit.utm_medium.empty() || !visit.utm_campaign.empty() ||
                             !visit.utm_term.empty() || !visit.utm_content.empty();
    if (has_arrival) {
        return;
    }
    visit.referrer = other.referrer;
    visit.utm_source = other.utm_source;
    visit.utm_medium = other.utm_medium;
    visit.utm_campaign = other.utm_campaign;
    visit.utm_term = other.utm_term;
    visit.utm_content = other.utm_content;
}

} // namespace

db::TrackedBatch merged(const std::vector<db::TrackedBatch *> &batches) {
    db::TrackedBatch all;
    std::size_t sessions = 0, events = 0, exposures = 0;
    for (const db::TrackedBatch *batch : batches) {
        sessions += batch->sessions.size();
        events += batch->events.size();
        exposures += batch->exposures.size();
    }
    all.sessions.reserve(sessions);
    all.events.reserve(events);
    all.exposures.reserve(exposures);
    for (db::TrackedBatch *batch : batches) {
        all.sessions.insert(all.sessions.end(), batch->sessions.begin(), batch->sessions.end());
        std::move(batch->events.begin(), batch->events.end(), std::back_inserter(all.events));
        std::move(batch->exposures.begin(), batch->exposures.end(), std::back_inserter(all.exposures));
    }
    std::stable_sort(all.sessions.begin(), all.sessions.end(), [](const auto &left, const auto &right) {
        return std::tie(left.tenant_id, left.key, left.id) < std::tie(right.tenant_id, right.key, right.id);
    });
    std::vector<db::TrackedSession> single;
    single.reserve(all.sessions.size());
    std::unordered_map<models::SessionId, models::SessionId> replaced;
    for (db::TrackedSession &visit : all.sessions) {
        if (single.empty() || !is_same_visit(single.back(), visit)) {
            single.push_back(std::move(visit));
            continue;
        }
        absorb(single.back(), visit);
        if (visit.id != single.back().id) {
            replaced.emplace(std::move(visit.id), single.back().id);
        }
    }
    const auto rename = [&replaced](models::SessionId &id) {
        if (const auto found = replaced.find(id); found != replaced.end()) {
            id = found->second;
        }
    };
    if (!replaced.empty()) {
        for (db::TrackedEvent &event : all.events) {
            rename(event.session_id);
        }
        for (db::TrackedExposure &exposure : all.exposures) {
            rename(exposure.session_id);
        }
        for (db::TrackedBatch *batch : batches) { // batches that may have to be written one by one later
            for (db::TrackedSession &visit : batch->sessions) {
                rename(visit.id);
            }
        }
    }
    all.sessions = std::move(single);
    return all;
}

EventQueue::EventQueue(const Options &options, const std::function<Recorder()> &make_recorder, const Log &log)
    : m_options(options), m_log(log) {
    for (std::size_t i = 0; i < options.writers; ++i) {
        m_writers.emplace_back([this, make_recorder] { write(make_recorder()); });
    }
}

EventQueue::~EventQueue() {
    drain();
}

bool EventQueue::submit(db::TrackedBatch batch, Done done) {
    const std::size_t events = batch.events.size();
    {
        const std::scoped_lock lock(m_mutex);
        const bool full = m_waiting_events + events > m_options.max_waiting_events ||
                          m_queue.size() >= m_options.max_waiting_batches;
        const bool away = m_away_until != Clock::time_point{} && Clock::now() < m_away_until;
        if (full || away || m_ended) {
            m_unavailable.fetch_add(events, std::memory_order_relaxed);
            return false;
        }
        m_waiting_events += events;
        m_queue.push_back({std::move(batch), std::move(done), events});
    }
    m_wake.notify_one();
    return true;
}

void EventQueue::drain() {
    {
        const std::scoped_lock lock(m_mutex);
        m_ended = true;
    }
    m_wake.notify_all();
    for (std::thread &writer : m_writers) {
        if (writer.joinable()) {
            writer.join();
        }
    }
}

std::vector<EventQueue::QueuedBatch> EventQueue::take() {
    std::vector<QueuedBatch> taken;
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, [this] { return m_ended || !m_queue.empty(); });
    std::size_t events = 0;
    while (!m_queue.empty()) {
        const std::size_t more = m_queue.front().batch.events.size();
        if (!taken.empty() && events + more > m_options.transaction_events) {
            break;
        }
        events += more;
        taken.push_back(std::move(m_queue.front()));
        m_queue.pop_front();
    }
    m_waiting_events -= events;
    return taken;
}

void EventQueue::write(const Recorder &record) {
    for (;;) {
        std::vector<QueuedBatch> queued = take();
        if (queued.empty()) {
            return;
        }
        try {
            record_all(record, queued);
        } catch (const std::exception &error) {
            m_log.thread_failed("event writer", error.what());
        }
    }
}

void EventQueue::record_all(const Recorder &record, std::vector<QueuedBatch> &queued) {
    std::vector<db::TrackedBatch *> batches;
    for (QueuedBatch &one : queued) {
        batches.push_back(&one.batch);
    }
    db::TrackedBatch all = merged(batches);
    const Outcome outcome = record_once_more(record, all);
    // A batch that the database refuses must not make the others fail, so they are then written one by one.
    const bool alone = outcome == Outcome::Refused && queued.size() > 1;
    auto event = all.events.begin();
    auto exposure = all.exposures.begin();
    for (QueuedBatch &one : queued) {
        for (db::TrackedEvent &each : one.batch.events) {
            each = std::move(*event++);
        }
        for (db::TrackedExposure &each : one.batch.exposures) {
            each = std::move(*exposure++);
        }
        finish(one, alone ? record_once_more(record, one.batch) : outcome);
    }
}

EventQueue::Outcome EventQueue::record_once_more(const Recorder &record, const db::TrackedBatch &batch) {
    for (const bool last : {false, true}) {
        try {
            record(batch);
            m_transactions.fetch_add(1, std::memory_order_relaxed);
            const auto bound =
                std::lower_bound(transaction_bounds.begin(), transaction_bounds.end(), batch.events.size());
            m_sizes[static_cast<std::size_t>(bound - transaction_bounds.begin())].fetch_add(
                1, std::memory_order_relaxed);
            return Outcome::Stored;
        } catch (const db::Error &error) {
            if (error.kind() == db::ErrorKind::Invalid) {
                return Outcome::Refused;
            }
            // After a lost connection the events may have been stored nevertheless; their ids make writing
            // them again harmless.
            const bool again =
                error.kind() == db::ErrorKind::Unreachable || error.kind() == db::ErrorKind::Conflict;
            if (again && !last) {
                continue;
            }
            m_log.warning(
                "events_not_stored",
                {{"reason", error.what()}, {"sqlstate", error.sqlstate()}, {"events", batch.events.size()}});
            if (error.kind() == db::ErrorKind::Unreachable) {
                note_away();
            }
            return Outcome::Unavailable;
        } catch (const std::exception &error) {
            m_log.error("events_not_stored", {{"reason", error.what()}, {"events", batch.events.size()}});
            return Outcome::Unavailable;
        }
    }
    return Outcome::Unavailable;
}

void EventQueue::note_away() {
    const std::scoped_lock lock(m_mutex);
    m_away_until = Clock::now() + m_options.pause;
}

void EventQueue::finish(QueuedBatch &one, Outcome outcome) {
    auto &counter = outcome == Outcome::Stored        ? m_stored
                    : outcome == Outcome::Unavailable ? m_unavailable
                                                      : m_refused;
    counter.fetch_add(one.events, std::memory_order_relaxed);
    one.done(outcome);
}

EventQueue::Figures EventQueue::figures() const {
    Figures now;
    now.stored_events = m_stored.load(std::memory_order_relaxed);
    now.unavailable_events = m_unavailable.load(std::memory_order_relaxed);
    now.refused_events = m_refused.load(std::memory_order_relaxed);
    now.transactions = m_transactions.load(std::memory_order_relaxed);
    for (std::size_t i = 0; i < m_sizes.size(); ++i) {
        now.transaction_sizes[i] = m_sizes[i].load(std::memory_order_relaxed);
    }
    const std::scoped_lock lock(m_mutex);
    now.waiting_events = m_waiting_events;
    return now;
}

} // namespace studio::renderer
