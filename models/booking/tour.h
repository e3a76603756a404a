// SPDX-License-Identifier: Apache-2.0
// A companion's stay in another city. Stored as a JSON document; unknown keys are preserved.
#pragma once

#include "models/booking/availability.h"

#include <optional>
#include <string>
#include <vector>

namespace studio::models {

enum class TourVisibility { Now, Later, Month };

// Days in another city, on which the tour's zone and hours replace those of home.
struct Tour {
    std::string id, city;
    std::string timezone; // IANA name
    Day first_day{}, last_day{};
    TourVisibility visibility = TourVisibility::Now;
    std::optional<Day> visible_from;     // with Later: a date at home
    std::optional<WeeklyHours> weekly;   // none: the weekly hours of home, on the tour's clock
    std::optional<bool> incall, outcall; // offered there or not; none: as the service is at home
    bool operator==(const Tour &) const = default;
};

// Lenient: an invalid date becomes 1970-01-01, an unknown zone default_timezone (models/values/timezone.h).
Tour read_tour(const Json &document);
Json write_tour(const Tour &tour, Json document);

// The first other tour (by id) that has a day in common with this one, or nullptr.
const Tour *overlapping_tour(const std::vector<Tour> &tours, const Tour &tour);

// Whether the public may see the tour's days; a tour shown by month alone never shows them.
bool shows_days(const Tour &tour, Day today_at_home);
// Whether the public may see that the tour will be, by its month and city at least.
bool shows_month(const Tour &tour, Day today_at_home);

// The kinds of places at which a service is offered, at home or on a tour. Empty: it is not offered on that
// tour.
ServicePlaces places_of_service(const Availability &availability, const std::string &service_id,
                                const Tour *tour);
// The same at home and on every tour whose days the public may see and that is not over, together.
ServicePlaces places_of_service(const Availability &availability, const std::string &service_id,
                                const std::vector<Tour> &tours, Day today_at_home);

} // namespace studio::models
