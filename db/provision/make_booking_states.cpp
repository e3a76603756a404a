// SPDX-License-Identifier: Apache-2.0
// Run while building: make_booking_states OUTPUT
// Writes the function that gives a booking's next status, from the table of models/booking/booking_state.h.
#include "models/booking/booking_state.h"

#include <fstream>
#include <iostream>
#include <string>

namespace {

constexpr const char *head = R"(-- Made while building from models/booking/booking_state.h.

-- Null where the action is not allowed in that state.
CREATE FUNCTION booking_next_status(action text, from_status text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE action || ' ' || from_status
)";

constexpr const char *tail = R"(    END
$$;

-- True where some action leads from the one to the other.
CREATE FUNCTION booking_may_become(from_status text, to_status text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM unnest(ARRAY[@ACTIONS@]) AS a (action)
                   WHERE booking_next_status(a.action, from_status) = to_status)
$$;
)";

std::string actions() {
    std::string list;
    for (const auto action : studio::models::booking_actions()) {
        list.append(list.empty() ? "'" : ", '").append(to_string(action)).append("'");
    }
    return list;
}

} // namespace

int main(int count, char **arguments) {
    if (count != 2) {
        return 2;
    }
    std::ofstream out(arguments[1]);
    out << head;
    for (const auto action : studio::models::booking_actions()) {
        for (const auto from : studio::models::booking_statuses()) {
            if (const auto to = studio::models::next_status(action, from)) {
                out << "        WHEN '" << to_string(action) << ' ' << to_string(from) << "' THEN '"
                    << to_string(*to) << "'\n";
            }
        }
    }
    std::string end = tail;
    end.replace(end.find("@ACTIONS@"), 9, actions());
    out << end;
    if (!out.flush()) {
        std::cerr << "cannot write " << arguments[1] << '\n';
        return 1;
    }
    return 0;
}
