// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time.h"
#include "renderer/delivery/curl_handle.h"
#include "renderer/delivery/delivery.h"
#include "renderer/delivery/outgoing_settings.h"
#include "renderer/support/ip_address.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace studio::renderer {

// Whether an address belongs to everybody's internet: not to this machine, a private network, a link, a
// documentation range, or to a range that carries other addresses inside (IANA special-purpose registries).
bool is_public_address(const IpAddress &address);

// "t=<seconds>,v1=<hex of HMAC-SHA256(secret, seconds "." body)>"
std::string webhook_signature(std::string_view secret, base::Time at, std::string_view body);

// Posts to addresses that tenants chose, so it trusts none of them: the address is looked at when the socket
// is opened, after the name was resolved; no redirects, 10 s in all, and the answer is not kept. One thread
// at a time.
class WebhookClient final : public WebhookTransport {
public:
    WebhookClient(WebhookRules rules, const StopFlag &stop,
                  std::chrono::milliseconds patience = std::chrono::seconds(10));

    Delivery post(const std::string &url, const std::string &body, const HeaderFields &fields) override;

private:
    struct Guard {
        bool allow_private = false, refused = false;
    };
    static curl_socket_t open_socket(void *guard, curlsocktype purpose, curl_sockaddr *address);

    const WebhookRules m_rules;
    const StopFlag &m_stop;
    const std::chrono::milliseconds m_patience;
    CurlHandle m_curl;
};

} // namespace studio::renderer
