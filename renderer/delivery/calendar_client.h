// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/delivery/address_guard.h"
#include "renderer/delivery/curl_handle.h"
#include "renderer/delivery/outgoing_settings.h"

#include <chrono>
#include <string>

namespace studio::renderer {

struct CalendarAnswer {
    std::string text;    // as received; at most max_calendar_bytes
    std::string problem; // a sentence for people; where it is not empty there is no text
};

// Gets calendar files from addresses that tenants chose, behind an AddressGuard: 10 s in all, 2 MB. One
// thread at a time.
class CalendarClient final {
public:
    CalendarClient(WebhookRules rules, const StopFlag &stop,
                   std::chrono::milliseconds patience = std::chrono::seconds(10));

    // Does not throw.
    CalendarAnswer get(const std::string &url);

private:
    const WebhookRules m_rules;
    const StopFlag &m_stop;
    const std::chrono::milliseconds m_patience;
    CurlHandle m_curl;
};

} // namespace studio::renderer
