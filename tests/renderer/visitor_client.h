// SPDX-License-Identifier: Apache-2.0
// A visitor's browser as far as the service's routes for scripts go, and what the database says afterwards.
#pragma once

#include "tests/renderer/raw_client.h"
#include "tests/renderer/service_fixture.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace studio::tests {

inline constexpr const char *firefox =
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

// One browser at one address, behind a proxy at 127.0.0.1.
class VisitorClient final {
public:
    explicit VisitorClient(std::uint16_t port, std::string address = "203.0.113.77",
                           std::string agent = firefox)
        : m_port(port), m_address(std::move(address)), m_agent(std::move(agent)) {}

    RawReply get(std::string_view path, FieldList more = {}) const;
    // Keeps the cookie that the reply sets.
    RawReply post(std::string_view path, const std::string &body, FieldList more = {},
                  const std::string &type = "application/json");
    // Again while the service answers 503, as the script does: it may not know the day's salt yet.
    RawReply post_events(const nlohmann::json &events, FieldList more = {});
    // Accepts the cookie on a page that has reported these events, and keeps it.
    RawReply accept(const nlohmann::json &events = nlohmann::json::array(), FieldList more = {});
    // Of the texts the one that the home page shows; "" for none.
    std::string seen(const std::vector<std::string> &texts) const;

    void move_to(std::uint16_t port) { m_port = port; }
    void move_to(std::string address) { m_address = std::move(address); }
    const std::string &cookie() const { return m_cookie; } // "__Host-visitor=…" or ""
    void set_cookie(std::string cookie) { m_cookie = std::move(cookie); }

private:
    FieldList fields(FieldList more) const;

    std::uint16_t m_port;
    std::string m_address, m_agent, m_cookie;
};

Variables behind_proxy(const LiveSite &site);
std::string new_id();
// An event with an id of its own.
nlohmann::json event(const std::string &type, const nlohmann::json &data = nlohmann::json::object());
// Rows of a query as the superuser, each as its texts joined by "|"; null is "-".
std::vector<std::string> rows(const LiveSite &site, const std::string &query);
std::string value(const LiveSite &site, const std::string &query);

} // namespace studio::tests
