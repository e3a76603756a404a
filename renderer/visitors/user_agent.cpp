// SPDX-License-Identifier: Apache-2.0
#include "renderer/visitors/user_agent.h"

#include "renderer/visitors/user_agent_tables.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <stdexcept>
#include <vector>

namespace studio::renderer {

namespace {

constexpr std::size_t max_bytes = 1000;
constexpr std::size_t max_name_bytes = 50;

constexpr std::array<std::string_view, bot_class_count> class_names{
    "", "search", "ai", "seo", "monitoring", "social", "headless", "other"};

struct FreeCode {
    void operator()(pcre2_code *code) const { pcre2_code_free(code); }
};
struct FreeMatch {
    void operator()(pcre2_match_data *match) const { pcre2_match_data_free(match); }
};
using Code = std::unique_ptr<pcre2_code, FreeCode>;
using Match = std::unique_ptr<pcre2_match_data, FreeMatch>;

PCRE2_SPTR pointer(std::string_view text) {
    return reinterpret_cast<PCRE2_SPTR>(text.data());
}

Code compile(std::string_view expression) {
    int error = 0;
    PCRE2_SIZE where = 0;
    Code code(pcre2_compile(pointer(expression), expression.size(), 0, &error, &where, nullptr));
    if (!code) {
        throw std::runtime_error("a rule for user agents does not compile: " + std::string(expression));
    }
    // If compiling to machine code fails, the expression is interpreted, which is slower;
    // compiles_user_agent_rules() tells whether it does.
    [[maybe_unused]] const int failure = pcre2_jit_compile(code.get(), PCRE2_JIT_COMPLETE);
    return code;
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
    for (const std::string_view each : names) {
        if (name == each) {
            return true;
        }
    }
    return false;
}

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Recognises "SmartTV", "SMART-TV" and "Apple TV", but not the phone "HTV33".
bool has_tv(std::string_view agent) {
    for (std::size_t at = agent.find("TV"); at != std::string_view::npos; at = agent.find("TV", at + 1)) {
        const char before = at > 0 ? agent[at - 1] : ' ', after = at + 2 < agent.size() ? agent[at + 2] : ' ';
        if (!is_letter_or_digit(after) && (!is_letter_or_digit(before) || (before >= 'a' && before <= 'z'))) {
            return true;
        }
    }
    return false;
}

// Names of models ("Butterfly", "Magellan") and of mobile operators may contain the name of a bot by chance,
// so they are removed before bots are looked for. Text that contains an address or the word "bot" is no
// model.
bool may_be_model(std::string_view text) {
    for (const std::string_view word :
         {"http", "bot", "Bot", "crawl", "Crawl", "spider", "Spider", "@", "compatible"}) {
        if (contains(text, word)) {
            return false;
        }
    }
    return true;
}

void erase_if_model(std::string &text, std::size_t begin, std::size_t end) {
    end = std::min(end, text.size());
    if (begin < end && may_be_model(std::string_view(text).substr(begin, end - begin))) {
        text.erase(begin, end - begin);
    }
}

// Removes the model, which is between the version and the next ";" or ")": "Android 14; SM-S921B
// Build/UP1A)".
void erase_android_models(std::string &text) {
    constexpr std::string_view system = "Android ";
    for (std::size_t at = text.find(system); at != std::string::npos; at = text.find(system, at)) {
        at += system.size();
        std::size_t begin = text.find_first_of(";)", at);
        while (begin < text.size() && text[begin] == ';') {
            const std::size_t end = std::min(text.find_first_of(";)", begin + 1), text.size());
            const std::string_view part = std::string_view(text).substr(begin + 1, end - begin - 1);
            const std::size_t word = std::min(part.find_first_not_of(' '), part.size());
            const std::string_view mark = part.substr(word);
            const bool form_factor = mark == "Mobile" || mark == "Tablet";
            const bool locale =
                mark.size() <= 5 && mark.find_first_of("0123456789") == std::string_view::npos;
            if (!form_factor && !locale) {
                erase_if_model(text, begin + 1, end);
                break;
            }
            begin = end;
        }
    }
}

// Removes model and operator from the user agents of Facebook's applications: "FBDV/SM-S921B;FBCR/Telstra;".
void erase_facebook_values(std::string &text) {
    for (const std::string_view key : {"FBDV/", "FBMD/", "FBMF/", "FBBD/", "FBCR/", "FBDM/"}) {
        for (std::size_t at = text.find(key); at != std::string::npos; at = text.find(key, at + key.size())) {
            erase_if_model(text, at + key.size(), text.find_first_of(";]", at));
        }
    }
}

// Removes the device from "Instagram 312.0 Android (33/13; 420dpi; 1080x2400; samsung; SM-A536E; …)" and from
// Threads, which calls itself Barcelona.
void erase_instagram_device(std::string &text) {
    for (const std::string_view app : {"Instagram ", "Barcelona "}) {
        const std::size_t at = text.find(app);
        const std::size_t open = at == std::string::npos ? at : text.find(" Android (", at);
        if (open != std::string::npos) {
            erase_if_model(text, text.find('(', open) + 1, text.find(')', open));
        }
    }
}

std::string without_device_models(std::string_view agent) {
    std::string text(agent);
    erase_facebook_values(text);
    erase_instagram_device(text);
    erase_android_models(text);
    return text;
}

// The device in Facebook's own user agent, which does not name system and form factor as browsers do:
// "[FBAN/FB4A;…FBDV/SM-S921B;…]".
std::string facebook_device(std::string_view agent) {
    const std::size_t block = agent.find("[FBAN/");
    if (block == std::string_view::npos) {
        return {};
    }
    return contains(agent.substr(block), "FBDV/iPad") || contains(agent, "(iPad;") ? "tablet" : "mobile";
}

// `plain` is `agent` without models of devices.
std::string device_type(std::string_view system, std::string_view agent, std::string_view plain) {
    if (std::string device = facebook_device(agent); !device.empty()) {
        return device;
    }
    if (system == "iOS") {
        return contains(agent, "iPad") ? "tablet" : "mobile";
    }
    if (has_tv(agent) || is_one_of(system, {"tvOS", "ATV OS X", "Chromecast", "HbbTV", "WebTV"})) {
        return "tv";
    }
    if (system == "Android") {
        return contains(plain, "Mobile") || contains(agent, "Instagram ") || contains(agent, "Barcelona ")
                   ? "mobile"
                   : "tablet";
    }
    if (contains(plain, "Mobile") || contains(plain, "Phone") ||
        is_one_of(system, {"BlackBerry OS", "KaiOS", "Symbian OS"})) {
        return "mobile";
    }
    if (contains(plain, "Tablet")) {
        return "tablet";
    }
    if (is_one_of(system,
                  {"Windows", "Mac OS X", "Mac OS", "Linux", "Chrome OS", "Ubuntu", "Debian", "Fedora",
                   "FreeBSD", "OpenBSD", "NetBSD", "Red Hat", "SUSE", "Mageia", "Gentoo", "Solaris"})) {
        return "desktop";
    }
    return "other";
}

} // namespace

bool compiles_user_agent_rules() {
    const Code code = compile("a");
    return pcre2_jit_compile(code.get(), PCRE2_JIT_COMPLETE) == 0;
}

std::string_view to_string(BotClass bot) {
    return class_names[static_cast<std::size_t>(bot)];
}

struct UserAgentRules::Impl {
    struct NameCode {
        Code code;
        std::string_view name;
    };
    std::vector<NameCode> browsers, systems;
    std::vector<std::pair<Code, BotClass>> bots; // the patterns of each class as one expression
    Match match{pcre2_match_data_create(10, nullptr)};

