// SPDX-License-Identifier: Apache-2.0
// Texts for people about a message that could not be delivered.
#pragma once

#include <string>
#include <string_view>

namespace studio::models {

// "The email to the client about the acceptance" of a kind of message such as "client_accepted".
std::string message_words(std::string_view kind);

// "the mail server refused it (550)" of a code such as "smtp_550"; the code itself where it is not known.
std::string delivery_words(std::string_view reason);

} // namespace studio::models
