// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <exception>
#include <memory>
#include <type_traits>
#include <utility>

namespace studio::ui {

// Runs a function in the pool. Unlike with QtConcurrent::run, an exception keeps its type.
template <typename Function>
auto run_in_background(QThreadPool &pool, Function function) -> QFuture<std::invoke_result_t<Function>> {
    using Result = std::invoke_result_t<Function>;
    auto promise = std::make_shared<QPromise<Result>>();
    auto future = promise->future();
    promise->start();
    pool.start([promise, function = std::move(function)]() mutable {
        try {
            if constexpr (std::is_void_v<Result>) {
                function();
            } else {
                promise->addResult(function());
            }
        } catch (...) {
            promise->setException(std::current_exception());
        }
        promise->finish();
    });
    return future;
}

} // namespace studio::ui
