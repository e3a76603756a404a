// SPDX-License-Identifier: Apache-2.0
#include "renderer/events/consent_decision.h"

#include "renderer/visitors/uuid.h"

#include <nlohmann/json.hpp>

namespace studio::renderer {

namespace {

using Json = nlohmann::json;

std::optional<std::vector<std::string>> event_ids(const Json &list) {
    if (!list.is_array() || list.size() > ConsentDecision::max_events) {
        return std::nullopt;
    }
    std::vector<std::string> ids;
    for (const Json &each : list) {
        const auto id = each.is_string() ? Uuid::parse(each.get<std::string>()) : std::nullopt;
        if (!id) {
            return std::nullopt;
        }
        ids.push_back(id->text());
    }
    return ids;
}

std::optional<ConsentDecision> decision_of(std::string_view word) {
    if (word != "accepted" && word != "declined") {
        return std::nullopt;
    }
    return ConsentDecision{word == "accepted", {}};
}

} // namespace

std::optional<ConsentDecision> ConsentDecision::of_json(std::string_view body) {
    const auto document = Json::parse(body, nullptr, false);
    if (!document.is_object() || !document.contains("decision") || !document["decision"].is_string() ||
        document.size() != (document.contains("events") ? 2U : 1U)) {
        return std::nullopt;
    }
    auto decision = decision_of(document["decision"].get<std::string>());
    if (decision && document.contains("events")) {
        auto ids = event_ids(document["events"]);
        if (!ids) {
            return std::nullopt;
        }
        decision->events = std::move(*ids);
    }
    return decision;
}

std::optional<ConsentDecision> ConsentDecision::of_form(std::string_view body) {
    constexpr std::string_view name = "decision=";
    while (!body.empty()) {
        const auto end = body.find('&');
        const std::string_view pair = body.substr(0, end);
        if (pair.starts_with(name)) {
            return decision_of(pair.substr(name.size()));
        }
        body = end == std::string_view::npos ? std::string_view{} : body.substr(end + 1);
    }
    return std::nullopt;
}

} // namespace studio::renderer
