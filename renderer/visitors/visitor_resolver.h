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
    // The key that decides which variants are shown: the one of visitor(), for pages that need nothing else.
    std::uint64_t assignment_key(const http::Request &request, const Uuid &tenant, base::Time now) const;
    // The cookie, even if the browser sends GPC or DNT: without it, what is stored could not be found, shown
    // or erased.
    std::optional<VisitorCookie> cookie(const http::Request &request, const Uuid &tenant,
                                        base::Time now) const;

    // What finds the open visit: a keyed hash of the visitor's number, without consent a hash of the
    // connection under the day's salt; nullopt while the salt is not known.
    std::optional<Uuid> visit_key(const Visitor &visitor, const http::Request &request,
                                  const Uuid &tenant) const;
    // The visit to record, without what the user agent and the arrival say: see describe(). Without consent
    // it holds only the country.
    db::TrackedSession record(const Visitor &visitor, const Uuid &key, const models::TenantId &tenant_id,
                              const http::Request &request, base::Time started) const;
    // The cookie of a visitor who accepts now, with a new visitor id; the variants stay. `sent_event` is the
    // first event that the page reported; it makes a repeated request, after a lost answer, give the same
    // visitor id.
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

// Text that the database accepts: at most `max_bytes` bytes of valid UTF-8 without control characters; each
// invalid byte becomes "?".
std::string clean_text(std::string_view text, std::size_t max_bytes);

} // namespace studio::renderer
