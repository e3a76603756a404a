// SPDX-License-Identifier: Apache-2.0
// Feeds bytes to the reader of POST /api/events, and checks that the database accepts what it accepts.
#include "renderer/events/event_batch.h"
#include "renderer/visitors/uuid.h"
#include "tests/fuzz/require.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <string>

namespace {

using namespace studio::renderer;
using studio::fuzz::is_utf8;
using studio::fuzz::require;

constexpr studio::base::Time now{std::chrono::seconds(1'795'430'400)};

bool is_plain(std::string_view text) {
    return is_utf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
           });
}

void check(const ReportedEvent &event) {
    const auto id = Uuid::parse(event.id);
    require(id && id->text() == event.id);
    require(event.at <= now && event.at >= now - max_age);
    require(event.page.empty() || event.page == other_value || event.page.starts_with('/'));
    require(event.page.size() <= 255 * 4 && is_plain(event.page));
    require(is_plain(event.data) && is_plain(event.variant_id));
    require(event.test_id.empty() || Uuid::parse(event.test_id));
    const auto data = nlohmann::json::parse(event.data, nullptr, false);
    require(data.is_object());
    for (const auto &[key, value] : data.items()) {
        const auto known = data_key(key);
        require(known && (keys_of(event.type) & bit(*known)));
        require(value.is_number_unsigned() == (rule_of(*known).kind == DataKind::Number));
    }
}

void check(const Arrival &arrival) {
    for (const std::string &text : {arrival.referrer, arrival.utm_source, arrival.utm_medium,
                                    arrival.utm_campaign, arrival.utm_term, arrival.utm_content}) {
        require(is_plain(text) && text.size() <= 400);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string body(reinterpret_cast<const char *>(data), size);
    // The Referer field may have any bytes, so the body's bytes are used for it too.
    const auto read = read_event_batch(body, now, {}, body);
    if (const auto *error = std::get_if<BatchError>(&read)) {
        require(!error->message.empty() && is_plain(error->message));
        return 0;
    }
    const auto &batch = std::get<EventBatch>(read);
    require(!batch.events.empty() && batch.events.size() <= max_events_in_batch);
    for (const ReportedEvent &event : batch.events) {
        check(event);
    }
    if (batch.arrival) {
        check(*batch.arrival);
    }
    return 0;
}
