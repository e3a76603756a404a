// SPDX-License-Identifier: Apache-2.0
#include "models/booking/delivery_words.h"

#include <fmt/format.h>

#include <map>

namespace studio::models {

namespace {

const std::map<std::string_view, std::string_view> messages{
    {"visitor_email", "The email to the client that confirms the request"},
    {"client_accepted", "The email to the client about the acceptance"},
    {"client_declined", "The email to the client that declines"},
    {"client_proposed", "The email to the client with another time"},
    {"client_question", "The email to the client with a question"},
    {"client_moved", "The email to the client about the new time"},
    {"client_kept", "The email to the client that the time stays"},
    {"client_cancelled", "The email to the client about the cancellation"},
    {"client_confirmed", "The email to the client that confirms the booking"},
    {"client_released", "The email to the client about the missing deposit"},
    {"client_expired", "The email to the client about the request that nobody answered"},
    {"client_reminder", "The reminder to the client"},
    {"client_deposit_reminder", "The reminder to the client about the deposit"},
    {"companion_email", "The email to the companion about the request"},
    {"companion_answer", "The email to the companion with the client's answer"},
    {"companion_cancelled", "The email to the companion about the cancellation"},
    {"companion_released", "The email to the companion about the missing deposit"},
    {"companion_expired", "The email to the companion about the request that nobody answered"},
    {"companion_agenda", "The agenda to the companion"},
    {"webhook", "The notification of a webhook"},
};

const std::map<std::string_view, std::string_view> reasons{
    {"companion_without_email", "the companion's site names no email address"},
    {"no_address", "there is no email address"},
    {"smtp_not_configured", "no mail server is set up"},
    {"no_webhook", "the webhook was removed"},
    {"webhook_disabled", "the webhook is switched off"},
    {"webhook_private_address", "the webhook's address is not public"},
    {"webhook_address_invalid", "the webhook's address is not a web address"},
    {"not_made", "the message could not be written"},
    {"unknown_kind", "the service does not know this kind of message; update it"},
    {"stopped", "the service was stopped"},
};

const std::map<std::string_view, std::string_view> failures{
    {"timeout", "did not answer in time"},
    {"unreachable", "cannot be reached"},
    {"name_not_found", "has a name that cannot be found"},
    {"tls", "could not be reached securely"},
    {"login_denied", "refused the login"},
    {"connection_lost", "broke off the connection"},
    {"address_invalid", "has an address that is none"},
    {"stopped", "was left because the service was stopped"},
};

bool is_number(std::string_view text) {
    return text.size() == 3 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string answer_words(std::string_view who, std::string_view code) {
    if (is_number(code) && who == "the mail server") {
        return fmt::format("the mail server {} ({})", code.front() == '5' ? "refused it" : "put it off",
                           code);
    }
    if (is_number(code)) {
        return fmt::format("{} answered {}", who, code);
    }
    const auto found = failures.find(code);
    return found == failures.end() ? std::string() : fmt::format("{} {}", who, found->second);
}

} // namespace

std::string message_words(std::string_view kind) {
    const auto found = messages.find(kind);
    return found == messages.end() ? fmt::format("The message \"{}\"", kind) : std::string(found->second);
}

std::string delivery_words(std::string_view reason) {
    if (const auto found = reasons.find(reason); found != reasons.end()) {
        return std::string(found->second);
    }
    for (const auto &[prefix, who] :
         {std::pair<std::string_view, std::string_view>{"smtp_", "the mail server"},
          {"webhook_", "the webhook's server"}}) {
        if (reason.starts_with(prefix)) {
            if (auto words = answer_words(who, reason.substr(prefix.size())); !words.empty()) {
                return words;
            }
        }
    }
    return std::string(reason);
}

} // namespace studio::models
