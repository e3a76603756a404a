// SPDX-License-Identifier: Apache-2.0
#include "renderer/events/event_batch.h"

#include "renderer/events/event_data.h"
#include "renderer/visitors/uuid.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace studio::renderer {

namespace {

constexpr std::size_t max_page_characters = 255;

constexpr base::Time no_time = base::Time::min();
constexpr std::string_view time_form =
    "must be a time such as 2026-11-23T08:00:00Z, or milliseconds since 1970";

// Handles the JSON parser's events. It tracks five levels of nesting: before the body's object, in it, in its
// list of events, in an event, in an event's data.
class BatchHandler final {
public:
    using Json = nlohmann::json;
    BatchHandler(base::Time now, const KnownValues &known, std::string_view referer)
        : m_now(now), m_known(known), m_referer(referer) {}

    EventBatch &batch() { return m_batch; }
    std::string &error() { return m_error; }

    bool null() { return refuse(wrong_kind()); }
    bool boolean(bool) { return refuse(wrong_kind()); }
    bool number_integer(Json::number_integer_t value) { return number(value, static_cast<double>(value)); }
    bool number_unsigned(Json::number_unsigned_t value) {
        const bool fits = value <= static_cast<std::uint64_t>(INT64_MAX);
        return number(fits ? static_cast<std::int64_t>(value) : INT64_MAX, static_cast<double>(value));
    }
    bool number_float(Json::number_float_t value, const std::string &) { return number(-1, value); }
    bool binary(Json::binary_t &) { return refuse(wrong_kind()); }
    bool string(std::string &value);
    bool start_object(std::size_t);
    bool key(std::string &name);
    bool end_object();
    bool start_array(std::size_t);
    bool end_array();
    bool parse_error(std::size_t position, const std::string &, const Json::exception &) {
        m_error = fmt::format("the body is not valid JSON at byte {}", position);
        return false;
    }

private:
    enum class Place { Start, Body, List, Event, Data, Done };
    enum class EventKey { None, Id, Type, At, Data, Page };

    bool number(std::int64_t whole, double value);
    bool take_id(const std::string &value);
    bool take_time(std::optional<base::Time> at);
    void correct_times();
    bool take_page(const std::string &value);
    bool begin_event();
    bool start_data_key(const std::string &name);
    bool finish_event();
    bool finish_data();
    std::string page_of_referer() const;
    void note_arrival();

    std::string place() const;
    std::string wrong_kind() const;
    bool refuse(std::string_view why) { return refuse_at(place(), why); }
    bool taken(std::string_view problem) { return problem.empty() || refuse(problem); }
    bool refuse_at(std::string_view where, std::string_view why) {
        m_error = where.empty() ? std::string(why) : fmt::format("{}: {}", where, why);
        return false;
    }
    std::string event_place() const { return fmt::format("events[{}]", m_batch.events.size()); }
    bool refuse_in_event(std::string_view field, std::string_view why) {
        return refuse_at(fmt::format("{}.{}", event_place(), field), why);
    }

    const base::Time m_now;
    const KnownValues &m_known;
    const std::string_view m_referer;
    EventBatch m_batch;
    std::string m_error;
    Place m_place = Place::Start;
    bool m_has_list = false;
    bool m_at_clock = false; // the next value is the body's "now"
    std::optional<base::Time> m_device_now;

