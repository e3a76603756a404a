// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "ui/async/background.h"

#include <QFuture>
#include <QThreadPool>

#include <memory>
#include <string>
#include <type_traits>
#include <utility>

namespace studio::ui {

// Runs functions on a database session of its own in a background thread, one at a time, in the order given.
// Exceptions keep their type: page.onFailed(this, [](const db::Error &error) {…}).
class Worker final {
public:
    explicit Worker(std::string database_url);
    ~Worker(); // drops waiting functions, cancels the running one and waits for its end
    Worker(const Worker &) = delete;
    Worker &operator=(const Worker &) = delete;

    template <typename Function>
    auto run(Function function) -> QFuture<std::invoke_result_t<Function, db::Session &>> {
        return run_in_background(
            m_pool, [this, function = std::move(function)]() mutable { return function(*m_session); });
    }

    // The URL given to the constructor.
    const std::string &database_url() const { return m_database_url; }

private:
    std::unique_ptr<db::Session> m_session;
    std::string m_database_url;
    QThreadPool m_pool; // one thread
};

} // namespace studio::ui
