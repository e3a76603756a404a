// SPDX-License-Identifier: Apache-2.0
#include "db/connection/connection_string.h"

#include "db/connection/error.h"

#include <libpq-fe.h>
#include <unistd.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <sstream>
#include <string_view>

namespace studio::db {

namespace {

using Keywords = std::map<std::string, std::string>;

Keywords parse(const std::string &url) {
    char *message = nullptr;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
        PQconninfoParse(url.c_str(), &message), &PQconninfoFree);
    PQfreemem(message); // not shown: it may contain a password
    if (!options) {
        throw Error(ErrorKind::Invalid,
                    "The database address must be a postgresql:// URL or keywords and values.");
    }
    Keywords keywords;
    for (const PQconninfoOption *option = options.get(); option->keyword; ++option) {
        if (option->val) {
            keywords[option->keyword] = option->val;
        }
    }
    return keywords;
}

bool is_local(const std::string &host) {
    return host.empty() || host.front() == '/' || host.front() == '@' || host == "localhost" ||
           host == "::1" || host.starts_with("127.");
}

// The hosts that libpq would use: those of the URL, otherwise of the environment. A service file could name
// any host.
std::string hosts_of(const Keywords &keywords) {
    for (const char *keyword : {"hostaddr", "host"}) {
        if (const auto found = keywords.find(keyword); found != keywords.end()) {
            return found->second;
        }
    }
    if (keywords.contains("service") || std::getenv("PGSERVICE")) {
        return "of-the-service";
    }
    for (const char *variable : {"PGHOSTADDR", "PGHOST"}) {
        if (const char *value = std::getenv(variable)) {
            return value;
        }
    }
    return {};
}

bool all_local(const Keywords &keywords) {
    const std::string hosts = hosts_of(keywords);
    std::istringstream list(hosts);
    for (std::string host; std::getline(list, host, ',');) {
        if (!is_local(host)) {
            return false;
        }
    }
    return true;
}

std::string quoted(const std::string &value) {
    std::string result = "'";
    for (const char character : value) {
        if (character == '\'' || character == '\\') {
            result += '\\';
        }
        result += character;
    }
    return result + "'";
}

// Host, login and TLS rules of a URL, the same for this process and for every program that it starts.
Keywords checked_keywords(const std::string &url) {
    Keywords keywords = parse(url);
    if (!all_local(keywords) && !std::getenv("PGSSLMODE")) {
        keywords.emplace("sslmode", "verify-full");
    }
    return keywords;
}

std::string joined(const Keywords &keywords) {
    std::string result;
    for (const auto &[keyword, value] : keywords) {
        result += keyword + "=" + quoted(value) + " ";
    }
    return result;
}

} // namespace

std::string connection_string(const std::string &url) {
    Keywords keywords = checked_keywords(url);
    keywords.emplace("connect_timeout", "5");
    keywords.emplace("keepalives_idle", "10");
    keywords.emplace("keepalives_interval", "5");
    keywords.emplace("keepalives_count", "3");
    keywords.emplace("tcp_user_timeout", "20000");
    keywords.emplace("application_name", "companion-studio");
    keywords["client_encoding"] = "UTF8";
    keywords["options"] = "-c statement_timeout=30s -c lock_timeout=10s -c "
                          "idle_in_transaction_session_timeout=60s -c jit=off " +
                          keywords["options"];
    return joined(keywords);
}

ProgramAddress program_address(const std::string &url) {
    Keywords keywords = checked_keywords(url);
    ProgramAddress address;
    for (char **variable = environ; *variable; ++variable) {
        const std::string_view text(*variable);
        if (text.starts_with("PG") || text.starts_with("HOME=")) {
            address.environment.emplace_back(text);
        }
    }
    if (const auto password = keywords.find("password"); password != keywords.end()) {
        std::erase_if(address.environment, [](const auto &text) { return text.starts_with("PGPASSWORD="); });
        address.environment.push_back("PGPASSWORD=" + password->second);
        keywords.erase(password);
    }
    address.database = joined(keywords);
    return address;
}

bool may_hold_password(const std::string &address) {
    try {
        const Keywords keywords = parse(address);
        return keywords.contains("password") || keywords.contains("sslpassword");
    } catch (const Error &) {
        return address.find("password") != std::string::npos ||
               (address.find("://") != std::string::npos && address.find('@') != std::string::npos);
    }
}

std::string with_database(const std::string &url, const std::string &database) {
    Keywords keywords = parse(url);
    keywords["dbname"] = database;
    return joined(keywords);
}

// The database of a URL. Like libpq it takes the login's name where the URL has none.
std::string database_of(const std::string &url) {
    const Keywords keywords = parse(url);
    for (const char *keyword : {"dbname", "user"}) {
        if (const auto found = keywords.find(keyword); found != keywords.end()) {
            return found->second;
        }
    }
    throw Error(ErrorKind::Invalid, "The database address has no database name.");
}

} // namespace studio::db
