// SPDX-License-Identifier: Apache-2.0
#include "models/analytics/traffic_source.h"

#include <algorithm>
#include <array>
#include <utility>

namespace studio::models {

namespace {

using Alias = std::pair<std::string_view, std::string_view>;
constexpr std::array aliases{
    Alias{"ig", "instagram"},
    Alias{"insta", "instagram"},
    Alias{"instagram.com", "instagram"},
    Alias{"l.instagram.com", "instagram"},
    Alias{"m.instagram.com", "instagram"},
    Alias{"x", "twitter"},
    Alias{"t.co", "twitter"},
    Alias{"x.com", "twitter"},
    Alias{"twitter.com", "twitter"},
    Alias{"mobile.twitter.com", "twitter"},
    Alias{"fb", "facebook"},
    Alias{"facebook.com", "facebook"},
    Alias{"m.facebook.com", "facebook"},
    Alias{"l.facebook.com", "facebook"},
    Alias{"lm.facebook.com", "facebook"},
    Alias{"tiktok.com", "tiktok"},
    Alias{"vm.tiktok.com", "tiktok"},
    Alias{"reddit.com", "reddit"},
    Alias{"old.reddit.com", "reddit"},
    Alias{"out.reddit.com", "reddit"},
    Alias{"bsky", "bluesky"},
    Alias{"bsky.app", "bluesky"},
    Alias{"go.bsky.app", "bluesky"},
    Alias{"linkedin.com", "linkedin"},
    Alias{"lnkd.in", "linkedin"},
    Alias{"youtube.com", "youtube"},
    Alias{"m.youtube.com", "youtube"},
    Alias{"youtu.be", "youtube"},
    Alias{"pinterest.com", "pinterest"},
    Alias{"pin.it", "pinterest"},
    Alias{"bing.com", "bing"},
    Alias{"ddg", "duckduckgo"},
    Alias{"duckduckgo.com", "duckduckgo"},
    Alias{"yahoo.com", "yahoo"},
    Alias{"ecosia.org", "ecosia"},
};
constexpr std::array<std::string_view, 5> searches{"google", "bing", "duckduckgo", "yahoo", "ecosia"};
constexpr std::array<std::string_view, 9> socials{"instagram", "twitter",  "facebook", "tiktok",   "reddit",
                                                  "bluesky",   "linkedin", "youtube",  "pinterest"};
constexpr std::size_t most_characters = 100;

// Without spaces around it, ASCII letters in lower case.
std::string plain(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    if (first == std::string_view::npos)
        return {};
    std::string result(text.substr(first, text.find_last_not_of(' ') - first + 1));
    for (char &c : result)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return result;
}

std::string cut(const std::string &text) {
    std::size_t characters = 0;
    for (std::size_t at = 0; at < text.size(); ++at)
        if ((static_cast<unsigned char>(text[at]) & 0xc0) != 0x80 && ++characters > most_characters)
            return text.substr(0, at);
    return text;
}

std::string source_name(std::string name) {
    if (name.starts_with("www."))
        name.erase(0, 4);
    const auto alias =
        std::find_if(aliases.begin(), aliases.end(), [&](const Alias &each) { return each.first == name; });
    if (alias != aliases.end())
        return std::string(alias->second);
    if (name.starts_with("google.") || name.starts_with("news.google."))
        return "google";
    if (name.ends_with("search.yahoo.com"))
        return "yahoo";
    return cut(name);
}

template <class List> bool has(const List &list, std::string_view text) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

} // namespace

std::string traffic_source(std::string_view utm_source, std::string_view referrer,
                           std::span<const std::string> own_hosts) {
    if (std::string given = plain(utm_source); !given.empty())
        return source_name(std::move(given));
    std::string host = plain(referrer);
    return host.empty() || has(own_hosts, host) ? "direct" : source_name(std::move(host));
}

std::string traffic_medium(std::string_view utm_medium, std::string_view source) {
    if (std::string given = plain(utm_medium); !given.empty())
        return given;
    return source == "direct"      ? "none"
           : has(searches, source) ? "search"
           : has(socials, source)  ? "social"
                                   : "referral";
}

} // namespace studio::models
