// SPDX-License-Identifier: Apache-2.0
#include "models/analytics/network.h"

#include "base/host.h"
#include "base/text.h"
#include "models/analytics/referrer_rules.h"

#include <algorithm>
#include <array>
#include <vector>

namespace studio::models {

namespace {

struct Network {
    std::string_view name, label, medium;
    std::string_view prefix;  // of the address of a profile
    std::string_view aliases; // other names, between bars
    std::string_view domains; // between bars: domains that the list of referrers lacks or names differently
};

constexpr std::string_view social = "social", search = "search", referral = "referral", email = "email";

constexpr std::array networks{
    Network{"instagram", "Instagram", social, "https://www.instagram.com/", "|ig|insta|",
            "|instagram.com|com.instagram.android|"},
    Network{"twitter", "Twitter", social, "https://x.com/", "|x|x twitter|twitter x|x formerly twitter|",
            "|x.com|twitter.com|t.co|com.twitter.android|"},
    Network{"bluesky", "Bluesky", social, "https://bsky.app/profile/", "|bsky|blue sky|bluesky social|",
            "|bsky.app|bsky.social|xyz.blueskyweb.app|"},
    Network{
        "facebook", "Facebook", social, "https://www.facebook.com/", "|fb|",
        "|facebook.com|fb.com|fb.me|messenger.com|com.facebook.katana|com.facebook.lite|com.facebook.orca|"},
    Network{"tiktok", "TikTok", social, "https://www.tiktok.com/@", "|tik tok|",
            "|tiktok.com|com.zhiliaoapp.musically|"},
    Network{"linkedin", "LinkedIn", social, "https://www.linkedin.com/in/", "|linked in|",
            "|linkedin.com|lnkd.in|com.linkedin.android|"},
    Network{"youtube", "YouTube", social, "https://www.youtube.com/@", "|yt|you tube|",
            "|youtube.com|youtu.be|com.google.android.youtube|"},
    Network{"threads", "Threads", social, "https://www.threads.net/@",
            "|instagram threads|threads by instagram|", "|threads.net|threads.com|com.instagram.barcelona|"},
    Network{"pinterest", "Pinterest", social, "https://www.pinterest.com/", "",
            "|pinterest.com|pinterest.com.au|pinterest.co.uk|pin.it|com.pinterest|"},
    Network{"snapchat", "Snapchat", social, "https://www.snapchat.com/add/", "|snap|",
            "|snapchat.com|com.snapchat.android|"},
    Network{"telegram", "Telegram", social, "https://t.me/", "|tg|",
            "|t.me|telegram.me|telegram.org|org.telegram.messenger|org.telegram.messenger.web|"},
    Network{"whatsapp", "WhatsApp", social, "https://wa.me/", "|wa|whats app|",
            "|wa.me|whatsapp.com|com.whatsapp|"},
    Network{"signal", "Signal", social, "", "",
            "|signal.me|signal.org|signal.group|org.thoughtcrime.securesms|"},
    Network{"reddit", "Reddit", social, "https://www.reddit.com/user/", "",
            "|reddit.com|redd.it|com.reddit.frontpage|"},
    Network{"medium", "Medium", social, "https://medium.com/@", "", "|medium.com|"},
    Network{"vimeo", "Vimeo", social, "https://vimeo.com/", "", "|vimeo.com|"},
    Network{"twitch", "Twitch", social, "https://www.twitch.tv/", "", "|twitch.tv|tv.twitch.android.app|"},
    Network{"tumblr", "Tumblr", social, "https://www.tumblr.com/", "", "|tumblr.com|com.tumblr|"},
    Network{"discord", "Discord", social, "", "", "|discord.com|discord.gg|discordapp.com|com.discord|"},
    Network{"linktree", "Linktree", referral, "https://linktr.ee/", "|link tree|", "|linktr.ee|"},
    Network{"mastodon", "Mastodon", social, "", "",
            "|mastodon.social|mastodon.online|org.joinmastodon.android|"},
    Network{"onlyfans", "OnlyFans", social, "https://onlyfans.com/", "|only fans|", "|onlyfans.com|"},
    Network{"fetlife", "FetLife", social, "https://fetlife.com/", "", "|fetlife.com|"},
    Network{"vk", "VK", social, "https://vk.com/", "|vkontakte|v kontakte|",
            "|vk.com|vk.ru|com.vkontakte.android|"},
    Network{"website", "Website", referral, "", "|web site|homepage|", ""},
    Network{"blog", "Blog", referral, "", "", ""},
    Network{"google", "Google", search, "", "|google search|",
            "|com.google.android.googlequicksearchbox|com.google.android.gms|"},
    Network{"bing", "Bing", search, "", "|microsoft bing|", "|bing.com|com.microsoft.bing|"},
    Network{"duckduckgo", "DuckDuckGo", search, "", "|ddg|duck duck go|",
            "|duckduckgo.com|com.duckduckgo.mobile.android|"},
    Network{"yahoo", "Yahoo", search, "", "|yahoo search|", "|yahoo.com|"},
    Network{"ecosia", "Ecosia", search, "", "", "|ecosia.org|com.ecosia.android|"},
    Network{"brave", "Brave Search", search, "", "|brave search|", "|search.brave.com|"},
    Network{"startpage", "Startpage", search, "", "", "|startpage.com|"},
    Network{"qwant", "Qwant", search, "", "", "|qwant.com|"},
    Network{"kagi", "Kagi", search, "", "", "|kagi.com|"},
    Network{"baidu", "Baidu", search, "", "", "|baidu.com|"},
    Network{"yandex", "Yandex", search, "", "", "|yandex.ru|yandex.com|ya.ru|"},
    Network{"chatgpt", "ChatGPT", search, "", "|openai|chat gpt|",
            "|chatgpt.com|chat.openai.com|com.openai.chatgpt|"},
    Network{"perplexity", "Perplexity", search, "", "", "|perplexity.ai|"},
    Network{"copilot", "Copilot", search, "", "|microsoft copilot|", "|copilot.microsoft.com|"},
    Network{"gemini", "Gemini", search, "", "|google gemini|", "|gemini.google.com|"},
    Network{"gmail", "Gmail", email, "", "|google mail|", "|mail.google.com|com.google.android.gm|"},
    Network{"outlook", "Outlook", email, "", "|hotmail|outlook.com|",
            "|outlook.live.com|outlook.office.com|outlook.office365.com|com.microsoft.office.outlook|"},
};

bool lists(std::string_view barred, std::string_view text) {
    for (std::size_t at = barred.find(text); at != std::string_view::npos; at = barred.find(text, at + 1)) {
        if (at > 0 && barred[at - 1] == '|' && at + text.size() < barred.size() &&
            barred[at + text.size()] == '|') {
            return true;
        }
    }
    return false;
}

template <class Matches> const Network *find_network(Matches matches) {
    const auto found = std::find_if(networks.begin(), networks.end(), matches);
    return found == networks.end() ? nullptr : &*found;
}

const Network *named(std::string_view name) {
    return find_network(
        [&](const Network &network) { return network.name == name || lists(network.aliases, name); });
}

// The words of a text in small letters: its letters, digits and non-ASCII characters; everything between them
// becomes one space: "x (twitter)" gives "x twitter".
std::string words_of(std::string_view text) {
    std::string words;
    for (const char c : text) {
        const bool kept =
            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        if (kept) {
            words += c;
        } else if (!words.empty() && words.back() != ' ') {
            words += ' ';
        }
    }
    return std::string(base::trimmed(words));
}

// The list of referrers names each service of a company separately; all of its search services are one source
// here.
std::string listed_source(std::string_view label, std::string_view medium) {
    const std::string words = words_of(base::lower_case(label));
    if (const Network *network = named(words)) {
        return std::string(network->name);
    }
    const std::string first = words.substr(0, words.find(' '));
    const Network *company = named(first);
    return company && company->medium == search && medium != email ? std::string(company->name)
                                                                   : base::lower_case(label);
}

const Network *network_of_domain(std::string_view domain) {
    return find_network([&](const Network &network) { return lists(network.domains, domain); });
}

std::string_view listed_medium(const ReferrerRule &rule) {
    return rule.medium == "unknown" ? referral : rule.medium;
}

std::string source_of(const ReferrerRule &rule) {
    return listed_source(rule.source, rule.medium);
}

const ReferrerRule *rule_of(std::string_view host) {
    const std::span rules(referrer_rules, referrer_rules_count);
    const auto found = std::lower_bound(
        rules.begin(), rules.end(), host,
        [](const ReferrerRule &rule, std::string_view wanted) { return rule.host < wanted; });
    return found == rules.end() || found->host != host ? nullptr : &*found;
}

Origin origin(std::string source) {
    std::string medium = medium_of_network(source);
    return {std::move(source), std::move(medium)};
}

std::vector<std::string> between_bars(std::string_view barred) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at + 1 < barred.size();) {
        const std::size_t end = barred.find('|', at + 1);
        parts.emplace_back(barred.substr(at + 1, end - at - 1));
        at = end;
    }
    return parts;
}

