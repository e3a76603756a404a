// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/analytics/known_visits.h"

#include "ui/widgets/words.h"

#include <QDateTime>

#include <cstring>
#include <set>

namespace studio::test_support {

namespace {

std::string step_of(const db::GeneratedEvent &event) {
    const std::string type = event.type;
    return type == "page_view"           ? event.page
           : type == "photo_click"       ? "photo_engagement"
           : type == "form_submit"       ? "booking_submit"
           : type == "hero_photo_viewed" ? ""
                                         : type;
}

std::string medium_of(const db::GeneratedVisit &visit) {
    static const std::map<std::string, std::string> usual{
        {"direct", "none"}, {"google", "search"}, {"instagram", "social"}, {"twitter", "social"}};
    if (*visit.utm_medium != 0) {
        return visit.utm_medium;
    }
    const auto found = usual.find(visit.source);
    return found == usual.end() ? "referral" : found->second;
}

void count(db::Totals &sum, const db::Totals &visit) {
    sum.visits += visit.visits;
    sum.page_views += visit.page_views;
    sum.seconds += visit.seconds;
    sum.engaged_visits += visit.engaged_visits;
    sum.bounced_visits += visit.bounced_visits;
    sum.bookings += visit.bookings;
    sum.value += visit.value;
    sum.timed_visits += visit.timed_visits;
}

} // namespace

KnownVisits::KnownVisits(const db::GeneratorPlan &plan, int number, std::int64_t events,
                         const QTimeZone &zone) {
    const db::DateRange days{plan.until - std::chrono::days(plan.months * 30 - 1), plan.until};
    db::VisitGenerator generator(plan.seed * 1'000'003 + static_cast<std::uint64_t>(number), days, events);
    while (!generator.at_end()) {
        for (auto &visit : generator.next_day()) {
            add(std::move(visit), zone);
        }
    }
}

void KnownVisits::add(db::GeneratedVisit made, const QTimeZone &zone) {
    const auto began = ui::to_date_time(made.started_at, zone);
    if (made.bot) {
        m_bots.push_back(began.date());
        return;
    }
    Visit visit;
    visit.began = began;
    visit.medium = medium_of(made);
    visit.campaign = *made.utm_campaign == 0 ? "(none)" : made.utm_campaign;
    const bool counts = !made.booking_id.empty() && std::strcmp(made.booking_status, "pending") == 0;
    bool acted = false;
    for (const auto &event : made.events) {
        const std::string type = event.type;
        const auto step = step_of(event);
        visit.totals.engaged_visits |= type == "photo_click" ? 1 : 0;
        acted = acted || (type != "page_view" && type != "hero_photo_viewed");
        visit.stage = type == "photo_click" && visit.stage == 0             ? 1
                      : type == "pricing_view" && visit.stage == 1          ? 2
                      : type == "form_start" && visit.stage == 2            ? 3
                      : type == "form_submit" && visit.stage == 3 && counts ? 4
                                                                            : visit.stage;
        if (type == "page_view") {
            ++visit.pages[event.page];
            ++visit.totals.page_views;
        }
        if (!step.empty() && (visit.path.empty() || visit.path.back() != step)) {
            visit.path.push_back(step);
        }
    }
    visit.path.resize(std::min<std::size_t>(visit.path.size(), 7));
    visit.totals.visits = 1;
    visit.totals.timed_visits = made.events.size() > 1 ? 1 : 0;
    visit.totals.seconds = (made.events.back().at - made.events.front().at) / std::chrono::seconds(1);
    visit.totals.bounced_visits = visit.totals.page_views == 1 && !acted ? 1 : 0;
    visit.totals.bookings = counts ? 1 : 0;
    visit.totals.value =
        counts ? static_cast<double>(
                     db::generated_services[static_cast<std::size_t>(made.service)].price_minor) /
                     100
               : 0;
    visit.made = std::move(made);
    m_people.push_back(std::move(visit));
}

std::vector<const KnownVisits::Visit *> KnownVisits::between(QDate from, QDate to) const {
    std::vector<const Visit *> found;
    for (const auto &visit : m_people) {
        if (visit.began.date() >= from && visit.began.date() <= to) {
            found.push_back(&visit);
        }
    }
    return found;
}

std::int64_t KnownVisits::bots(QDate from, QDate to) const {
    return std::ranges::count_if(m_bots, [&](QDate day) { return day >= from && day <= to; });
}

db::Totals totals_of(const std::vector<const KnownVisits::Visit *> &visits) {
    db::Totals sum;
    for (const auto *visit : visits) {
        count(sum, visit->totals);
    }
    return sum;
}

std::int64_t visitors_of(const std::vector<const KnownVisits::Visit *> &visits) {
    std::set<std::string> visitors;
    for (const auto *visit : visits) {
        visitors.insert(visit->made.visitor_id.empty() ? visit->made.id : visit->made.visitor_id);
    }
    return static_cast<std::int64_t>(visitors.size());
}

VisitsByKey visits_by(const std::vector<const KnownVisits::Visit *> &visits,
                      const std::function<std::string(const KnownVisits::Visit &)> &key) {
    VisitsByKey groups;
    for (const auto *visit : visits) {
        groups[key(*visit)].push_back(visit);
    }
    return groups;
}

} // namespace studio::test_support
