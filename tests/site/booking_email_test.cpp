// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "site/booking_email.h"

#include <gtest/gtest.h>

namespace studio::site {
namespace {

std::string subject_of(const std::string &letter, int times) {
    std::string subject;
    for (int time = 0; time < times; ++time) {
        subject += letter;
    }
    return render_booking_email({subject, "Hello {{name}}"}, {}).subject;
}

TEST(BookingEmail, SubjectsAreCutByWhatPeopleCount) {
    for (const char *letter : {"a", "я", "東", "é", "e\u0308", "\U0001F338", "\U0001F1E6\U0001F1FA"}) {
        EXPECT_EQ(base::character_count(subject_of(letter, 150)), 150U) << letter;
        EXPECT_FALSE(subject_of(letter, 200).ends_with("…")) << letter;
        EXPECT_EQ(base::character_count(subject_of(letter, 201)), 200U) << letter;
        EXPECT_TRUE(subject_of(letter, 201).ends_with("…")) << letter;
    }
}

} // namespace
} // namespace studio::site
