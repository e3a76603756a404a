// SPDX-License-Identifier: Apache-2.0
// Inside db only: the connection behind a Session.
#pragma once

#include "db/connection/id_traits.h"
#include "db/connection/session.h"
#include "db/connection/translate_error.h"

#include <pqxx/pqxx>

#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <type_traits>

namespace studio::db {

struct Session::Impl {
    explicit Impl(std::string url);

    // Runs `function(pqxx::work &)` in a transaction of its own and commits. A connection that was lost while
    // idle is opened again before anything is sent; after that nothing is sent twice.
    template <class Function>
    auto transact(Function &&function) -> std::invoke_result_t<Function, pqxx::work &> {
        try {
            const std::unique_ptr<pqxx::work> work = begin();
            if constexpr (std::is_void_v<std::invoke_result_t<Function, pqxx::work &>>) {
                function(*work);
                commit(*work);
            } else {
                auto result = function(*work);
                commit(*work);
                return result;
            }
        } catch (...) {
            fail();
        }
    }

    // Runs `function(pqxx::nontransaction &)`, which sends one statement that may be sent twice: it commits
    // on its own, without a transaction's round trips. It is sent again if the connection was lost.
    template <class Function>
    auto repeatable(Function &&function) -> std::invoke_result_t<Function, pqxx::nontransaction &> {
        const bool connected_before = m_connection != nullptr;
        for (bool again = connected_before;; again = false) {
            try {
                if (!m_connection) {
                    connect();
                }
                pqxx::nontransaction work(*m_connection);
                return function(work);
            } catch (const pqxx::broken_connection &) {
                if (!again) {
                    fail();
                }
                drop();
            } catch (...) {
                fail();
            }
        }
    }

    // Like exec_params(), but planned once on each connection. `statement` must be a literal.
    template <class... Values>
    pqxx::result prepared(pqxx::transaction_base &work, const char *statement, Values &&...values) {
        const std::string name = "s" + std::to_string(reinterpret_cast<std::uintptr_t>(statement));
        if (!m_prepared.contains(statement)) {
            m_connection->prepare(name, statement);
            m_prepared.insert(statement);
        }
        return work.exec_prepared(name, std::forward<Values>(values)...);
    }

    // For statements that cannot run inside a transaction.
    void execute_alone(const std::string &statement);
    std::unique_ptr<pqxx::work> begin();
    void commit(pqxx::work &work);
    void cancel();
    void abandon();

    std::string url;
    bool notes_commits = false;
    bool has_committed = false;

private:
    void connect();
    void drop();
    [[noreturn]] void fail();

    std::string m_connection_string;
    std::mutex m_mutex; // cancel() may run on another thread while the connection is replaced
    std::unique_ptr<pqxx::connection> m_connection;
    std::set<const char *> m_prepared; // on this connection
};

} // namespace studio::db
