// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/delivery/curl_handle.h"
#include "renderer/delivery/outgoing_settings.h"
#include "renderer/support/ip_address.h"

#include <string>

namespace studio::renderer {

// Whether an address belongs to the public internet: not to this machine, a private network, a link, a
// documentation range, or to a range that carries other addresses inside (IANA special-purpose registries).
bool is_public_address(const IpAddress &address);

// For transfers to addresses that tenants chose, of which none is trusted: https alone, no redirects, and the
// address is checked when the socket is opened, after the name was resolved. `rules` can allow more, for
// tests and private networks.
class AddressGuard final {
public:
    explicit AddressGuard(WebhookRules rules) : m_rules(rules) {}
    AddressGuard(const AddressGuard &) = delete;
    AddressGuard &operator=(const AddressGuard &) = delete;

    // Prepares the handle for one transfer; the guard and `url` must outlive it.
    void prepare(CurlHandle &curl, const std::string &url, std::chrono::milliseconds patience,
                 const StopFlag &stop);
    // The address was not public, so nothing was sent.
    bool refused() const { return m_refused; }

private:
    static curl_socket_t open_socket(void *guard, curlsocktype purpose, curl_sockaddr *address);

    const WebhookRules m_rules;
    bool m_refused = false;
};

} // namespace studio::renderer
