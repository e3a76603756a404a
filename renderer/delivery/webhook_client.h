// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time.h"
#include "renderer/delivery/address_guard.h"
#include "renderer/delivery/curl_handle.h"
#include "renderer/delivery/delivery.h"
#include "renderer/delivery/outgoing_settings.h"

#include <chrono>
#include <string>
#include <string_view>

namespace studio::renderer {

// "t=<seconds>,v1=<hex of HMAC-SHA256(secret, seconds "." body)>"
std::string webhook_signature(std::string_view secret, base::Time at, std::string_view body);

// Posts to addresses that tenants chose, behind an AddressGuard: 10 s in all, and the answer's body is
// ignored. One thread at a time.
class WebhookClient final : public WebhookTransport {
public:
    WebhookClient(WebhookRules rules, const StopFlag &stop,
                  std::chrono::milliseconds patience = std::chrono::seconds(10));

    Delivery post(const std::string &url, const std::string &body, const HeaderFields &fields) override;

private:
    const WebhookRules m_rules;
    const StopFlag &m_stop;
    const std::chrono::milliseconds m_patience;
    CurlHandle m_curl;
};

} // namespace studio::renderer
