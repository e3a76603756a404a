// SPDX-License-Identifier: Apache-2.0
// RFC 6901 pointers as plain text.
#pragma once

#include "models/json/json.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace studio::models {

// "/services" and "a/b" give "/services/a~1b".
std::string child_pointer(std::string_view pointer, std::string_view key);
std::string child_pointer(std::string_view pointer, std::size_t index);

// The unescaped keys; nullopt for text that is no pointer.
std::optional<std::vector<std::string>> split_pointer(std::string_view pointer);

// The index that a key means in a list: digits without a leading zero.
std::optional<std::size_t> parse_index(std::string_view key);

// The value at the pointer, nullptr where there is none.
const Json *find_value(const Json &document, std::string_view pointer);

// The text of an "id": strings and integers have one.
std::optional<std::string> id_text(const Json &id);

} // namespace studio::models
