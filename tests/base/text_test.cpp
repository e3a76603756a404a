// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <gtest/gtest.h>

namespace studio::base {
namespace {

struct CleanLine {
    const char *name, *pasted, *clean;
};

class PastedLine : public testing::TestWithParam<CleanLine> {};

TEST_P(PastedLine, GivesTheLineThatWasMeant) {
    EXPECT_EQ(clean_line(GetParam().pasted), GetParam().clean);
    EXPECT_EQ(clean_line(GetParam().clean), GetParam().clean) << "cleaning twice changes nothing";
}

INSTANTIATE_TEST_SUITE_P(
    Pasted, PastedLine,
    testing::Values(
        CleanLine{"direction_marks_of_a_contact", "\u202A+61 412 345 678\u202C", "+61 412 345 678"},
        CleanLine{"forced_direction", "\u202D+44 20 7946 0958\u202C", "+44 20 7946 0958"},
        CleanLine{"isolates", "\u2068Claire\u2069", "Claire"},
        CleanLine{"byte_order_mark", "\uFEFFClaire", "Claire"},
        CleanLine{"zero_width_space", "Cla\u200Bire", "Claire"},
        CleanLine{"word_joiner", "Cla\u2060ire\u2061", "Claire"},
        CleanLine{"soft_hyphen", "Com\u00ADpanion", "Companion"},
        CleanLine{"no_break_space", "Claire\u00A0Hamilton", "Claire Hamilton"},
        CleanLine{"thin_and_figure_spaces", "1\u20091\u20071\u202F1\u30001", "1 1 1 1 1"},
        CleanLine{"spaces_at_the_ends", " \t\u00A0\u3000Claire\u2003\r\n", "Claire"},
        CleanLine{"marks_and_spaces_mixed_at_the_ends", "\u200B \u200E Claire \u200F\u00A0\u200B", "Claire"},
        CleanLine{"tab_inside", "Claire\tHamilton", "Claire Hamilton"},
        CleanLine{"decomposed_letters", "Zoe\u0308", "Zo\u00EB"},
        CleanLine{"composed_letters", "Zo\u00EB", "Zo\u00EB"},
        CleanLine{"line_breaks_stay", "one\r\ntwo\u2028three", "one\ntwo\nthree"},
        CleanLine{"control_characters_stay", "a\x01z", "a\x01z"},
        CleanLine{"family_emoji", "\U0001F468\u200D\U0001F469\u200D\U0001F467",
                  "\U0001F468\u200D\U0001F469\u200D\U0001F467"},
        CleanLine{"heart_on_fire", "\u2764\uFE0F\u200D\U0001F525", "\u2764\uFE0F\u200D\U0001F525"},
        CleanLine{"flag_of_england", "\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F",
                  "\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F"},
        CleanLine{"tags_without_a_flag", "Claire\U000E0067\U000E0062", "Claire"},
        CleanLine{"persian_non_joiner", "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645",
                  "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645"},
        CleanLine{"hindi_joiner", "\u0915\u094D\u200D\u0937", "\u0915\u094D\u200D\u0937"},
        CleanLine{"joiner_between_latin_letters", "Cla\u200Dire", "Claire"},
        CleanLine{"joiner_at_the_ends", "\u200D\u0645\u200C", "\u0645\u200C"},
        CleanLine{"joiner_at_the_end_of_a_word", "\u0915\u094D\u200D \u0645\u200D\u200D",
                  "\u0915\u094D\u200D \u0645\u200D"},
        CleanLine{"joiner_behind_latin_letters_at_the_end", "Claire\u200D", "Claire"},
        CleanLine{"joiner_behind_a_letter_that_is_composed", "e\u200B\u0308\u200D\U0001F3F4",
                  "\u00EB\U0001F3F4"},
        CleanLine{"noncharacters", "Cla\uFFFFire\uFDD0\U0001FFFE", "Claire"},
        CleanLine{"only_marks", "\u200B\u200E\uFEFF\uFFFF", ""},
        CleanLine{"invalid_utf8", " \xFF ", " \xFF "}),
    [](const auto &tested) { return tested.param.name; });

TEST(CleanProse, KeepsLinesTabsAndNoBreakSpaces) {
    EXPECT_EQ(clean_prose("\uFEFF One\u00A0hour\r\n\tfor\u200B two \u2003people\r\n\r\n"),
              "One\u00A0hour\n\tfor two  people");
}

TEST(CleanProse, KeepsDirectionMarksWithinATextAndNotAtItsEnds) {
    EXPECT_EQ(clean_prose("\u200EC++\u200E \u0645\u200F, \u061Cx\u200E"), "C++\u200E \u0645\u200F, \u061Cx");
}

TEST(IsBlank, SeesWhatNobodySees) {
    for (const char *text :
         {"", " ", "\t\r\n", "\u00A0", "\u200B", "\u200B\u200B \u2060", "\u3164", "\u2800\uFE0F",
          "\u202D\u202C", "\u00AD", "\uFEFF", "\u3000\u2028", "\U000E0067"}) {
        EXPECT_TRUE(is_blank(text)) << testing::PrintToString(text);
    }
    for (const char *text : {"a", ".", "\u4E2D", "\u200Bx", "\u2764", "\U0001F600", "\xFF"}) {
        EXPECT_FALSE(is_blank(text)) << testing::PrintToString(text);
    }
}

struct Counted {
    const char *text;
    std::size_t characters;
};

TEST(CharacterCount, CountsWhatPeopleCount) {
    for (const auto &[text, characters] :
         {Counted{"", 0}, Counted{"Claire", 6}, Counted{"Привет", 6}, Counted{"Zoe\u0308", 3},
          Counted{"\U0001F1E6\U0001F1FA", 1}, Counted{"\U0001F44D\U0001F3FD", 1},
          Counted{"\u0928\u092E\u0938\u094D\u0924\u0947", 4}, Counted{"\u65E5\u672C", 2}, Counted{"\r\n", 1},
          Counted{"a\xFFz", 3}}) {
        EXPECT_EQ(character_count(text), characters) << testing::PrintToString(text);
    }
}

TEST(CharacterCount, BoundsTheCodePointsThatHideInOneCharacter) {
    std::string stacked = "a";
    for (int mark = 0; mark < 399; ++mark) {
        stacked += "\u0301";
    }
    EXPECT_EQ(character_count(stacked), 100U);
}

TEST(FirstCharacters, CutsNoClusterInTwo) {
    EXPECT_EQ(first_characters("Привет", 3), "При");
    EXPECT_EQ(first_characters("e\u0308e\u0308", 1), "e\u0308");
    EXPECT_EQ(first_characters("\U0001F1E6\U0001F1FA\U0001F1EB\U0001F1F7", 1), "\U0001F1E6\U0001F1FA");
    EXPECT_EQ(first_characters("abc", 9), "abc");
    EXPECT_EQ(first_characters("abc", 0), "");
}

TEST(Shortened, CountsCharactersAndCutsAtAWord) {
    std::string cyrillic;
    for (int letter = 0; letter < 150; ++letter) {
        cyrillic += "я";
    }
    EXPECT_EQ(shortened(cyrillic, 150), cyrillic);
    EXPECT_EQ(character_count(shortened(cyrillic, 149)), 149U);
    EXPECT_TRUE(shortened(cyrillic, 149).ends_with("я…"));
    EXPECT_EQ(shortened("Dinner in good company", 16), "Dinner in good…");
    EXPECT_EQ(shortened("Dinner in good company", 15), "Dinner in good…");
    EXPECT_EQ(shortened("Dinner in good company", 14), "Dinner in…");
    EXPECT_EQ(shortened("Donaudampfschifffahrt", 5), "Dona…");
    EXPECT_EQ(shortened("", 5), "");
}

TEST(InsideSentence, BeginsSmallUnlessTheFirstWordKeepsItsCapital) {
    EXPECT_EQ(inside_sentence("Within four hours, on most days"), "within four hours, on most days");
    EXPECT_EQ(inside_sentence("A day"), "a day");
    EXPECT_EQ(inside_sentence("Écris-moi"), "écris-moi");
    EXPECT_EQ(inside_sentence("E\u0301cris-moi"), "e\u0301cris-moi") << "the accent stays with its letter";
    for (const char *kept :
         {"SMS within the hour", "WhatsApp first", "I reply by evening", "I'm quick", "I\u2019ll reply",
          "Mondays to Fridays", "within a day", "24 hours", "", "Ⅳ hours", "\xff"}) {
        EXPECT_EQ(inside_sentence(kept), kept);
    }
}

TEST(IgnoringCase, ComparesAsciiLettersOnly) {
    EXPECT_TRUE(equal_ignoring_case("HTTPS", "https"));
    EXPECT_FALSE(equal_ignoring_case("https", "http"));
    EXPECT_TRUE(starts_with_ignoring_case("MailTo:x", "mailto:"));
    EXPECT_FALSE(starts_with_ignoring_case("mail", "mailto:"));
    EXPECT_EQ(lower_case("ÄB"), "Äb");
}

} // namespace
} // namespace studio::base
