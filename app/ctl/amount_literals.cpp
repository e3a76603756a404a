// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/amount_literals.h"

#include "models/documents/content.h"
#include "models/json/json.h"
#include "models/json/json_pointer.h"
#include "models/values/money.h"

#include <vector>

namespace studio::ctl {

namespace {

using models::Json;

// Finds ambiguous amounts among numbers. Only the parser sees a number as it was typed.
class AmountLiterals final : public nlohmann::json_sax<Json> {
public:
    // `content` is where the content document is within the text that is parsed; `pointer` names that text in
    // messages.
    AmountLiterals(std::string pointer, std::string content, std::string prefix)
        : m_root(std::move(pointer)), m_content(std::move(content)), m_prefix(std::move(prefix)) {}
    models::ValidationIssues issues;

    bool number_float(number_float_t, const string_t &literal) override {
        if (const std::string problem = models::ambiguous_money(literal); !problem.empty() && is_money()) {
            issues.push_back({m_prefix + pointer(), problem, models::Severity::Error});
        }
        return next();
    }
    bool null() override { return next(); }
    bool boolean(bool) override { return next(); }
    bool number_integer(number_integer_t) override { return next(); }
    bool number_unsigned(number_unsigned_t) override { return next(); }
    bool string(string_t &) override { return next(); }
    bool binary(binary_t &) override { return next(); }
    bool start_object(std::size_t) override { return begin(false); }
    bool start_array(std::size_t) override { return begin(true); }
    bool end_object() override { return end(); }
    bool end_array() override { return end(); }
    bool key(string_t &name) override {
        m_levels.back().key = name;
        return true;
    }
    bool parse_error(std::size_t, const std::string &, const nlohmann::detail::exception &) override {
        return false;
    }

private:
    struct Level {
        bool is_list = false;
        std::size_t index = 0;
        std::string key;
    };

    std::string pointer() const {
        std::string place = m_root;
        for (const Level &level : m_levels) {
            place = models::child_pointer(place, level.is_list ? std::to_string(level.index) : level.key);
        }
        return place;
    }
    bool is_money() const {
        const std::string place = pointer();
        return place.starts_with(m_content) && models::is_money_pointer(place.substr(m_content.size()));
    }
    bool begin(bool is_list) {
        m_levels.push_back({is_list, 0, {}});
        return true;
    }
    bool end() {
        m_levels.pop_back();
        return next();
    }
    bool next() {
        if (!m_levels.empty()) {
            ++m_levels.back().index;
        }
        return true;
    }

    const std::string m_root, m_content, m_prefix;
    std::vector<Level> m_levels;
};

models::ValidationIssues read_amounts(const std::string &json, AmountLiterals literals) {
    const bool is_json = Json::sax_parse(json, &literals);
    return is_json ? literals.issues : models::ValidationIssues();
}

} // namespace

models::ValidationIssues ambiguous_amounts(const std::string &json, const std::string &pointer,
                                           const std::string &prefix) {
    return read_amounts(json, AmountLiterals(pointer, "", prefix));
}

models::ValidationIssues ambiguous_amounts_of_export(const std::string &json) {
    return read_amounts(json, AmountLiterals("", "/content", ""));
}

} // namespace studio::ctl
