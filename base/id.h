// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/core.h>

#include <compare>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace studio::base {

// The id of one kind of row, such as a tenant. Ids of different kinds, and ids and other texts, do not
// convert into each other. An empty id stands for no row.
template <class Tag> class Id final {
public:
    Id() = default;
    explicit Id(std::string text) : m_text(std::move(text)) {}
    explicit Id(std::string_view text) : m_text(text) {}
    explicit Id(const char *text) : m_text(text) {}

    const std::string &text() const { return m_text; }
    bool empty() const { return m_text.empty(); }
    bool operator==(const Id &) const = default;
    std::strong_ordering operator<=>(const Id &other) const { return m_text.compare(other.m_text) <=> 0; }

private:
    std::string m_text;
};

// For JSON of nlohmann's.
template <class Json, class Tag> void to_json(Json &json, const Id<Tag> &id) {
    json = id.text();
}

// For failure messages of tests.
template <class Tag> std::ostream &operator<<(std::ostream &stream, const Id<Tag> &id) {
    return stream << id.text();
}

} // namespace studio::base

template <class Tag> struct std::hash<studio::base::Id<Tag>> {
    std::size_t operator()(const studio::base::Id<Tag> &id) const noexcept {
        return std::hash<std::string>()(id.text());
    }
};

template <class Tag> struct fmt::formatter<studio::base::Id<Tag>> : fmt::formatter<std::string_view> {
    template <class Context> auto format(const studio::base::Id<Tag> &id, Context &context) const {
        return fmt::formatter<std::string_view>::format(id.text(), context);
    }
};
