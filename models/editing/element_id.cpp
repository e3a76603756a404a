// SPDX-License-Identifier: Apache-2.0
#include "models/editing/element_id.h"

#include <random>

namespace studio::models {

namespace {
constexpr std::string_view letters = "0123456789abcdefghjkmnpqrstvwxyz"; // without those that look alike
constexpr int length = 8;                                                // 40 bits
} // namespace

std::string new_element_id(std::string_view prefix) {
    std::random_device device;
    std::uniform_int_distribution<std::size_t> any(0, letters.size() - 1);
    std::string id(prefix);
    id += '-';
    for (int i = 0; i < length; ++i) {
        id += letters[any(device)];
    }
    return id;
}

} // namespace studio::models
