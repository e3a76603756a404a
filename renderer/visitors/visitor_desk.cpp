// SPDX-License-Identifier: Apache-2.0
#include "renderer/visitors/visitor_desk.h"

#include "renderer/visitors/visitor_key.h"

#include <utility>

namespace studio::renderer {

namespace {

constexpr std::size_t most_user_agent_bytes = 1000;

bool declines(const http::Request &request) {
    return request.do_not_track || request.global_privacy_control;
}

// Length of the UTF-8 sequence that begins the text; 0 where none does.
std::size_t sequence_length(std::string_view text) {
    const auto first = static_cast<unsigned char>(text[0]);
    const std::size_t length = first < 0x80                     ? 1
                               : first >= 0xc2 && first <= 0xdf ? 2
                               : first >= 0xe0 && first <= 0xef ? 3
                               : first >= 0xf0 && first <= 0xf4 ? 4
                                                                : 0;
    if (length == 0 || length > text.size())
        return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80)
            return 0;
    }
    const auto second = length > 1 ? static_cast<unsigned char>(text[1]) : 0u;
    const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
    const bool beyond = (first == 0xed && second >= 0xa0) || (first == 0xf4 && second >= 0x90);
    return overlong || beyond ? 0 : length;
}

} // namespace

std::string clean_text(std::string_view text, std::size_t most) {
    std::string result;
    result.reserve(std::min(text.size(), most));
    while (!text.empty()) {
        const std::size_t length = sequence_length(text);
        const bool control = length == 1 && (static_cast<unsigned char>(text[0]) < 0x20 || text[0] == 0x7f);
        if (result.size() + std::max<std::size_t>(length, 1) > most)
            break;
        if (length == 0 || control)
            result.push_back('?');
        else
            result.append(text.substr(0, length));
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return result;
}

VisitorDesk::VisitorDesk(std::string_view secret, const DaySalts &salts, CountryFinder countries)
    : m_sealer(secret), m_assignment_key(derive_key(secret, "assignment")), m_salts(salts),
      m_countries(std::move(countries)) {}

std::optional<VisitorCookie> VisitorDesk::cookie(const http::Request &request, const Uuid &tenant,
                                                 std::uint32_t now_s) const {
    if (request.cookie.empty() || declines(request))
        return std::nullopt;
    const auto text = find_cookie(request.cookie, visitor_cookie_name);
    return text ? m_sealer.open(tenant, *text, now_s) : std::nullopt;
}

Visitor VisitorDesk::visitor(const http::Request &request, const Uuid &tenant, std::uint32_t now_s) const {
    Visitor visitor;
    visitor.declines = declines(request);
    if (const auto sealed = cookie(request, tenant, now_s)) {
        visitor.cookie = m_sealer.at(*sealed, now_s);
        visitor.refresh_due =
            now_s > sealed->last_seen &&
            now_s - sealed->last_seen > static_cast<std::uint64_t>(CookieSealer::refresh_time.count());
        visitor.assignment_key = sealed->assignment_key;
    } else {
        visitor.assignment_key =
            renderer::assignment_key(m_assignment_key, request.client_address, request.user_agent);
    }
    return visitor;
}

std::uint64_t VisitorDesk::assignment_key(const http::Request &request, const Uuid &tenant,
                                          std::uint32_t now_s) const {
    if (const auto sealed = cookie(request, tenant, now_s))
        return sealed->assignment_key;
    return renderer::assignment_key(m_assignment_key, request.client_address, request.user_agent);
}

std::optional<Uuid> VisitorDesk::session(const Visitor &visitor, const http::Request &request,
                                         const Uuid &tenant) const {
    return visitor.cookie ? visitor.cookie->session : session_of_day(request, tenant);
}

std::optional<Uuid> VisitorDesk::session_of_day(const http::Request &request, const Uuid &tenant) const {
    const auto salt = m_salts.of(today());
    if (!salt)
        return std::nullopt;
    return cookieless_session(*salt, tenant, request.client_address, request.user_agent);
}

db::TrackedSession VisitorDesk::record(const Visitor &visitor, const Uuid &session,
                                       const std::string &tenant_id, const http::Request &request,
                                       std::int64_t started_us) const {
    db::TrackedSession record;
    record.id = session.text();
    record.tenant_id = tenant_id;
    if (visitor.cookie) {
        record.visitor_id = visitor.cookie->visitor.text();
        record.consented = true;
    }
    record.user_agent = clean_text(request.user_agent, most_user_agent_bytes);
    record.ip = request.client_address.masked().text();
    record.country = country_of_field(request.country);
    if (record.country.empty())
        record.country = m_countries.find(request.client_address);
    record.started_us = started_us;
    return record;
}

VisitorCookie VisitorDesk::accepted(const Visitor &visitor, const http::Request &request, const Uuid &tenant,
                                    std::uint32_t now_s) const {
    if (visitor.cookie)
        return *visitor.cookie;
    VisitorCookie cookie;
    cookie.visitor = Uuid::random();
    cookie.session = session_of_day(request, tenant).value_or(Uuid::random());
    cookie.assignment_key = visitor.assignment_key;
    cookie.issued = cookie.last_seen = now_s;
    return cookie;
}

void describe(db::TrackedSession &session, const UserAgent &agent) {
    session.browser = agent.browser;
    session.device_type = agent.device_type;
    session.bot_class = to_string(agent.bot);
}

} // namespace studio::renderer
