// SPDX-License-Identifier: Apache-2.0
#include "renderer/visitors/visitor_resolver.h"

#include "renderer/visitors/visitor_key.h"

#include <algorithm>
#include <utility>

namespace studio::renderer {

namespace {

constexpr std::size_t max_user_agent_bytes = 1000;

bool declines(const http::Request &request) {
    return request.do_not_track || request.global_privacy_control;
}

// The time as it is stored in the cookie.
std::uint32_t cookie_seconds(base::Time time) {
    return static_cast<std::uint32_t>(base::to_seconds(time));
}

// The length of the UTF-8 sequence at the beginning of the text; 0 where there is no valid one.
std::size_t sequence_length(std::string_view text) {
    const auto first = static_cast<unsigned char>(text[0]);
    const std::size_t length = first < 0x80                     ? 1
                               : first >= 0xc2 && first <= 0xdf ? 2
                               : first >= 0xe0 && first <= 0xef ? 3
                               : first >= 0xf0 && first <= 0xf4 ? 4
                                                                : 0;
    if (length == 0 || length > text.size()) {
        return 0;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) {
            return 0;
        }
    }
    const auto second = length > 1 ? static_cast<unsigned char>(text[1]) : 0u;
    const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
    const bool beyond = (first == 0xed && second >= 0xa0) || (first == 0xf4 && second >= 0x90);
    return overlong || beyond ? 0 : length;
}

} // namespace

std::string clean_text(std::string_view text, std::size_t max_bytes) {
    std::string result;
    result.reserve(std::min(text.size(), max_bytes));
    while (!text.empty()) {
        const std::size_t length = sequence_length(text);
        const bool control = length == 1 && (static_cast<unsigned char>(text[0]) < 0x20 || text[0] == 0x7f);
        if (result.size() + std::max<std::size_t>(length, 1) > max_bytes) {
            break;
        }
        if (length == 0 || control) {
            result.push_back('?');
        } else {
            result.append(text.substr(0, length));
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return result;
}

VisitorResolver::VisitorResolver(std::string_view secret, const DaySalts &salts, CountryFinder countries)
    : m_sealer(secret), m_assignment_key(derive_key(secret, "assignment")),
      m_visitor_number(secret, "number of a visitor who accepts"), m_salts(salts),
      m_countries(std::move(countries)) {}

std::optional<VisitorCookie> VisitorResolver::cookie(const http::Request &request, const Uuid &tenant,
                                                     base::Time now) const {
    if (request.cookie.empty()) {
        return std::nullopt;
    }
    const auto text = find_cookie(request.cookie, visitor_cookie_name);
    return text ? m_sealer.open(tenant, *text, cookie_seconds(now)) : std::nullopt;
}

Visitor VisitorResolver::visitor(const http::Request &request, const Uuid &tenant, base::Time now) const {
    Visitor visitor;
    visitor.declines = declines(request);
    if (!visitor.declines) {
        visitor.cookie = cookie(request, tenant, now);
    }
    if (!visitor.cookie) {
        visitor.assignment_key =
            renderer::assignment_key(m_assignment_key, request.client_address, request.user_agent);
        return visitor;
    }
    VisitorCookie &cookie = *visitor.cookie;
    visitor.assignment_key = cookie.assignment_key;
    cookie.last_seen = std::max(cookie.last_seen, cookie_seconds(now));
    return visitor;
}

std::uint64_t VisitorResolver::assignment_key(const http::Request &request, const Uuid &tenant,
                                              base::Time now) const {
    return visitor(request, tenant, now).assignment_key;
}

std::optional<Uuid> VisitorResolver::visit_key(const Visitor &visitor, const http::Request &request,
                                               const Uuid &tenant) const {
    if (visitor.cookie) {
        return visitor.cookie->visitor;
    }
    const auto salt = m_salts.of(today());
    if (!salt) {
        return std::nullopt;
    }
    return cookieless_key(*salt, tenant, request.client_address, request.user_agent);
}

db::TrackedSession VisitorResolver::record(const Visitor &visitor, const Uuid &key,
                                           const models::TenantId &tenant_id, const http::Request &request,
                                           base::Time started) const {
    db::TrackedSession record;
    record.id = models::SessionId(Uuid::random().text());
    record.key = key.text();
    record.tenant_id = tenant_id;
    if (visitor.cookie) {
        record.visitor_id = visitor.cookie->visitor.text();
        record.consented = true;
        record.user_agent = clean_text(request.user_agent, max_user_agent_bytes);
        record.ip = request.client_address.masked().text();
    }
    record.country = country_of_field(request.country);
    if (record.country.empty()) {
        record.country = m_countries.find(request.client_address);
    }
    record.started_at = started;
    return record;
}

VisitorCookie VisitorResolver::accepted(const Visitor &visitor, const Uuid &tenant,
                                        const std::string &sent_event, base::Time now) const {
    if (visitor.cookie) {
        return *visitor.cookie;
    }
    VisitorCookie cookie;
    cookie.visitor = Uuid::random();
    if (!sent_event.empty()) {
        const auto hash = m_visitor_number.sign({tenant.view(), sent_event});
        cookie.visitor = Uuid::of_hash({hash.data(), hash.size()});
    }
    cookie.assignment_key = visitor.assignment_key;
    cookie.issued = cookie.last_seen = cookie_seconds(now);
    return cookie;
}

void describe(db::TrackedSession &session, const UserAgent &agent) {
    if (session.consented) {
        session.browser = agent.browser;
    }
    session.device_type = agent.device_type;
    session.bot_class = to_string(agent.bot);
}

} // namespace studio::renderer
