// SPDX-License-Identifier: Apache-2.0
// Inside db only: converts ids to parameters of statements and from result fields.
#pragma once

#include "base/id.h"

#include <pqxx/strconv>

#include <string>

namespace pqxx {

template <class Tag> struct string_traits<studio::base::Id<Tag>> {
    using Id = studio::base::Id<Tag>;
    static constexpr const char *name() noexcept { return "id"; }
    static constexpr bool has_null() noexcept { return false; }
    static bool is_null(const Id &) { return false; }
    [[noreturn]] static Id null() { internal::throw_null_conversion(name()); }
    static void from_string(const char text[], Id &id) { id = Id(text); }
    static std::string to_string(const Id &id) { return id.text(); }
};

} // namespace pqxx