    static std::vector<NameCode> names(std::span<const NameRule> rules) {
        std::vector<NameCode> result;
        for (const NameRule &rule : rules) {
            result.push_back({compile(rule.expression), rule.name});
        }
        return result;
    }
    void add_class(BotClass bot) {
        std::string all;
        for (const BotRule &rule : std::span(bot_rules, bot_rules_count)) {
            if (rule.bot == bot) {
                all.append(all.empty() ? "" : "|").append(rule.expression);
            }
        }
        if (!all.empty()) {
            bots.emplace_back(compile(all), bot);
        }
    }
    bool found(const Code &code, std::string_view text) const {
        return pcre2_match(code.get(), pointer(text), text.size(), 0, 0, match.get(), nullptr) >= 0;
    }
    std::string_view group(std::string_view text, std::uint32_t number) const {
        const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(match.get());
        if (number >= pcre2_get_ovector_count(match.get()) || ends[2 * number] == PCRE2_UNSET) {
            return {};
        }
        return text.substr(ends[2 * number], ends[2 * number + 1] - ends[2 * number]);
    }
    std::string name(const std::vector<NameCode> &rules, std::string_view text) const;
};

std::string UserAgentRules::Impl::name(const std::vector<NameCode> &rules, std::string_view text) const {
    for (const NameCode &rule : rules) {
        if (!found(rule.code, text)) {
            continue;
        }
        std::string result;
        if (rule.name.empty()) {
            result = group(text, 1);
        }
        for (std::size_t i = 0; i < rule.name.size(); ++i) {
            const bool placeholder = rule.name[i] == '$' && i + 1 < rule.name.size() &&
                                     rule.name[i + 1] >= '1' && rule.name[i + 1] <= '9';
            if (placeholder) {
                result.append(group(text, static_cast<std::uint32_t>(rule.name[++i] - '0')));
            } else {
                result.push_back(rule.name[i]);
            }
        }
        if (!result.empty()) {
            return result.substr(0, max_name_bytes);
        }
    }
    return "Other";
}

UserAgentRules::UserAgentRules() : m_impl(std::make_unique<Impl>()) {
    m_impl->browsers = Impl::names({browser_rules, browser_rules_count});
    m_impl->systems = Impl::names({system_rules, system_rules_count});
    // A user agent that matches several classes gets the first of these.
    for (const BotClass bot : {BotClass::Ai, BotClass::Search, BotClass::Seo, BotClass::Monitoring,
                               BotClass::Social, BotClass::Headless, BotClass::Other}) {
        m_impl->add_class(bot);
    }
}

UserAgentRules::~UserAgentRules() = default;

UserAgent UserAgentRules::classify(std::string_view user_agent) const {
    const std::string_view text = user_agent.substr(0, max_bytes);
    UserAgent result;
    result.browser = m_impl->name(m_impl->browsers, text);
    const std::string plain = without_device_models(text);
    result.device_type = device_type(m_impl->name(m_impl->systems, text), text, plain);
    if (text.empty()) {
        result.bot = BotClass::Other;
    }
    for (const auto &[code, bot] : m_impl->bots) {
        if (m_impl->found(code, plain)) {
            result.bot = bot;
            break;
        }
    }
    return result;
}

} // namespace studio::renderer
