// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pqxx/pqxx>

#include <string>
#include <vector>

namespace studio::db {

// A login with psql in hand: statements as they come, without any store between.
class Sql final {
public:
    struct Outcome {
        std::string sqlstate; // "" where the statement ran
        std::string message;
        std::size_t rows = 0; // returned, or changed by the statement
        // Refused for lack of right, or because nobody can write there: a joined view is no table.
        bool denied() const { return sqlstate == "42501" || sqlstate == "55000" || sqlstate == "42809"; }
    };

    explicit Sql(const std::string &url) : m_connection(url) {
        m_connection.set_verbosity(pqxx::connection::verbose);
    }

    // Runs the statement and takes it back.
    Outcome tried(const std::string &statement) { return run(statement, false); }
    // Runs the statement for good.
    Outcome done(const std::string &statement) { return run(statement, true); }

    // The first column of the statement's rows. Throws where it fails.
    std::vector<std::string> column(const std::string &statement) {
        pqxx::work work(m_connection);
        std::vector<std::string> values;
        for (const auto &row : work.exec(statement))
            values.emplace_back(row[0].c_str());
        work.commit();
        return values;
    }
    std::string value(const std::string &statement) { return column(statement).at(0); }
    pqxx::connection &connection() { return m_connection; }

private:
    Outcome run(const std::string &statement, bool keep) {
        pqxx::work work(m_connection);
        try {
            const auto result = work.exec(statement);
            if (keep)
                work.commit();
            return {"", "", result.columns() > 0 ? result.size() : result.affected_rows()};
        } catch (const pqxx::sql_error &error) {
            return {sqlstate_of(error.what()), error.what(), 0};
        }
    }

    // libpqxx 6 leaves sqlstate() empty for some errors; the verbose text "ERROR:  42501: …" has it always.
    static std::string sqlstate_of(const std::string &text) {
        const auto at = text.find(":  ");
        return at == std::string::npos ? "unknown" : text.substr(at + 3, 5);
    }

    pqxx::connection m_connection;
};

} // namespace studio::db
