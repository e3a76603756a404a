// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <type_traits>

namespace studio::ui {

// Ends one function of a Worker early, and no other one that runs on the same session before or after it:
//   const auto cancellation = std::make_shared<Cancellation>();
//   worker.run([cancellation](db::Session &session) {
//       return cancellation->run(session, [](db::Session &session) { … });
//   });
//   Cancellation::cancel(cancellation);
class Cancellation final {
public:
    // Call it in the worker's thread. Throws db::Error with SQLSTATE 57014 if the function was cancelled.
    template <typename Function>
    auto run(db::Session &session, Function &&function) -> std::invoke_result_t<Function, db::Session &> {
        const Running running(*this, session);
        return function(session);
    }

    // Returns at once: the request to the server is sent from another thread, over a connection of its own.
    static void cancel(const std::shared_ptr<Cancellation> &cancellation);

private:
    // Marks the time during which the function runs.
    class Running final {
    public:
        Running(Cancellation &cancellation, db::Session &session);
        ~Running();
        Running(const Running &) = delete;
        Running &operator=(const Running &) = delete;

    private:
        Cancellation &m_cancellation;
    };
    void cancel_until_it_ends();

    std::mutex m_mutex;
    std::condition_variable m_ended;
    db::Session *m_session = nullptr; // while the function runs
    std::atomic<bool> m_cancelled = false;
};

} // namespace studio::ui
