// SPDX-License-Identifier: Apache-2.0
#include "models/content.h"
#include "models/web_address.h"

#include <algorithm>
#include <array>

namespace studio::models {

namespace {

struct Platform {
    std::string_view key, label;
    std::string_view prefix; // the handle follows; "" where only a URL will do
};

constexpr std::array platforms = {
    Platform{"instagram", "Instagram", "https://www.instagram.com/"},
    Platform{"twitter", "Twitter", "https://x.com/"},
    Platform{"x", "X", "https://x.com/"},
    Platform{"bluesky", "Bluesky", "https://bsky.app/profile/"},
    Platform{"facebook", "Facebook", "https://www.facebook.com/"},
    Platform{"tiktok", "TikTok", "https://www.tiktok.com/@"},
    Platform{"linkedin", "LinkedIn", "https://www.linkedin.com/in/"},
    Platform{"youtube", "YouTube", "https://www.youtube.com/@"},
    Platform{"threads", "Threads", "https://www.threads.net/@"},
    Platform{"pinterest", "Pinterest", "https://www.pinterest.com/"},
    Platform{"snapchat", "Snapchat", "https://www.snapchat.com/add/"},
    Platform{"telegram", "Telegram", "https://t.me/"},
    Platform{"whatsapp", "WhatsApp", "https://wa.me/"},
    Platform{"reddit", "Reddit", "https://www.reddit.com/user/"},
    Platform{"medium", "Medium", "https://medium.com/@"},
    Platform{"vimeo", "Vimeo", "https://vimeo.com/"},
    Platform{"twitch", "Twitch", "https://www.twitch.tv/"},
    Platform{"tumblr", "Tumblr", "https://www.tumblr.com/"},
    Platform{"linktree", "Linktree", "https://linktr.ee/"},
    Platform{"mastodon", "Mastodon", ""},
    Platform{"website", "Website", ""},
    Platform{"blog", "Blog", ""},
};

const Platform *find_platform(std::string_view key) {
    const auto found = std::find_if(platforms.begin(), platforms.end(),
                                    [&](const Platform &platform) { return platform.key == key; });
    return found == platforms.end() ? nullptr : &*found;
}

bool is_handle(std::string_view text) {
    return !text.empty() && text.size() <= 100 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '_' || c == '-';
    });
}

std::optional<std::string> mastodon_url(std::string_view handle) {
    const std::size_t at = handle.find('@');
    if (at == std::string_view::npos || !is_handle(handle.substr(0, at)) ||
        !is_host_name(handle.substr(at + 1)))
        return std::nullopt;
    return "https://" + std::string(handle.substr(at + 1)) + "/@" + std::string(handle.substr(0, at));
}

std::optional<std::string> whatsapp_url(std::string_view number) {
    std::string digits;
    for (const char c : number) {
        if (c >= '0' && c <= '9')
            digits += c;
        else if (c != '+' && c != ' ' && c != '-' && c != '(' && c != ')')
            return std::nullopt;
    }
    if (digits.size() < 7 || digits.size() > 15)
        return std::nullopt;
    return "https://wa.me/" + digits;
}

} // namespace

std::optional<std::string> social_url(const SocialLink &link) {
    if (is_http_url(link.value))
        return link.value;
    const Platform *platform = find_platform(link.platform);
    if (!platform)
        return std::nullopt;
    std::string_view handle = link.value;
    if (handle.starts_with('@'))
        handle.remove_prefix(1);
    if (link.platform == "mastodon")
        return mastodon_url(handle);
    if (link.platform == "whatsapp")
        return whatsapp_url(handle);
    if (platform->prefix.empty() || !is_handle(handle))
        return std::nullopt;
    std::string url = std::string(platform->prefix) + std::string(handle);
    if (link.platform == "bluesky" && handle.find('.') == std::string_view::npos)
        url += ".bsky.social";
    return url;
}

std::string social_label(const std::string &platform) {
    if (const Platform *known = find_platform(platform))
        return std::string(known->label);
    std::string label = platform;
    if (!label.empty() && label.front() >= 'a' && label.front() <= 'z')
        label.front() = static_cast<char>(label.front() - 'a' + 'A');
    return label;
}

} // namespace studio::models
