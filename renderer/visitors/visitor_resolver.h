// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/tracking_store.h"
#include "renderer/http/request.h"
#include "renderer/support/keyed_hash.h"
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
    bool declines = false;               // the browser does: Sec-GPC: 1 or DNT: 1
    std::optional<VisitorCookie> cookie; // none without consent, and never where `declines`
    std::uint64_t assignment_key = 0;
};

// Recognises visitors, as far as they consented. Any thread.
class VisitorResolver final {
public:
    // `secret`: the same in every replica. `salts` must outlive this object.
    VisitorResolver(std::string_view secret, const DaySalts &salts, CountryFinder countries);

    Visitor visitor(const http::Request &request, const Uuid &tenant, base::Time now) const;
    // Which variants are shown; what visitor() says, for pages that need nothing else.
    std::uint64_t assignment_key(const http::Request &request, const Uuid &tenant, base::Time now) const;
    // The cookie whatever the browser's signals say: it is the only key to what is stored, to show and to
    // erase.
    std::optional<VisitorCookie> cookie(const http::Request &request, const Uuid &tenant,
                                        base::Time now) const;

    // What finds the open visit: a keyed hash of the visitor's number, without consent of the connection
    // under the day's salt; nullopt while that is not known.
    std::optional<Uuid> visit_key(const Visitor &visitor, const http::Request &request,
                                  const Uuid &tenant) const;
    // The visit as it is recorded, but for what user agent and arrival say: see describe(). Without consent
    // only the country.
    db::TrackedSession record(const Visitor &visitor, const Uuid &key, const models::TenantId &tenant_id,
                              const http::Request &request, base::Time started) const;
    // The cookie of one who accepts now, under a new number; the variants stay. `sent_event` is the first
    // event that the page reported, so that an answer that was lost and is asked for again gives the same
    // number.
    VisitorCookie accepted(const Visitor &visitor, const Uuid &tenant, const std::string &sent_event,
                           base::Time now) const;

    const CookieSealer &sealer() const { return m_sealer; }

private:
    const CookieSealer m_sealer;
    const HashKey m_assignment_key;
    const MessageKey m_visitor_number;
    const DaySalts &m_salts;
    const CountryFinder m_countries;
};

// Adds what the user agent says; without consent the kind of device only, and whether it is a bot.
void describe(db::TrackedSession &session, const UserAgent &agent);

// Text that the database takes: at most `most` bytes of valid UTF-8 without control characters, "?" for the
// rest.
std::string clean_text(std::string_view text, std::size_t max_bytes);

} // namespace studio::renderer
