// SPDX-License-Identifier: Apache-2.0
#include "renderer/visitors/user_agent.h"

#include "renderer/visitors/user_agent_tables.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <array>
#include <optional>
#include <span>
#include <stdexcept>
#include <vector>

namespace studio::renderer {

namespace {

constexpr std::size_t most_bytes = 1000;
constexpr std::size_t most_name_bytes = 50;

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
    if (!code)
        throw std::runtime_error("a rule for user agents does not compile: " + std::string(expression));
    // Where this fails the expression is interpreted; compiles_user_agent_rules() says whether it does.
    [[maybe_unused]] const int failure = pcre2_jit_compile(code.get(), PCRE2_JIT_COMPLETE);
    return code;
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
    for (const std::string_view each : names) {
        if (name == each)
            return true;
    }
    return false;
}

std::string device_type(std::string_view system, std::string_view agent) {
    if (system == "iOS")
        return contains(agent, "iPad") ? "tablet" : "mobile";
    if (contains(agent, "TV") || is_one_of(system, {"tvOS", "ATV OS X", "Chromecast", "HbbTV", "WebTV"}))
        return "tv";
    if (system == "Android")
        return contains(agent, "Mobile") ? "mobile" : "tablet";
    if (contains(agent, "Mobile") || contains(agent, "Phone") ||
        is_one_of(system, {"BlackBerry OS", "KaiOS", "Symbian OS"}))
        return "mobile";
    if (contains(agent, "Tablet"))
        return "tablet";
    if (is_one_of(system,
                  {"Windows", "Mac OS X", "Mac OS", "Linux", "Chrome OS", "Ubuntu", "Debian", "Fedora",
                   "FreeBSD", "OpenBSD", "NetBSD", "Red Hat", "SUSE", "Mageia", "Gentoo", "Solaris"}))
        return "desktop";
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
    std::vector<std::pair<Code, BotClass>> bots; // one expression for each class
    Match match{pcre2_match_data_create(10, nullptr)};

    static std::vector<NameCode> names(std::span<const NameRule> rules) {
        std::vector<NameCode> result;
        for (const NameRule &rule : rules)
            result.push_back({compile(rule.expression), rule.name});
        return result;
    }
    void add_class(BotClass bot) {
        std::string all;
        for (const BotRule &rule : std::span(bot_rules, bot_rules_count)) {
            if (rule.bot == bot)
                all.append(all.empty() ? "" : "|").append(rule.expression);
        }
        if (!all.empty())
            bots.emplace_back(compile(all), bot);
    }
    bool found(const Code &code, std::string_view text) const {
        return pcre2_match(code.get(), pointer(text), text.size(), 0, 0, match.get(), nullptr) >= 0;
    }
    std::string_view group(std::string_view text, std::uint32_t number) const {
        const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(match.get());
        if (number >= pcre2_get_ovector_count(match.get()) || ends[2 * number] == PCRE2_UNSET)
            return {};
        return text.substr(ends[2 * number], ends[2 * number + 1] - ends[2 * number]);
    }
    std::string name(const std::vector<NameCode> &rules, std::string_view text) const;
};

std::string UserAgentRules::Impl::name(const std::vector<NameCode> &rules, std::string_view text) const {
    for (const NameCode &rule : rules) {
        if (!found(rule.code, text))
            continue;
        std::string result;
        if (rule.name.empty())
            result = group(text, 1);
        for (std::size_t i = 0; i < rule.name.size(); ++i) {
            const bool placeholder = rule.name[i] == '$' && i + 1 < rule.name.size() &&
                                     rule.name[i + 1] >= '1' && rule.name[i + 1] <= '9';
            if (placeholder)
                result.append(group(text, static_cast<std::uint32_t>(rule.name[++i] - '0')));
            else
                result.push_back(rule.name[i]);
        }
        if (!result.empty())
            return result.substr(0, most_name_bytes);
    }
    return "Other";
}

UserAgentRules::UserAgentRules() : m_impl(std::make_unique<Impl>()) {
    m_impl->browsers = Impl::names({browser_rules, browser_rules_count});
    m_impl->systems = Impl::names({system_rules, system_rules_count});
    // A crawler that says it is of an AI or a search engine is that before it is anything else.
    for (const BotClass bot : {BotClass::Ai, BotClass::Search, BotClass::Seo, BotClass::Monitoring,
                               BotClass::Social, BotClass::Headless, BotClass::Other})
        m_impl->add_class(bot);
}

UserAgentRules::~UserAgentRules() = default;

UserAgent UserAgentRules::classify(std::string_view user_agent) const {
    const std::string_view text = user_agent.substr(0, most_bytes);
    UserAgent result;
    result.browser = m_impl->name(m_impl->browsers, text);
    result.device_type = device_type(m_impl->name(m_impl->systems, text), text);
    if (text.empty())
        result.bot = BotClass::Other;
    for (const auto &[code, bot] : m_impl->bots) {
        if (m_impl->found(code, text)) {
            result.bot = bot;
            break;
        }
    }
    return result;
}

} // namespace studio::renderer
