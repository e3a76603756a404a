// SPDX-License-Identifier: Apache-2.0
#include "models/booking/booking_rules.h"

#include "base/text.h"
#include "models/json/json_read.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace studio::models {

namespace {

constexpr int max_hours = 24 * 60;
constexpr std::int64_t max_deposit_minor = 10'000'000'00;

std::optional<std::int64_t> whole_number(const Json &document, const char *key) {
    const auto found = document.is_object() ? document.find(key) : document.end();
    if (found == document.end() || !found->is_number_integer()) {
        return std::nullopt;
    }
    return found->get<std::int64_t>();
}

std::optional<int> hours(const Json &document, const char *key) {
    const auto number = whole_number(document, key);
    return number && *number >= 1 && *number <= max_hours ? std::optional(static_cast<int>(*number))
                                                          : std::nullopt;
}

bool is_clock_time(const std::string &text) {
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    return text.size() == 5 && text[2] == ':' && digit(0) && digit(1) && digit(3) && digit(4) &&
           text.substr(0, 2) <= "23" && text.substr(3) <= "59";
}

std::string text_at(const Json &document, const char *key) {
    const auto found = document.is_object() ? document.find(key) : document.end();
    return found != document.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool is_given(const Json &document, const char *key) {
    return document.is_object() && document.contains(key) && !document[key].is_null();
}

DepositRule read_deposit(const Json &document) {
    DepositRule rule;
    const std::string kind = text_at(document, "kind");
    rule.amount_minor = whole_number(document, "amountMinor").value_or(0);
    rule.percent = static_cast<int>(whole_number(document, "percent").value_or(0));
    rule.due_hours = hours(document, "dueHours").value_or(rule.due_hours);
    rule.how_to_pay = prose_member(document, "howToPay");
    if (kind == "amount" && rule.amount_minor > 0 && rule.amount_minor <= max_deposit_minor) {
        rule.kind = DepositRule::Kind::Amount;
    } else if (kind == "share" && rule.percent >= 1 && rule.percent <= 100) {
        rule.kind = DepositRule::Kind::Share;
    }
    return rule;
}

void check_deposit(const Json &deposit, ValidationIssues &issues) {
    if (!deposit.is_object()) {
        issues.push_back({"/deposit", "must be an object with \"kind\".", Severity::Error});
        return;
    }
    const std::string kind = text_at(deposit, "kind");
    if (kind != "none" && kind != "amount" && kind != "share") {
        issues.push_back({"/deposit/kind", "must be none, amount or share.", Severity::Error});
    }
    const auto amount = whole_number(deposit, "amountMinor");
    if (kind == "amount" && (!amount || *amount <= 0 || *amount > max_deposit_minor)) {
        issues.push_back({"/deposit/amountMinor",
                          "must be a whole number of cents above 0, for example 20000 for 200.",
                          Severity::Error});
    }
    const auto percent = whole_number(deposit, "percent");
    if (kind == "share" && (!percent || *percent < 1 || *percent > 100)) {
        issues.push_back({"/deposit/percent", "must be a whole number from 1 to 100.", Severity::Error});
    }
    if (is_given(deposit, "dueHours") && !hours(deposit, "dueHours")) {
        issues.push_back(
            {"/deposit/dueHours", "must be a whole number of hours from 1 to 1440.", Severity::Error});
    }
    if (is_given(deposit, "howToPay") &&
        (!deposit["howToPay"].is_string() ||
         base::character_count(text_at(deposit, "howToPay")) > max_how_to_pay)) {
        issues.push_back({"/deposit/howToPay",
                          fmt::format("must be a text of at most {} characters.", max_how_to_pay),
                          Severity::Error});
    }
}

} // namespace

std::optional<AskedDeposit> deposit_to_ask(const DepositRule &rule, std::optional<std::int64_t> value_minor,
                                           base::Time start, base::Time now) {
    std::int64_t minor = 0;
    if (rule.kind == DepositRule::Kind::Amount) {
        minor = rule.amount_minor;
    } else if (rule.kind == DepositRule::Kind::Share && value_minor) {
        minor = (*value_minor * rule.percent + 50) / 100;
    }
    if (minor <= 0 || start <= now) {
        return std::nullopt;
    }
    return AskedDeposit{minor, std::min<base::Time>(now + std::chrono::hours(rule.due_hours), start)};
}

BookingRules read_booking_rules(const Json &document) {
    BookingRules rules;
    rules.answer_hours = hours(document, "answerHours").value_or(rules.answer_hours);
    rules.client_answer_hours = hours(document, "clientAnswerHours").value_or(rules.client_answer_hours);
    rules.reminder_hours = hours(document, "reminderHours");
    rules.deposit_reminder_hours = hours(document, "depositReminderHours");
    if (const std::string at = text_at(document, "agendaAt"); is_clock_time(at)) {
        rules.agenda_at = at;
    }
    rules.replies_to_companion =
        is_given(document, "repliesToCompanion") && document["repliesToCompanion"] == true;
    if (is_given(document, "deposit")) {
        rules.deposit = read_deposit(document["deposit"]);
    }
    return rules;
}

void write_booking_rules(const BookingRules &rules, Json &document) {
    if (!document.is_object()) {
        document = Json::object();
    }
    document["answerHours"] = rules.answer_hours;
    document["clientAnswerHours"] = rules.client_answer_hours;
    document["reminderHours"] = rules.reminder_hours ? Json(*rules.reminder_hours) : Json();
    document["depositReminderHours"] =
        rules.deposit_reminder_hours ? Json(*rules.deposit_reminder_hours) : Json();
    document["agendaAt"] = rules.agenda_at.empty() ? Json() : Json(rules.agenda_at);
    document["repliesToCompanion"] = rules.replies_to_companion;
    Json &deposit = document["deposit"];
    deposit["kind"] = rules.deposit.kind == DepositRule::Kind::Amount  ? "amount"
                      : rules.deposit.kind == DepositRule::Kind::Share ? "share"
                                                                       : "none";
    deposit["amountMinor"] = rules.deposit.amount_minor;
    deposit["percent"] = rules.deposit.percent;
    deposit["dueHours"] = rules.deposit.due_hours;
    if (rules.deposit.how_to_pay.empty()) {
        deposit.erase("howToPay");
    } else {
        deposit["howToPay"] = rules.deposit.how_to_pay;
    }
}

ValidationIssues validate_booking_rules(const Json &document) {
    ValidationIssues issues;
    if (!document.is_object()) {
        return {{"", "must be a JSON object.", Severity::Error}};
    }
    for (const char *key : {"answerHours", "clientAnswerHours", "reminderHours", "depositReminderHours"}) {
        if (is_given(document, key) && !hours(document, key)) {
            issues.push_back(
                {std::string("/") + key, "must be a whole number of hours from 1 to 1440.", Severity::Error});
        }
    }
    if (is_given(document, "agendaAt") && !is_clock_time(text_at(document, "agendaAt"))) {
        issues.push_back({"/agendaAt", "must be a time of the day such as \"08:00\".", Severity::Error});
    }
    if (is_given(document, "repliesToCompanion") && !document["repliesToCompanion"].is_boolean()) {
        issues.push_back({"/repliesToCompanion", "must be true or false.", Severity::Error});
    }
    if (is_given(document, "deposit")) {
        check_deposit(document["deposit"], issues);
    }
    return issues;
}

} // namespace studio::models
