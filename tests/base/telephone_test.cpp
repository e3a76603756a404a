// SPDX-License-Identifier: Apache-2.0
#include "base/telephone.h"

#include <gtest/gtest.h>

namespace studio::base {
namespace {

TEST(NormalTelephone, IsTheSameHoweverABritishNumberIsWritten) {
    for (const char *text :
         {"+44 (0)20 7946 0958", "+442079460958", "0011 44 20 7946 0958", "0044 20 7946 0958",
          "+44 20-7946-0958", "\u202D+44 20 7946 0958\u202C", "Tel.: +44 (0) 20 7946 0958",
          "tel:+442079460958", "(+44) 20 7946 0958", "+44.20.7946.0958", "00 44 (0)20 7946 0958"}) {
        EXPECT_EQ(normal_telephone(text, "AU"), "+442079460958") << testing::PrintToString(text);
    }
}

TEST(NormalTelephone, IsTheSameHoweverAnAustralianMobileIsWritten) {
    for (const char *text :
         {"0412 345 678", "412 345 678", "61412345678", "+61 0412 345 678", "+61 412 345 678",
          "(0412) 345-678", "0412\u00A0345\u00A0678", "\uFF10\uFF14\uFF11\uFF12 345 678",
          "0412\u2011345\u2013678", "Mob: 0412345678", "0412 345 678 ext 12"}) {
        EXPECT_EQ(normal_telephone(text, "AU"), "+61412345678") << testing::PrintToString(text);
    }
}

TEST(NormalTelephone, ReadsNumbersOfTheRegion) {
    EXPECT_EQ(normal_telephone("020 7946 0958", "GB"), "+442079460958");
    EXPECT_EQ(normal_telephone("021 555 123", "NZ"), "+6421555123");
    EXPECT_EQ(normal_telephone("0171/1234567", "DE"), "+491711234567");
    EXPECT_EQ(normal_telephone("(212) 736-5000", "US"), "+12127365000");
    EXPECT_EQ(normal_telephone("0412 345 678", ""), std::nullopt) << "no region, no country code";
    EXPECT_EQ(normal_telephone("+61 412 345 678", ""), "+61412345678");
    EXPECT_EQ(normal_telephone("0061 412 345 678", ""), "+61412345678");
}

TEST(NormalTelephone, HasNoneForWhatIsNotOneNumber) {
    for (const char *text :
         {"0412 345 678 0413 456 789", "0412345678 / 0413 456 789", "Call me 0412-345-678 thanks", "", "12",
          "abc", "0412 345 678 after six", "+", "00000000", "+999 123 456 789"}) {
        EXPECT_EQ(normal_telephone(text, "AU"), std::nullopt) << testing::PrintToString(text);
    }
}

TEST(NormalTelephones, AreAllOfAListEachOnce) {
    using List = std::vector<std::string>;
    EXPECT_EQ(normal_telephones("0412 345 678 / +44 20 7946 0958, +61 412 345 678", "AU"),
              (List{"+61412345678", "+442079460958"}));
    EXPECT_EQ(normal_telephones("0412 345 678", "AU"), List{"+61412345678"});
    EXPECT_TRUE(normal_telephones("ask for Mara", "AU").empty());
}

TEST(ParseTelephone, KeepsTheExtensionApart) {
    for (const char *text : {"0412 345 678 ext 12", "0412345678 x12", "+61 412 345 678;ext=12",
                             "0412 345 678 Ext. 12", "0412 345 678, extension 12", "0412 345 678 #12"}) {
        EXPECT_EQ(parse_telephone(text, "AU"), (Telephone{"+61412345678", "12"}))
            << testing::PrintToString(text);
    }
}

TEST(SeparateTelephones, SplitsAListOfNumbersAndNothingElse) {
    using List = std::vector<std::string>;
    for (const char *text :
         {"0412 345 678 / 0413 456 789", "0412 345 678, 0413 456 789", "0412 345 678;0413 456 789",
          "0412 345 678\n0413 456 789", "0412 345 678 or 0413 456 789", "0412 345 678 and 0413 456 789"}) {
        EXPECT_EQ(separate_telephones(text, "AU"), (List{"0412 345 678", "0413 456 789"}))
            << testing::PrintToString(text);
    }
    EXPECT_EQ(separate_telephones("0412 345 678", "AU"), List{"0412 345 678"});
    EXPECT_EQ(separate_telephones("0171/1234567", "DE"), List{"0171/1234567"});
    EXPECT_EQ(separate_telephones("Mornings, evenings", "AU"), List{"Mornings, evenings"});
    EXPECT_EQ(separate_telephones("0412 345 678 0413 456 789", "AU"), List{"0412 345 678 0413 456 789"});
}

TEST(TelephoneToDial, PrefersTheNormalForm) {
    EXPECT_EQ(telephone_to_dial("+44 (0)20 7946 0958", "AU"), "+442079460958");
    EXPECT_EQ(telephone_to_dial("0412 345 678", "AU"), "+61412345678");
    EXPECT_EQ(telephone_to_dial("0412 345 678 ext 12", "AU"), "+61412345678;ext=12");
}

TEST(TelephoneToDial, TakesANumberThatTheTablesDoNotKnow) {
    EXPECT_EQ(telephone_to_dial("+999 123 456", "AU"), "+999123456");
    EXPECT_EQ(telephone_to_dial("0412 345 678", ""), "0412345678");
    EXPECT_EQ(telephone_to_dial("+999 (0)123 456", ""), std::nullopt) << "the zero may belong to it or not";
    EXPECT_EQ(telephone_to_dial("+39 (0)6 6982 1234", ""), "+390669821234");
}

TEST(TelephoneToDial, HasNothingForWhatCannotBeDialled) {
    for (const char *text :
         {"", "123", "0412 345 678 0413 456 789", "on request", "Call me 0412-345-678 thanks"}) {
        EXPECT_EQ(telephone_to_dial(text, "AU"), std::nullopt) << testing::PrintToString(text);
    }
}

} // namespace
} // namespace studio::base
