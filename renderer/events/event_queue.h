// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/error.h"
#include "db/stores/tracking_store.h"
#include "renderer/support/log.h"

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace studio::renderer {

// Upper bounds of the histogram of events in one transaction.
inline constexpr std::array<std::uint32_t, 8> transaction_bounds{1, 5, 10, 50, 100, 500, 1000, 2000};

// Writes what visitors report: many batches in one transaction, each answered once it is committed. Bounded;
// what does not fit, or comes while the database is away, is refused at once. Any thread.
class EventQueue final {
public:
    enum class Outcome {
        Stored,
        Unavailable, // the database is away: the same events may be sent again, their ids prevent duplicates
        Refused      // the database will never take these
    };
    // Called once, in a writer's thread; must not throw.
    using Done = std::function<void(Outcome)>;
    // Writes a batch in one transaction, or throws db::Error. Each writer has one and calls it in its thread.
    using Recorder = std::function<void(const db::TrackedBatch &)>;

    struct Options {
        std::size_t writers = 2;
        std::size_t max_waiting_events = 40'000;
        std::size_t max_waiting_batches = 20'000;
        std::size_t transaction_events = 2000;
        // How long batches are refused after the database was found to be away, before the next one tries.
        std::chrono::milliseconds pause{500};
    };
    struct Figures {
        std::uint64_t stored_events = 0, unavailable_events = 0, refused_events = 0, transactions = 0;
        std::size_t waiting_events = 0;
        std::array<std::uint64_t, transaction_bounds.size() + 1> transaction_sizes{}; // not cumulative
    };

    EventQueue(const Options &options, const std::function<Recorder()> &make_recorder, const Log &log);
    ~EventQueue(); // drains
    EventQueue(const EventQueue &) = delete;
    EventQueue &operator=(const EventQueue &) = delete;

    // False, and `done` is not called, where the queue is full, ended, or the database is away.
    bool submit(db::TrackedBatch batch, Done done);
    // Takes no more, writes everything that waits, and ends the writers.
    void drain();
    Figures figures() const;

private:
    struct QueuedBatch {
        db::TrackedBatch batch;
        Done done;
        std::size_t events; // that it came with
    };
    using Clock = std::chrono::steady_clock;

    void write(const Recorder &record);
    std::vector<QueuedBatch> take();
    void record_all(const Recorder &record, std::vector<QueuedBatch> &queued);
    Outcome record_once_more(const Recorder &record, const db::TrackedBatch &batch);
    void finish(QueuedBatch &batch, Outcome outcome);
    void note_away();

    const Options m_options;
    const Log &m_log;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<QueuedBatch> m_queue;
    std::size_t m_waiting_events = 0;
    bool m_ended = false;
    Clock::time_point m_away_until{};
    std::atomic<std::uint64_t> m_stored{0}, m_unavailable{0}, m_refused{0}, m_transactions{0};
    std::array<std::atomic<std::uint64_t>, transaction_bounds.size() + 1> m_sizes{};
    std::vector<std::thread> m_writers;
};

// Merges the batches into one; events and exposures are moved out of them. The visits of one sender become
// one row with every field that any of them has. The events get the id of that row, and so do the visits that
// stay in the batches.
db::TrackedBatch merged(const std::vector<db::TrackedBatch *> &batches);

} // namespace studio::renderer
