// SPDX-License-Identifier: Apache-2.0
#include "models/booking/booking_time_text.h"

#include <gtest/gtest.h>

namespace studio::models {
namespace {

TEST(TypedTime, IsReadAsPeopleWriteIt) {
    const LocalDateTime evening{2027, 3, 14, 20, 0, 0};
    for (const char *text :
         {"2027-03-14T20:00", "2027-03-14 20:00", "14 March 2027, 20:00", "14 march 2027 20.00",
          "Sunday 14 March 2027, 20:00", "Sun, 14th Mar 2027 at 8 pm", "March 14, 2027 8pm",
          "mar 14 2027 8.00 p.m.", "20:00 on the 14th of March 2027", "8PM 14 MARCH 2027"}) {
        EXPECT_EQ(read_typed_time(text), evening) << text;
    }
    EXPECT_EQ(read_typed_time("1 Sept 2027 12:30 am"), (LocalDateTime{2027, 9, 1, 0, 30, 0}));
    EXPECT_EQ(read_typed_time("29 Feb 2028 12 pm"), (LocalDateTime{2028, 2, 29, 12, 0, 0}));
    EXPECT_EQ(read_typed_time("31 May 2027 23:59"), (LocalDateTime{2027, 5, 31, 23, 59, 0}));
}

TEST(TypedTime, IsNotGuessed) {
    for (const char *text : {"",
                             "next Friday",
                             "14 March 2027",
                             "14 March 20:00",
                             "20:00",
                             "14/3/2027 20:00",
                             "3/14/2027 8 pm",
                             "14.03.2027 20:00",
                             "14-03-2027 20:00",
                             "14 March 27, 20:00",
                             "30 February 2027, 20:00",
                             "14 March 2027, 25:00",
                             "14 March 2027, 20:60",
                             "14 March 2027, 13 pm",
                             "14 March 2027, 0 am",
                             "14 March April 2027, 20:00",
                             "14 15 March 2027, 20:00",
                             "14 March 2027, 20:00 or 21:00",
                             "14 March 2027, about 20:00",
                             "ma 14 2027 8pm",
                             "14 March 2027, 20:00:00",
                             "14 März 2027, 20:00",
                             "99999 March 2027 20:00",
                             "14 March 2027 , 8 : 00 pm",
                             "14 March 2027, 20:00 +11"}) {
        EXPECT_EQ(read_typed_time(text), std::nullopt) << text;
    }
}

} // namespace
} // namespace studio::models
