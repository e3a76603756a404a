// SPDX-License-Identifier: Apache-2.0
#include "db/tracking_store.h"

#include "db/array_literal.h"
#include "db/session_impl.h"
#include "db/tracking_sessions.h"

#include <unordered_map>

namespace studio::db {

namespace {

constexpr const char *add_sessions = "SELECT tracking_add_sessions($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
                                     "$11, $12, $13, $14, $15, $16, $17)";
constexpr const char *add_events = "SELECT tracking_add_events($1, $2, $3, $4, $5, $6, $7, $8)";
constexpr const char *add_exposures = "SELECT tracking_add_exposures($1, $2, $3, $4, $5, $6)";
constexpr const char *add_bots = "SELECT tracking_add_bot_visits($1, $2, $3, $4)";

// The visits that events belong to, each sent once.
class Owners final {
public:
    // The visit's place, from 1.
    std::int64_t place(const TrackedEvent &event) {
        auto &tenants = m_places[event.session_id];
        for (const auto &[tenant, place] : tenants)
            if (tenant == event.tenant_id)
                return place;
        sessions.add_uuid(event.session_id);
        owners.add_uuid(event.tenant_id);
        tenants.emplace_back(event.tenant_id, ++m_last);
        return m_last;
    }
    ArrayLiteral sessions, owners;

private:
    std::unordered_map<std::string_view, std::vector<std::pair<std::string_view, std::int64_t>>> m_places;
    std::int64_t m_last = 0;
};

std::size_t write_events(pqxx::work &work, const std::vector<TrackedEvent> &events) {
    Owners owners;
    ArrayLiteral ids, places, types, data, pages, times;
    ids.reserve(events.size() * 37);
    data.reserve(events.size() * 64);
    pages.reserve(events.size() * 24);
    for (const TrackedEvent &event : events) {
        ids.add_uuid(event.id);
        places.add_number(owners.place(event));
        types.add_text(event.type);
        data.add_text_or_null(event.data);
        pages.add_text_or_null(event.page_url);
        times.add_number(event.at_us);
    }
    return work
        .exec_params1(add_events, owners.sessions.text(), owners.owners.text(), ids.text(), places.text(),
                      types.text(), data.text(), pages.text(), times.text())[0]
        .as<std::size_t>();
}

void write_exposures(pqxx::work &work, const std::vector<TrackedExposure> &exposures) {
    ArrayLiteral sessions, tenants, tests, variants, phases, times;
    for (const TrackedExposure &exposure : exposures) {
        sessions.add_uuid(exposure.session_id);
        tenants.add_uuid(exposure.tenant_id);
        tests.add_uuid(exposure.test_id);
        variants.add_text(exposure.variant_id);
        phases.add_number(exposure.phase);
        times.add_number(exposure.at_us);
    }
    work.exec_params(add_exposures, sessions.text(), tenants.text(), tests.text(), variants.text(),
                     phases.text(), times.text());
}

} // namespace

void write_sessions(pqxx::work &work, const std::vector<TrackedSession> &sessions) {
    ArrayLiteral ids, tenants, visitors, sources, mediums, campaigns, terms, contents, referrers, agents,
        addresses, countries, devices, browsers, bots, consents, starts;
    for (const TrackedSession &session : sessions) {
        ids.add_uuid(session.id);
        tenants.add_uuid(session.tenant_id);
        visitors.add_uuid_or_null(session.consented ? session.visitor_id : std::string());
        sources.add_text_or_null(session.utm_source);
        mediums.add_text_or_null(session.utm_medium);
        campaigns.add_text_or_null(session.utm_campaign);
        terms.add_text_or_null(session.utm_term);
        contents.add_text_or_null(session.utm_content);
        referrers.add_text_or_null(session.referrer);
        agents.add_text_or_null(session.user_agent);
        addresses.add_text_or_null(session.ip);
        countries.add_text_or_null(session.country);
        devices.add_text_or_null(session.device_type);
        browsers.add_text_or_null(session.browser);
        bots.add_text_or_null(session.bot_class);
        consents.add_flag(session.consented);
        starts.add_number(session.started_us);
    }
    work.exec_params(add_sessions, ids.text(), tenants.text(), visitors.text(), sources.text(),
                     mediums.text(), campaigns.text(), terms.text(), contents.text(), referrers.text(),
                     agents.text(), addresses.text(), countries.text(), devices.text(), browsers.text(),
                     bots.text(), consents.text(), starts.text());
}

std::size_t TrackingStore::record(const TrackedBatch &batch) {
    if (batch.sessions.empty() && batch.events.empty() && batch.exposures.empty())
        return 0;
    return m_session.impl().transact([&](pqxx::work &work) {
        if (!batch.sessions.empty())
            write_sessions(work, batch.sessions);
        const std::size_t added = batch.events.empty() ? 0 : write_events(work, batch.events);
        if (!batch.exposures.empty())
            write_exposures(work, batch.exposures);
        return added;
    });
}

std::string TrackingStore::salt(std::int64_t day) {
    return m_session.impl().transact([&](pqxx::work &work) {
        const pqxx::binarystring salt(work.exec_params1("SELECT visitor_salt($1)", day)[0]);
        return salt.str();
    });
}

void TrackingStore::add_bot_visits(const std::vector<BotVisits> &visits) {
    if (visits.empty())
        return;
    ArrayLiteral tenants, days, classes, counts;
    for (const BotVisits &visit : visits) {
        tenants.add_uuid(visit.tenant_id);
        days.add_number(visit.day);
        classes.add_text(visit.bot_class);
        counts.add_number(visit.hits);
    }
    m_session.impl().transact([&](pqxx::work &work) {
        work.exec_params(add_bots, tenants.text(), days.text(), classes.text(), counts.text());
    });
}

} // namespace studio::db
