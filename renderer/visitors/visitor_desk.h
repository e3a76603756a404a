// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/tracking_store.h"
#include "renderer/http/request.h"
#include "renderer/keyed_hash.h"
#include "renderer/visitors/country_finder.h"
#include "renderer/visitors/day_salts.h"
#include "renderer/visitors/user_agent.h"
#include "renderer/visitors/visitor_cookie.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace studio::renderer {

// Who asks, for one tenant and one request.
struct Visitor {
    bool declines = false;               // her browser does: Sec-GPC: 1 or DNT: 1
    std::optional<VisitorCookie> cookie; // as of now; none without consent, and never where `declines`
    bool refresh_due = false;            // the cookie's last sight lies long enough back to write it anew
    std::uint64_t assignment_key = 0;
};

// Recognises visitors, as far as they let us. Any thread.
class VisitorDesk final {
public:
    // `secret`: the same in every replica. `salts` must outlive this object.
    VisitorDesk(std::string_view secret, const DaySalts &salts, CountryFinder countries);

    Visitor visitor(const http::Request &request, const Uuid &tenant, std::uint32_t now_s) const;
    // Which arms she sees; what visitor() says, for pages that need nothing else of her.
    std::uint64_t assignment_key(const http::Request &request, const Uuid &tenant, std::uint32_t now_s) const;

    // Her visit's id: the cookie's, else the one of the day; nullopt while the day's salt is not known.
    std::optional<Uuid> session(const Visitor &visitor, const http::Request &request,
                                const Uuid &tenant) const;
    std::optional<Uuid> session_of_day(const http::Request &request, const Uuid &tenant) const;
    // The visit as it is recorded, but for what her user agent and arrival say: see describe().
    db::TrackedSession record(const Visitor &visitor, const Uuid &session, const std::string &tenant_id,
                              const http::Request &request, std::int64_t started_us) const;
    // The cookie of one who accepts now: her visit goes on, and she keeps the variants that she saw.
    VisitorCookie accepted(const Visitor &visitor, const http::Request &request, const Uuid &tenant,
                           std::uint32_t now_s) const;

    const CookieSealer &sealer() const { return m_sealer; }

private:
    std::optional<VisitorCookie> cookie(const http::Request &request, const Uuid &tenant,
                                        std::uint32_t now_s) const;

    const CookieSealer m_sealer;
    const HashKey m_assignment_key;
    const DaySalts &m_salts;
    const CountryFinder m_countries;
};

// Adds what the user agent says.
void describe(db::TrackedSession &session, const UserAgent &agent);

// Text that the database takes: at most `most` bytes of valid UTF-8 without control characters, "?" for the
// rest.
std::string clean_text(std::string_view text, std::size_t most);

} // namespace studio::renderer
