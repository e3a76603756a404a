// SPDX-License-Identifier: Apache-2.0
#include "db/stores/tracking_store.h"

#include "db/connection/array_literal.h"
#include "db/connection/session_impl.h"

#include <optional>
#include <unordered_map>

namespace studio::db {

namespace {

constexpr const char *add_batch =
    "SELECT tracking_record($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, "
    "$19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31)";
constexpr const char *open_one = "SELECT tracking_open_visit($1, $2, $3)";
constexpr const char *accept_visitor = "SELECT tracking_accept($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
constexpr const char *add_bots = "SELECT tracking_add_bot_visits($1, $2, $3, $4)";

// Collects the visits that one statement needs, each once: first those of the batch in their order, then
// others that events and exposures name. Events and exposures refer to them by position, counted from 1.
class Visits final {
public:
    void add(const TrackedSession &session) { note(session.id.text(), session.tenant_id.text()); }
    std::int64_t place(const models::SessionId &id, const models::TenantId &tenant_id) {
        const auto found = m_places.find(id.text());
        if (found != m_places.end()) {
            for (const auto &[tenant, place] : found->second) {
                if (tenant == tenant_id.text()) {
                    return place;
                }
            }
        }
        earlier.add_uuid(id);
        earlier_tenants.add_uuid(tenant_id);
        return note(id.text(), tenant_id.text());
    }
    ArrayLiteral earlier, earlier_tenants;

private:
    std::int64_t note(std::string_view id, std::string_view tenant) {
        m_places[id].emplace_back(tenant, ++m_last);
        return m_last;
    }
    std::unordered_map<std::string_view, std::vector<std::pair<std::string_view, std::int64_t>>> m_places;
    std::int64_t m_last = 0;
};

// The columns of a batch's parts: for each part add() appends a row and into() passes the columns to a
// statement.
struct SessionColumns {
    ArrayLiteral ids, tenants, keys, visitors, sources, mediums, campaigns, terms, contents, referrers,
        agents, addresses, countries, devices, browsers, bots, consents, starts;

    void add(const TrackedSession &session) {
        ids.add_uuid(session.id);
        tenants.add_uuid(session.tenant_id);
        keys.add_uuid_or_null(session.key);
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
        starts.add_time(session.started_at);
    }
    template <class Call> void into(Call &call) {
        for (ArrayLiteral *column :
             {&ids, &tenants, &keys, &visitors, &sources, &mediums, &campaigns, &terms, &contents, &referrers,
              &agents, &addresses, &countries, &devices, &browsers, &bots, &consents, &starts}) {
            call.push_back(column->text());
        }
    }
};

struct EventColumns {
    ArrayLiteral ids, places, types, data, pages, times;

    void reserve(std::size_t events) {
        ids.reserve(events * 37);
        data.reserve(events * 64);
        pages.reserve(events * 24);
    }
    void add(const TrackedEvent &event, Visits &visits) {
        ids.add_uuid(event.id);
        places.add_number(visits.place(event.session_id, event.tenant_id));
        types.add_text(event.type);
        data.add_text_or_null(event.data);
        pages.add_text_or_null(event.page_url);
        times.add_time(event.at);
    }
    template <class Call> void into(Call &call) {
        for (ArrayLiteral *column : {&ids, &places, &types, &data, &pages, &times}) {
            call.push_back(column->text());
        }
    }
};

struct ExposureColumns {
    ArrayLiteral places, tests, variants, phases, times;

    void add(const TrackedExposure &exposure, Visits &visits) {
        places.add_number(visits.place(exposure.session_id, exposure.tenant_id));
        tests.add_uuid(exposure.test_id);
        variants.add_text(exposure.variant_id);
        phases.add_number(exposure.phase);
        times.add_time(exposure.at);
    }
    template <class Call> void into(Call &call) {
        for (ArrayLiteral *column : {&places, &tests, &variants, &phases, &times}) {
            call.push_back(column->text());
        }
    }
};

std::optional<std::string> text_or_null(const std::string &text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

} // namespace

std::size_t TrackingStore::record(const TrackedBatch &batch) {
    if (batch.sessions.empty() && batch.events.empty() && batch.exposures.empty()) {
        return 0;
    }
    Visits visits;
    SessionColumns sessions;
    EventColumns events;
    ExposureColumns exposures;
    for (const TrackedSession &session : batch.sessions) {
        visits.add(session);
        sessions.add(session);
    }
    events.reserve(batch.events.size());
    for (const TrackedEvent &event : batch.events) {
        events.add(event, visits);
    }
    for (const TrackedExposure &exposure : batch.exposures) {
        exposures.add(exposure, visits);
    }
    std::vector<std::string> values;
    values.reserve(31);
    sessions.into(values);
    values.push_back(visits.earlier.text());
    values.push_back(visits.earlier_tenants.text());
    events.into(values);
    exposures.into(values);
    return m_session.impl().repeatable([&](pqxx::nontransaction &work) {
        return m_session.impl()
            .prepared(work, add_batch, pqxx::prepare::make_dynamic_params(values))
            .at(0)[0]
            .as<std::size_t>();
    });
}

models::SessionId TrackingStore::open_visit(const models::TenantId &tenant_id, const std::string &key,
                                            const models::SessionId &fresh_id) {
    return m_session.impl().repeatable([&](pqxx::nontransaction &work) {
        return models::SessionId(
            m_session.impl().prepared(work, open_one, tenant_id, key, fresh_id).at(0)[0].c_str());
    });
}

std::size_t TrackingStore::accept(const Acceptance &acceptance) {
    const TrackedSession &session = acceptance.session;
    ArrayLiteral events;
    for (const std::string &id : acceptance.event_ids) {
        events.add_uuid(id);
    }
    return m_session.impl().repeatable([&](pqxx::nontransaction &work) {
        return m_session.impl()
            .prepared(work, accept_visitor, session.tenant_id, session.id, session.visitor_id,
                      text_or_null(session.user_agent), text_or_null(session.ip),
                      text_or_null(session.country), text_or_null(session.device_type),
                      text_or_null(session.browser), text_or_null(session.bot_class), events.text())
            .at(0)[0]
            .as<std::size_t>();
    });
}

void TrackingStore::close_idle_visits() {
    m_session.impl().transact([](pqxx::work &work) { work.exec("SELECT tracking_close_idle_visits()"); });
}

std::string TrackingStore::salt(std::int64_t day) {
    return m_session.impl().transact([&](pqxx::work &work) {
        const pqxx::binarystring salt(work.exec_params1("SELECT visitor_salt($1)", day)[0]);
        return salt.str();
    });
}

void TrackingStore::add_bot_visits(const std::vector<BotVisits> &visits) {
    if (visits.empty()) {
        return;
    }
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
