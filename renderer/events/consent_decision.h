// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace studio::renderer {

// What a visitor answers to the question about the cookie: the body of POST /api/consent.
struct ConsentDecision {
    static constexpr std::size_t max_events = 1000;

    bool accepted = false;
    std::vector<std::string> events; // UUIDs of the events that this page load sent before

    // {"decision": "accepted" | "declined", "events": [uuid, …]}, the events optional; nullopt for anything
    // else.
    static std::optional<ConsentDecision> of_json(std::string_view body);
    // "decision=accepted"
    static std::optional<ConsentDecision> of_form(std::string_view body);
};

} // namespace studio::renderer
