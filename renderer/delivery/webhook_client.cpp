// SPDX-License-Identifier: Apache-2.0
#include "renderer/delivery/webhook_client.h"

#include "renderer/visitors/message_key.h"

#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <vector>

namespace studio::renderer {

namespace {

std::vector<IpNetwork> networks(std::initializer_list<const char *> texts) {
    std::vector<IpNetwork> list;
    for (const char *text : texts) {
        list.push_back(IpNetwork::parse(text).value());
    }
    return list;
}

// https://www.iana.org/assignments/iana-ipv4-special-registry
const std::vector<IpNetwork> &special_v4() {
    static const std::vector<IpNetwork> list =
        networks({"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
                  "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
                  "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
                  "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"});
    return list;
}

// Global unicast is 2000::/3; of it, https://www.iana.org/assignments/iana-ipv6-special-registry
const std::vector<IpNetwork> &special_v6() {
    static const std::vector<IpNetwork> list =
        networks({"2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"});
    return list;
}

bool is_in(const std::vector<IpNetwork> &list, const IpAddress &address) {
    return std::any_of(list.begin(), list.end(),
                       [&](const IpNetwork &network) { return network.contains(address); });
}

std::size_t ignore(char *, std::size_t size, std::size_t count, void *) {
    return size * count;
}

bool to_address(const sockaddr &from, IpAddress &to) {
    IpAddress::Bytes bytes{};
    if (from.sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &from, sizeof v4);
        bytes[10] = bytes[11] = 0xff;
        std::memcpy(bytes.data() + 12, &v4.sin_addr, 4);
    } else if (from.sa_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &from, sizeof v6);
        std::memcpy(bytes.data(), &v6.sin6_addr, 16);
    } else {
        return false;
    }
    to = IpAddress(bytes);
    return true;
}

} // namespace

bool is_public_address(const IpAddress &address) {
    if (address.is_v4()) {
        return !is_in(special_v4(), address);
    }
    static const IpNetwork global = *IpNetwork::parse("2000::/3");
    return global.contains(address) && !is_in(special_v6(), address);
}

std::string webhook_signature(std::string_view secret, base::Time at, std::string_view body) {
    const std::string time = std::to_string(base::to_seconds(at));
    std::string text = "t=" + time + ",v1=";
    for (const char byte : MessageKey(secret).sign({time, ".", body})) {
        text += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    }
    return text;
}

WebhookClient::WebhookClient(WebhookRules rules, const StopFlag &stop, std::chrono::milliseconds patience)
    : m_rules(rules), m_stop(stop), m_patience(patience) {}

curl_socket_t WebhookClient::open_socket(void *user, curlsocktype, curl_sockaddr *address) {
    Guard &guard = *static_cast<Guard *>(user);
    IpAddress target;
    if (!to_address(address->addr, target) || (!guard.allow_private && !is_public_address(target))) {
        guard.refused = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

Delivery WebhookClient::post(const std::string &url, const std::string &body, const HeaderFields &fields) {
    Guard guard{m_rules.allow_private, false};
    CurlList list;
    list.add("Content-Type: application/json");
    list.add("Expect:");
    for (const auto &[name, value] : fields) {
        list.add(name + ": " + value);
    }
    m_curl.reset(m_rules.allow_insecure ? "https,http" : "https", std::chrono::seconds(5), m_patience,
                 m_stop);
    m_curl.set(CURLOPT_URL, url.c_str());
    // Never reuses a connection of an earlier call, whose address was checked for another host name.
    m_curl.set(CURLOPT_FRESH_CONNECT, 1L);
    m_curl.set(CURLOPT_FORBID_REUSE, 1L);
    m_curl.set(CURLOPT_OPENSOCKETFUNCTION, &WebhookClient::open_socket);
    m_curl.set(CURLOPT_OPENSOCKETDATA, &guard);
    m_curl.set(CURLOPT_USERAGENT, "companion-studio");
    m_curl.set(CURLOPT_HTTPHEADER, list.pointer());
    m_curl.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    m_curl.set(CURLOPT_POSTFIELDS, body.data());
    m_curl.set(CURLOPT_WRITEFUNCTION, ignore);
    const CURLcode code = m_curl.perform();
    if (guard.refused && code != CURLE_OK) {
        return {Delivery::Result::Refused, "webhook_private_address"};
    }
    if (code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT) {
        return {Delivery::Result::Refused, "webhook_address_invalid"};
    }
    if (code != CURLE_OK) {
        return {Delivery::Result::Later, fmt::format("webhook_{}", failure_code(code))};
    }
    const long status = m_curl.response_code();
    if (status >= 200 && status < 300) {
        return {};
    }
    return {status == 410 ? Delivery::Result::Refused : Delivery::Result::Later,
            fmt::format("webhook_{}", status)};
}

} // namespace studio::renderer
