// SPDX-License-Identifier: Apache-2.0
// Turns what people type or paste into addresses of profiles.
#include "models/documents/social_links.h"

#include "base/host.h"
#include "base/telephone.h"
#include "base/text.h"
#include "models/analytics/network.h"
#include "models/documents/content.h"
#include "models/values/web_address.h"

#include <algorithm>

namespace studio::models {

namespace {

bool is_handle(std::string_view text) {
    return !text.empty() && text.size() <= 100 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '_' || c == '-';
    });
}

std::optional<std::string> mastodon_url(std::string_view handle) {
    const std::size_t at = handle.find('@');
    if (at == std::string_view::npos || !is_handle(handle.substr(0, at)) ||
        !base::is_host_name(handle.substr(at + 1))) {
        return std::nullopt;
    }
    return "https://" + base::plain_host(handle.substr(at + 1)) + "/@" + std::string(handle.substr(0, at));
}

std::optional<std::string> whatsapp_url(std::string_view number) {
    const auto dialled = base::normal_telephone(number, "");
    const auto digits = dialled ? dialled : base::telephone_to_dial(number, "");
    if (!digits || digits->size() < 8) {
        return std::nullopt;
    }
    return "https://wa.me/" + digits->substr(digits->starts_with('+') ? 1 : 0);
}

// "instagram.com/claire": an address that begins with a host name and only lacks "https://".
std::optional<std::string> url_without_scheme(std::string_view text) {
    const std::size_t end = std::min(text.find_first_of("/?#"), text.size());
    const std::string_view host = text.substr(0, end);
    const bool public_name = base::is_host_name(host) && host.find('.') != std::string_view::npos;
    const std::string url = "https://" + std::string(text);
    return public_name && is_http_url(url) ? std::optional(url) : std::nullopt;
}

// Whether the address is a network's own front page and so nobody's profile.
bool is_front_page(std::string_view url, std::string_view network) {
    const std::string host = base::plain_host(url);
    const auto origin = origin_of_host(host);
    const std::size_t path = url.find('/', url.find("://") + 3);
    return origin && origin->source == network && (path == std::string_view::npos || path + 1 == url.size());
}

} // namespace

std::optional<std::string> social_url(const SocialLink &link) {
    const std::string value = base::clean_line(link.value);
    const std::string network = network_name(link.platform);
    if (is_http_url(value)) {
        return value;
    }
    std::string_view handle = value;
    if (handle.starts_with('@')) {
        handle.remove_prefix(1);
    }
    if (network == "whatsapp" && handle.find_first_of("0123456789") == handle.find_first_not_of("+(")) {
        if (const auto url = whatsapp_url(handle)) {
            return url;
        }
    }
    if (network == "mastodon" && handle.find('@') != std::string_view::npos &&
        handle.find('/') == std::string_view::npos) {
        return mastodon_url(handle);
    }
    const auto url = url_without_scheme(value);
    const bool names_the_network =
        url && origin_of_host(base::plain_host(*url)).value_or(Origin{}).source == network;
    const std::string_view prefix = profile_prefix(network);
    if (names_the_network && network != "bluesky") {
        return is_front_page(*url, network) ? std::nullopt : url;
    }
    if (prefix.empty() || network == "whatsapp" || !is_handle(handle)) {
        return url;
    }
    std::string address = std::string(prefix) + std::string(handle);
    if (network == "bluesky" && handle.find('.') == std::string_view::npos) {
        address += ".bsky.social";
    }
    return address;
}

std::string social_label(const std::string &platform) {
    return base::lower_case(base::clean_line(platform)) == "x" ? "X" : network_label(network_name(platform));
}

} // namespace studio::models