constexpr std::array<std::string_view, 5> companies{"google", "yahoo", "bing", "yandex", "pinterest"};

// Recognises "google.de", "google.co.nz" and hosts below them, so that a new country needs no entry.
bool is_country_variant(std::string_view host, std::string_view company) {
    const std::size_t at = host.rfind(std::string(company) + ".");
    if (at == std::string_view::npos || (at > 0 && host[at - 1] != '.')) {
        return false;
    }
    std::string_view rest = host.substr(at + company.size() + 1);
    for (const std::string_view second : {"com.", "co.", "org.", "net."}) {
        if (rest.starts_with(second) && rest.size() == second.size() + 2) {
            return true;
        }
    }
    return rest == "com" || (rest.size() == 2 && rest.find('.') == std::string_view::npos);
}

} // namespace

std::string network_name(std::string_view written) {
    const std::string lower = base::lower_case(base::clean_line(written));
    if (const Network *network = named(words_of(lower))) {
        return std::string(network->name);
    }
    if (const std::string host = base::plain_host(lower);
        base::is_host_name(host) && host.find('.') != std::string::npos) {
        if (const auto origin = origin_of_host(host)) {
            return origin->source;
        }
        return host.starts_with("www.") ? host.substr(4) : host;
    }
    return lower;
}

