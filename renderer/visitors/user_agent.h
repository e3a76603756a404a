// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace studio::renderer {

enum class BotClass : std::uint8_t { None, Search, Ai, Seo, Monitoring, Social, Headless, Other };
inline constexpr std::size_t bot_class_count = 8;
std::string_view to_string(BotClass bot); // "search"; "" for None

struct UserAgent {
    BotClass bot = BotClass::None;
    std::string browser;     // "Firefox"; "Other" where nobody knows
    std::string device_type; // "desktop", "mobile", "tablet", "tv" or "other"
    bool operator==(const UserAgent &) const = default;
};

// Tells what sent a request, by the rules of uap-core and crawler-user-agents. Construction takes tens of
// milliseconds, a call about half of one: UserAgentCache keeps both off the event loops. For one thread at a
// time.
class UserAgentRules final {
public:
    UserAgentRules();
    ~UserAgentRules();
    UserAgentRules(const UserAgentRules &) = delete;
    UserAgentRules &operator=(const UserAgentRules &) = delete;

    // Looks at the first 1,000 bytes. No user agent at all is a bot of class other.
    UserAgent classify(std::string_view user_agent) const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

// Whether the rules become machine code here. Where the system forbids memory that is both written and
// executed (MemoryDenyWriteExecute of systemd) they are interpreted, which takes some 25 times as long.
bool compiles_user_agent_rules();

} // namespace studio::renderer
