// SPDX-License-Identifier: Apache-2.0
#include "tests/renderer/visitor_client.h"

#include <fmt/format.h>
#include <pqxx/pqxx>

#include <random>

namespace studio::tests {

using namespace std::chrono_literals;

FieldList VisitorClient::fields(FieldList more) const {
    more.emplace_back("X-Forwarded-For", m_address);
    more.emplace_back("User-Agent", m_agent);
    if (!m_cookie.empty())
        more.emplace_back("Cookie", m_cookie);
    return more;
}

RawReply VisitorClient::get(std::string_view path, FieldList more) const {
    return fetch(m_port, "ada.localhost", path, fields(std::move(more)));
}

RawReply VisitorClient::post(std::string_view path, const std::string &body, FieldList more,
                             const std::string &type) {
    more = fields(std::move(more));
    more.emplace_back("Content-Type", type);
    more.emplace_back("Content-Length", std::to_string(body.size()));
    RawClient client(m_port);
    client.send(request_text("POST", path, "ada.localhost", more) + body);
    const auto reply = client.receive(20s);
    if (!reply)
        throw std::runtime_error("no reply to a post");
    if (reply->has("set-cookie")) {
        const std::string field = reply->field("set-cookie");
        m_cookie = field.substr(0, field.find(';'));
        if (m_cookie.ends_with('='))
            m_cookie.clear();
    }
    return *reply;
}

RawReply VisitorClient::post_events(const nlohmann::json &events, FieldList more) {
    const std::string body = nlohmann::json{{"events", events}}.dump();
    RawReply reply;
    eventually([&] {
        reply = post("/api/events", body, more);
        return reply.status != 503;
    });
    return reply;
}

RawReply VisitorClient::accept(const nlohmann::json &events, FieldList more) {
    nlohmann::json ids = nlohmann::json::array();
    for (const nlohmann::json &event : events) {
        ids.push_back(event.at("id"));
    }
    return post("/api/consent", nlohmann::json{{"decision", "accepted"}, {"events", ids}}.dump(),
                std::move(more));
}

std::string VisitorClient::seen(const std::vector<std::string> &texts) const {
    const std::string page = get("/").body;
    for (const std::string &text : texts) {
        if (page.find(text) != std::string::npos)
            return text;
    }
    return {};
}

Variables behind_proxy(const LiveSite &site) {
    Variables environment = site.environment();
    environment["TRUSTED_PROXIES"] = "127.0.0.1";
    environment["COUNTRY_HEADER"] = "X-Country";
    return environment;
}

std::string new_id() {
    static std::mt19937_64 random(std::random_device{}());
    const auto part = [] { return random(); };
    return fmt::format("{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}", part() >> 32, part() >> 48, part() >> 52,
                       part() >> 52, part() >> 16);
}

nlohmann::json event(const std::string &type, const nlohmann::json &data) {
    return {{"id", new_id()}, {"type", type}, {"data", data}};
}

std::vector<std::string> rows(const LiveSite &site, const std::string &query) {
    pqxx::connection connection(site.database().superuser_url());
    pqxx::nontransaction work(connection);
    std::vector<std::string> result;
    for (const auto &row : work.exec(query)) {
        std::string text;
        for (const auto &field : row)
            text += (text.empty() ? "" : "|") + std::string(field.is_null() ? "-" : field.c_str());
        result.push_back(text);
    }
    return result;
}

std::string value(const LiveSite &site, const std::string &query) {
    return rows(site, query).at(0);
}

} // namespace studio::tests
