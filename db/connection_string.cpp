// SPDX-License-Identifier: Apache-2.0
#include "db/connection_string.h"

#include "db/error.h"

#include <libpq-fe.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <sstream>

namespace studio::db {

namespace {

using Keywords = std::map<std::string, std::string>;

Keywords parse(const std::string &url) {
    char *message = nullptr;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
        PQconninfoParse(url.c_str(), &message), &PQconninfoFree);
    PQfreemem(message); // it may quote a password
    if (!options)
        throw Error(ErrorKind::Invalid,
                    "The database address is neither a postgresql:// URL nor keywords and values.");
    Keywords keywords;
    for (const PQconninfoOption *option = options.get(); option->keyword; ++option)
        if (option->val)
            keywords[option->keyword] = option->val;
    return keywords;
}

bool is_local(const std::string &host) {
    return host.empty() || host.front() == '/' || host.front() == '@' || host == "localhost" ||
           host == "::1" || host.starts_with("127.");
}

bool all_local(const Keywords &keywords) {
    std::string hosts;
    if (const auto address = keywords.find("hostaddr"); address != keywords.end())
        hosts = address->second;
    else if (const auto host = keywords.find("host"); host != keywords.end())
        hosts = host->second;
    else if (const char *environment = std::getenv("PGHOST"))
        hosts = environment;
    std::istringstream list(hosts);
    for (std::string host; std::getline(list, host, ',');)
        if (!is_local(host))
            return false;
    return true;
}

std::string quoted(const std::string &value) {
    std::string result = "'";
    for (const char character : value) {
        if (character == '\'' || character == '\\')
            result += '\\';
        result += character;
    }
    return result + "'";
}

} // namespace

std::string connection_string(const std::string &url) {
    Keywords keywords = parse(url);
    if (!all_local(keywords) && !std::getenv("PGSSLMODE"))
        keywords.emplace("sslmode", "verify-full");
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
    std::string result;
    for (const auto &[keyword, value] : keywords)
        result += keyword + "=" + quoted(value) + " ";
    return result;
}

} // namespace studio::db
