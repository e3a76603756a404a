// SPDX-License-Identifier: Apache-2.0
#include "renderer/delivery/address_guard.h"

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

curl_socket_t AddressGuard::open_socket(void *user, curlsocktype, curl_sockaddr *address) {
    AddressGuard &guard = *static_cast<AddressGuard *>(user);
    IpAddress target;
    if (!to_address(address->addr, target) || (!guard.m_rules.allow_private && !is_public_address(target))) {
        guard.m_refused = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

void AddressGuard::prepare(CurlHandle &curl, const std::string &url, std::chrono::milliseconds patience,
                           const StopFlag &stop) {
    curl.reset(m_rules.allow_insecure ? "https,http" : "https", std::chrono::seconds(5), patience, stop);
    curl.set(CURLOPT_URL, url.c_str());
    // Never a connection of an earlier call: its address was checked for another host name.
    curl.set(CURLOPT_FRESH_CONNECT, 1L);
    curl.set(CURLOPT_FORBID_REUSE, 1L);
    curl.set(CURLOPT_OPENSOCKETFUNCTION, &AddressGuard::open_socket);
    curl.set(CURLOPT_OPENSOCKETDATA, this);
    curl.set(CURLOPT_USERAGENT, "companion-studio");
}

} // namespace studio::renderer
