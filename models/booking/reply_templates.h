// SPDX-License-Identifier: Apache-2.0
// Texts that a companion and staff save to use again in messages to clients: content.replyTemplates. A text
// may hold placeholders such as {{name}}, which are filled in when it is sent.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace studio::models {

struct ReplyTemplate {
    std::string id, title; // the title is for those who choose
    std::string language;  // "de", "pt-BR"; "": not stated
    std::string text;
    bool operator==(const ReplyTemplate &) const = default;
};

// The placeholders whose values are known before a decision: "name", "start", …; not the reference of a
// deposit, which is created by the decision.
std::span<const std::string_view> reply_placeholders();
// The first {{…}} that is none of these; nullopt if there is none.
std::optional<std::string> placeholder_unknown_in_reply(std::string_view text);
// "{{name}}, {{companion}}, …"
std::string listed_placeholders(std::span<const std::string_view> names);
// Whether it is a language code of one or more parts: "de", "pt-BR".
bool is_language_code(std::string_view text);

} // namespace studio::models