std::string network_label(std::string_view name) {
    if (const Network *network = named(name)) {
        return std::string(network->label);
    }
    std::string label(name);
    if (!label.empty() && label.front() >= 'a' && label.front() <= 'z') {
        label.front() = static_cast<char>(label.front() - 'a' + 'A');
    }
    return label;
}

std::string_view profile_prefix(std::string_view name) {
    const Network *network = named(name);
    return network ? network->prefix : std::string_view();
}

std::optional<Origin> origin_of_host(std::string_view host) {
    for (std::string_view domain = host; domain.find('.') != std::string_view::npos;
         domain = domain.substr(domain.find('.') + 1)) {
        if (const Network *network = network_of_domain(domain)) {
            return origin(std::string(network->name));
        }
        if (const ReferrerRule *rule = rule_of(domain)) {
            return origin(source_of(*rule));
        }
    }
    for (const std::string_view company : companies) {
        if (is_country_variant(host, company)) {
            return origin(std::string(company));
        }
    }
    return std::nullopt;
}

std::string medium_of_network(std::string_view name) {
    static const std::map<std::string, std::string> media = media_by_source();
    const auto found = media.find(std::string(name));
    return found == media.end() ? std::string(referral) : found->second;
}

std::map<std::string, std::string> sources_by_domain() {
    std::map<std::string, std::string> sources;
    for (const Network &network : networks) {
        for (std::string &domain : between_bars(network.domains)) {
            sources.emplace(std::move(domain), network.name);
        }
    }
    for (const ReferrerRule &rule : std::span(referrer_rules, referrer_rules_count)) {
        sources.emplace(rule.host, source_of(rule));
    }
    return sources;
}

std::map<std::string, std::string> names_by_alias() {
    std::map<std::string, std::string> names;
    for (const Network &network : networks) {
        names.emplace(network.name, network.name);
        for (std::string &alias : between_bars(network.aliases)) {
            names.emplace(std::move(alias), network.name);
        }
    }
    return names;
}

std::map<std::string, std::string> media_by_source() {
    std::map<std::string, std::string> media;
    for (const Network &network : networks) {
        media.emplace(network.name, network.medium);
    }
    for (const ReferrerRule &rule : std::span(referrer_rules, referrer_rules_count)) {
        // A company's help pages are listed beside its search; the more specific medium counts.
        auto &medium = media.emplace(source_of(rule), referral).first->second;
        if (medium == referral && !named(source_of(rule))) {
            medium = listed_medium(rule);
        }
    }
    return media;
}

std::span<const std::string_view> companies_of_all_countries() {
    return companies;
}

} // namespace studio::models