    ReportedEvent m_event;
    EventKey m_event_key = EventKey::None;
    unsigned m_event_keys = 0;
    EventData m_data;
};

constexpr std::array<std::string_view, 6> event_key_names{"", "id", "type", "at", "data", "page"};

std::string BatchHandler::place() const {
    switch (m_place) {
    case Place::Body:
        return m_at_clock ? "now" : "events";
    case Place::List:
        return event_place();
    case Place::Event:
        return fmt::format("{}.{}", event_place(), event_key_names[static_cast<std::size_t>(m_event_key)]);
    case Place::Data:
        return fmt::format("{}.data.{}", event_place(), m_data.key_name());
    case Place::Start:
    case Place::Done:
        break;
    }
    return {};
}

std::string BatchHandler::wrong_kind() const {
    switch (m_place) {
    case Place::Body:
        return std::string(m_at_clock ? time_form : "must be a list");
    case Place::List:
        return "must be an object";
    case Place::Event:
        switch (m_event_key) {
        case EventKey::At:
            return std::string(time_form);
        case EventKey::Data:
            return "must be an object";
        default:
            return "must be text";
        }
    case Place::Data:
        return m_data.expected_kind();
    case Place::Start:
    case Place::Done:
        break;
    }
    return "the body must be an object";
}

bool BatchHandler::start_object(std::size_t) {
    if (m_place == Place::Start) {
        m_place = Place::Body;
        return true;
    }
    if (m_place == Place::List) {
        return begin_event();
    }
    if (m_place == Place::Event && m_event_key == EventKey::Data) {
        m_place = Place::Data;
        return true;
    }
    return refuse(wrong_kind());
}

bool BatchHandler::begin_event() {
    if (m_batch.events.size() == max_events_in_batch) {
        return refuse_at("events", fmt::format("must hold 1 to {} events", max_events_in_batch));
    }
    m_place = Place::Event;
    m_event = {};
    m_event.at = no_time;
    m_event_keys = 0;
    m_data.clear();
    return true;
}

bool BatchHandler::key(std::string &name) {
    if (m_place == Place::Body) {
        m_at_clock = name == "now";
        if (!m_at_clock && name != "events") {
            return refuse("the body has an unknown key");
        }
        if (m_at_clock ? m_device_now.has_value() : m_has_list) {
            return refuse("appears twice");
        }
        return true;
    }
    if (m_place == Place::Event) {
        const auto found = std::find(event_key_names.begin() + 1, event_key_names.end(), name);
        if (found == event_key_names.end()) {
            return refuse_at(event_place(), "has an unknown key");
        }
        m_event_key = static_cast<EventKey>(found - event_key_names.begin());
        const unsigned mask = 1u << static_cast<unsigned>(m_event_key);
        if (m_event_keys & mask) {
            return refuse("appears twice");
        }
        m_event_keys |= mask;
        return true;
    }
    return start_data_key(name);
}

bool BatchHandler::start_data_key(const std::string &name) {
    const auto known = data_key(name);
    if (!known) {
        return refuse_in_event("data", "has an unknown key");
    }
    return m_data.start_key(*known) || refuse("appears twice");
}

bool BatchHandler::string(std::string &value) {
    if (m_place == Place::Data) {
        return taken(m_data.take_text(value));
    }
    if (m_place == Place::Body && m_at_clock) {
        return take_time(parse_rfc3339(value));
    }
    if (m_place != Place::Event) {
        return refuse(wrong_kind());
    }
    switch (m_event_key) {
    case EventKey::Id:
        return take_id(value);
    case EventKey::Type:
        if (const auto type = event_type(value)) {
            m_event.type = *type;
            return true;
        }
        return refuse("is not a known event type");
    case EventKey::At:
        return take_time(parse_rfc3339(value));
    case EventKey::Page:
        return take_page(value);
    default:
        return refuse(wrong_kind());
    }
}

bool BatchHandler::take_id(const std::string &value) {
    const auto id = Uuid::parse(value);
    if (!id) {
        return refuse("must be a uuid such as 3f0c0e3e-5a4b-4c6d-8e9f-0123456789ab");
    }
    m_event.id = id->text();
    return true;
}

bool BatchHandler::take_time(std::optional<base::Time> at) {
    if (!at) {
        return refuse(wrong_kind());
    }
    if (m_place == Place::Body) {
        m_device_now = at;
    } else {
        m_event.at = *at;
    }
    return true;
}

void BatchHandler::correct_times() {
    const base::Time::duration correction = m_device_now ? m_now - *m_device_now : base::Time::duration(0);
    for (ReportedEvent &event : m_batch.events) {
        const base::Time at = event.at == no_time ? m_now : event.at + correction;
        event.at = std::clamp(at, m_now - max_age, m_now);
    }
}

bool BatchHandler::take_page(const std::string &value) {
    auto path = page_path(value, max_page_characters);
    if (!path || value.size() > max_address_bytes) {
        return refuse(
            fmt::format("must be a path such as /book, of at most {} characters", max_page_characters));
    }
    m_event.page = std::move(*path);
    return true;
}

bool BatchHandler::number(std::int64_t whole, double value) {
    const bool is_time =
        m_place == Place::Body ? m_at_clock : m_place == Place::Event && m_event_key == EventKey::At;
    if (is_time) {
        const bool sound = value >= 0 && value < 1e14;
        return take_time(sound
                             ? std::optional(base::from_microseconds(static_cast<std::int64_t>(value * 1000)))
                             : std::nullopt);
    }
    if (m_place != Place::Data) {
        return refuse(wrong_kind());
    }
    return taken(m_data.take_number(whole));
}

bool BatchHandler::end_object() {
    if (m_place == Place::Data) {
        m_place = Place::Event;
        return true;
    }
    if (m_place == Place::Event) {
        return finish_event();
    }
    m_place = Place::Done;
    if (!m_has_list || m_batch.events.empty()) {
        return refuse_at("events", fmt::format("must hold 1 to {} events", max_events_in_batch));
    }
    correct_times();
    return true;
}

bool BatchHandler::finish_event() {
    if (!(m_event_keys & (1u << static_cast<unsigned>(EventKey::Id)))) {
        return refuse_in_event("id", "is needed");
    }
    if (!(m_event_keys & (1u << static_cast<unsigned>(EventKey::Type)))) {
        return refuse_in_event("type", "is needed");
    }
    if (!finish_data()) {
        return false;
    }
    m_batch.events.push_back(std::move(m_event));
    m_place = Place::List;
    return true;
}

bool BatchHandler::finish_data() {
    if (const auto foreign = m_data.foreign_key(m_event.type)) {
        return refuse_in_event(fmt::format("data.{}", rule_of(*foreign).name),
                               fmt::format("does not belong to {}", to_string(m_event.type)));
    }
    m_event.data = m_data.json(m_event.type, m_known);
    if (m_event.type == EventType::PageView) {
        if (m_event.page.empty()) {
            m_event.page = m_data.has(DataKey::Url) ? m_data.text(DataKey::Url) : page_of_referer();
        }
        note_arrival();
    }
    m_event.page = known_page(m_event.page);
    if (m_event.type == EventType::AbTestAssigned && m_data.has(DataKey::TestId) &&
        m_data.has(DataKey::VariantId)) {
        m_event.test_id = m_data.text(DataKey::TestId);
        m_event.variant_id = m_data.text(DataKey::VariantId);
    }
    return true;
}

// The page from the Referer field, which unlike the JSON body may contain any bytes.
std::string BatchHandler::page_of_referer() const {
    const auto path = page_path(m_referer, max_page_characters);
    const bool sound = path && std::all_of(path->begin(), path->end(), [](char c) { return c > 0; });
    return sound ? *path : std::string();
}

void BatchHandler::note_arrival() {
    if (m_batch.arrival) {
        return;
    }
    m_batch.arrival = Arrival{m_data.text(DataKey::Referrer),  m_data.text(DataKey::UtmSource),
                              m_data.text(DataKey::UtmMedium), m_data.text(DataKey::UtmCampaign),
                              m_data.text(DataKey::UtmTerm),   m_data.text(DataKey::UtmContent)};
}

bool BatchHandler::start_array(std::size_t) {
    if (m_place != Place::Body || m_at_clock) {
        return refuse(wrong_kind());
    }
    m_has_list = true;
    m_place = Place::List;
    return true;
}

bool BatchHandler::end_array() {
    m_place = Place::Body;
    return true;
}

} // namespace

std::variant<EventBatch, BatchError> read_event_batch(std::string_view body, base::Time now,
                                                      const KnownValues &known, std::string_view referer) {
    BatchHandler handler(now, known, referer);
    if (!nlohmann::json::sax_parse(body.data(), body.data() + body.size(), &handler)) {
        return BatchError{std::move(handler.error())};
    }
    return std::move(handler.batch());
}

} // namespace studio::renderer
