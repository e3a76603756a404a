// SPDX-License-Identifier: Apache-2.0
#include "models/booking/validate_availability.h"

#include "models/booking/hours_json.h"
#include "models/json/json_pointer.h"
#include "models/json/json_read.h"
#include "models/values/timezone.h"

#include <fmt/format.h>

namespace studio::models {

namespace {

constexpr std::size_t max_exceptions = 400;
constexpr std::size_t max_services_with_places = 200;
constexpr std::chrono::days max_tour_length{366};

void check_exceptions(Checker &checker, const Node &list) {
    if (!checker.list(list, "The exceptions", max_exceptions)) {
        return;
    }
    std::set<Day> days;
    for (std::size_t at = 0; at < list.value->size(); ++at) {
        const Node exception = list.at(at);
        if (!checker.object(exception, "An exception")) {
            continue;
        }
        const Node date = exception.at("date");
        const auto day = check_day(checker, date, "The date of an exception", true);
        if (day && !days.insert(*day).second) {
            checker.error(date.pointer, fmt::format("{} has two exceptions: keep one.", day_text(*day)));
        }
        check_hour_spans(checker, exception.at("hours"), "The hours of an exception");
        checker.text(exception.at("note"), {"The note of an exception", 200});
    }
}

void check_rules(Checker &checker, const Node &root) {
    checker.integer(root.at("bufferMinutes"), "The buffer in minutes", 0, max_buffer_minutes);
    checker.integer(root.at("noticeMinutes"), "The shortest notice in minutes", 0, max_notice_minutes);
    checker.integer(root.at("maxDaysAhead"), "The number of days ahead", 1, max_days_ahead_limit);
    checker.integer(root.at("holdHours"), "The hours for which a request holds its time", 0, max_hold_hours);
    const Node step = root.at("startStepMinutes");
    if (step && *step.value != 15 && *step.value != 30 && *step.value != 60) {
        checker.error(step.pointer, "The step between starts must be 15, 30 or 60 minutes.");
    }
}

void check_places(Checker &checker, const Node &list, const char *label) {
    if (!checker.list(list, label, 3)) {
        return;
    }
    if (list.value->empty()) {
        checker.error(list.pointer,
                      fmt::format("{} must name at least one of incall, outcall, travel.", label));
    }
    std::set<std::string> seen;
    for (std::size_t at = 0; at < list.value->size(); ++at) {
        const Node place = list.at(at);
        const std::string text = place.value->is_string() ? place.value->get<std::string>() : std::string();
        if (!parse_service_place(text)) {
            checker.error(place.pointer, "A place must be one of incall, outcall, travel.");
        } else if (!seen.insert(text).second) {
            checker.error(place.pointer, fmt::format("\"{}\" is named twice: keep one.", text));
        }
    }
}

void check_service_places(Checker &checker, const Node &places) {
    if (!checker.object(places, "The places")) {
        return;
    }
    if (places.value->size() > max_services_with_places) {
        checker.error(places.pointer, fmt::format("The places must name at most {} services; there are {}.",
                                                  max_services_with_places, places.value->size()));
        return;
    }
    for (const auto &[service, list] : places.value->items()) {
        check_places(checker, {&list, child_pointer(places.pointer, service)}, "The places of a service");
    }
}

void check_zone(Checker &checker, const Node &zone) {
    if (!zone || !zone.value->is_string() || !is_timezone(zone.value->get_ref<const std::string &>())) {
        checker.error(zone.pointer,
                      "The time zone must be a name such as Australia/Melbourne: region, slash, city.");
    }
}

void check_tour_days(Checker &checker, const Node &root) {
    const auto first = check_day(checker, root.at("firstDay"), "The first day", true);
    const auto last = check_day(checker, root.at("lastDay"), "The last day", true);
    if (first && last && *last < *first) {
        checker.error(root.at("lastDay").pointer,
                      fmt::format("The last day must be {} or later.", day_text(*first)));
    } else if (first && last && *last - *first > max_tour_length) {
        checker.error(root.at("lastDay").pointer,
                      fmt::format("A tour must last at most {} days.", max_tour_length.count()));
    }
}

} // namespace

ValidationIssues validate_availability(const Json &document) {
    Checker checker;
    if (!checker.fit_document(document, "availability")) {
        return checker.take();
    }
    const Node root{&document, ""};
    check_weekly_hours(checker, root.at("weekly"));
    check_exceptions(checker, root.at("exceptions"));
    check_rules(checker, root);
    check_service_places(checker, root.at("places"));
    check_places(checker, root.at("defaultPlaces"), "The default places");
    return checker.take();
}

ValidationIssues validate_tour(const Json &document) {
    Checker checker;
    if (!checker.fit_document(document, "tour")) {
        return checker.take();
    }
    const Node root{&document, ""};
    std::set<std::string> ids;
    checker.id(root.at("id"), "A tour", ids, false);
    checker.text(root.at("city"), {"The city", 100, false, true});
    check_zone(checker, root.at("timezone"));
    check_tour_days(checker, root);
    const Node visibility = root.at("visibility");
    checker.choice(visibility, "The visibility", {"now", "later", "month"});
    const bool later = visibility && *visibility.value == "later";
    check_day(checker, root.at("visibleFrom"), "The day from which the tour is shown", later);
    check_weekly_hours(checker, root.at("weekly"));
    checker.boolean(root.at("incall"), "Incall");
    checker.boolean(root.at("outcall"), "Outcall");
    return checker.take();
}

} // namespace studio::models
