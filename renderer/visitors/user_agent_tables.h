// SPDX-License-Identifier: Apache-2.0
// Internal to visitors/: the tables that make_user_agent_rules writes while building.
#pragma once

#include "renderer/visitors/user_agent.h"

#include <cstddef>

namespace studio::renderer {

// The first rule whose expression is found names the agent: `name`, where "$1" is the first group; without
// `name` the first group alone.
struct NameRule {
    const char *expression, *name;
};
struct BotRule {
    const char *expression;
    BotClass bot;
};

extern const NameRule browser_rules[], system_rules[];
extern const BotRule bot_rules[];
extern const std::size_t browser_rules_count, system_rules_count, bot_rules_count;

} // namespace studio::renderer
