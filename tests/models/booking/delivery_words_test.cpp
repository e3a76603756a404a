// SPDX-License-Identifier: Apache-2.0
#include "models/booking/delivery_words.h"

#include <gtest/gtest.h>

namespace studio::models {

TEST(DeliveryWords, SayWhyAMessageDidNotArrive) {
    EXPECT_EQ(delivery_words("smtp_550"), "the mail server refused it (550)");
    EXPECT_EQ(delivery_words("smtp_451"), "the mail server put it off (451)");
    EXPECT_EQ(delivery_words("smtp_unreachable"), "the mail server cannot be reached");
    EXPECT_EQ(delivery_words("webhook_500"), "the webhook's server answered 500");
    EXPECT_EQ(delivery_words("companion_without_email"), "the companion's site names no email address");
    EXPECT_EQ(delivery_words("smtp_something"), "smtp_something")
        << "a code that is not known is shown as it is";
}

TEST(DeliveryWords, NameEveryKindOfMessage) {
    for (const char *kind : {"visitor_email",     "companion_email",     "webhook",
                             "client_accepted",   "client_declined",     "client_proposed",
                             "client_question",   "client_moved",        "client_kept",
                             "client_cancelled",  "client_confirmed",    "client_released",
                             "client_expired",    "client_reminder",     "client_deposit_reminder",
                             "companion_answer",  "companion_cancelled", "companion_released",
                             "companion_expired", "companion_agenda"}) {
        EXPECT_FALSE(message_words(kind).starts_with("The message \"")) << kind;
    }
    EXPECT_EQ(message_words("letter"), "The message \"letter\"");
}

} // namespace studio::models
