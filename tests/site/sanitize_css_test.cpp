// SPDX-License-Identifier: Apache-2.0
#include "site/css/compact.h"
#include "site/css/sanitizer.h"
#include "site/css/serialize.h"
#include "site/css/tokenizer.h"

#include <gmock/gmock.h>

#include <random>

namespace studio::site {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

std::string sanitized(std::string_view css) {
    return sanitize_css(css, ".site").css;
}

TEST(SanitizeCss, ScopesEverySelector) {
    EXPECT_EQ(sanitized("h1, .hero > p { color: #123456 }"), ".site h1,.site .hero > p{color:#123456}");
    EXPECT_EQ(sanitized("body { color: red } :root{--x:1px} html body .a{margin:0}"),
              ".site{color:red}.site{--x:1px}.site .a{margin:0}");
    EXPECT_EQ(sanitized(".site .hero{margin:0}"), ".site .hero{margin:0}");
}

TEST(SanitizeCss, KeepsMediaAndSupportsWithScopedRulesInside) {
    EXPECT_EQ(sanitized("@media (min-width: 40em) and (orientation:landscape) { h2 { margin: 0 } }"),
              "@media (min-width:40em) and (orientation:landscape){.site h2{margin:0}}");
    EXPECT_EQ(sanitized("@supports (display: grid) { ul { display: grid } }"),
              "@supports (display:grid){.site ul{display:grid}}");
}

TEST(SanitizeCss, KeepsOrdinaryDesign) {
    const SanitizedCss result =
        sanitize_css("a:hover{color:rgb(1 2 3/50%);transform:translateY(-2px) rotate(2deg);box-shadow:0 1px "
                     "2px rgba(0,0,0,.2)!important}"
                     "li:nth-child(2n+1)::before{content:\"\\2014 \";width:calc(100% - 2rem)}"
                     "h1{background:linear-gradient(90deg,#fff,#000);grid-template-columns:repeat(auto-fill,"
                     "minmax(10rem,1fr))}",
                     ".site");
    EXPECT_THAT(result.dropped, IsEmpty());
    EXPECT_THAT(result.css, HasSubstr("translateY(-2px) rotate(2deg)"));
    EXPECT_THAT(result.css, HasSubstr("calc(100% - 2rem)"));
    EXPECT_THAT(result.css, HasSubstr("content:\"\xE2\x80\x94\""));
}

TEST(SanitizeCss, KeepsRangesOfSizes) {
    for (const char *condition :
         {"(width<=600px)", "(width >= 600px)", "(width < 40em)", "(400px <= width <= 700px)",
          "(400px < width < 700px)", "(aspect-ratio > 1)", "(width<calc(30em + 1px))"}) {
        const SanitizedCss result =
            sanitize_css(std::string("@media ") + condition + "{p{color:red}}", ".site");
        EXPECT_THAT(result.dropped, IsEmpty()) << condition;
        EXPECT_THAT(result.css, HasSubstr(".site p{color:red}")) << condition;
    }
}

TEST(SanitizeCss, NoConditionEndsTheStyleElement) {
    for (const char *hostile : {"@media (width </style><script>alert(1)</script>) {p{color:red}}",
                                "@media (width < /style) {p{color:red}}", "@media (a<!--b) {p{color:red}}",
                                "@media < {p{color:red}}", "@media (1<'x') {p{color:red}}"}) {
        const std::string css = sanitized(hostile);
        EXPECT_THAT(css, Not(HasSubstr("</"))) << hostile;
        EXPECT_THAT(css, Not(HasSubstr("<!"))) << hostile;
    }
}

TEST(SanitizeCss, KeepsEveryFunctionOfAFamily) {
    for (const char *value :
         {"transform:translate3d(0,0,0)", "transform:translateZ(1px)", "transform:scaleZ(2)",
          "transform:scale3d(1,1,1)", "transform:rotate3d(0,0,1,1deg)",
          "transform:perspective(1px) matrix3d(1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1)", "width:round(1px,2px)",
          "width:mod(5px,2px)", "width:sqrt(4)", "rotate:atan2(1,2)", "opacity:sin(1)",
          "transition-timing-function:linear(0,.5,1)", "clip-path:rect(0 0 1px 1px)",
          "clip-path:xywh(0 0 1px 1px)", "clip-path:path(\"M0 0\")"}) {
        const SanitizedCss result = sanitize_css(std::string("p{") + value + "}", ".site");
        EXPECT_THAT(result.dropped, IsEmpty()) << value;
        EXPECT_THAT(result.css, Not(IsEmpty())) << value;
    }
}

TEST(SanitizeCss, DropsWhatCouldLoadOrRunAnything) {
    for (const char *hostile : {"@import 'https://evil.example/x.css';",
                                "@import url(x.css) screen;",
                                "@font-face{font-family:x;src:url(x)}",
                                "a{background:url(https://evil.example/)}",
                                "a{background:u\\72l(https://evil.example/)}",
                                "a{background:\\75 rl(x)}",
                                "a{background:URL( 'x' )}",
                                "a{width:expression(alert(1))}",
                                "a{width:exp/**/ression(alert(1))}",
                                "a{behavior:url(x.htc)}",
                                "a{-moz-binding:none}",
                                "a{background:image-set('https://evil.example/x' 1x)}",
                                "a{background:-webkit-image-set('x' 1x)}",
                                "a{background:src('x')}",
                                "a{background:cross-fade(url(x),red)}",
                                "a{--x:url(x)}",
                                "a{background:element(#x)}",
                                "@charset 'utf-8';",
                                "@namespace svg url(x);",
                                "@keyframes x{from{background:url(y)}}",
                                "@page{margin:0}",
                                "@layer a{b{color:red}}",
                                "@container (width>1px){b{color:red}}",
                                "@property --x{syntax:'*'}",
                                "a{background:url(x",
                                "a{background:url(x\n\"y)}"}) {
        const SanitizedCss result = sanitize_css(hostile, ".site");
        EXPECT_EQ(result.css, "") << hostile;
        EXPECT_THAT(result.dropped, Not(IsEmpty())) << hostile;
    }
}

TEST(SanitizeCss, KeepsTheGoodDeclarationsOfARuleWithABadOne) {
    const SanitizedCss result = sanitize_css("a{color:red;background:url(x);margin:0}", ".site");
    EXPECT_EQ(result.css, ".site a{color:red;margin:0}");
    EXPECT_THAT(result.dropped, SizeIs(1));
}

TEST(SanitizeCss, LetsNothingCoverThePageAround) {
    EXPECT_EQ(sanitized("a{position:fixed}"), "");
    EXPECT_EQ(sanitized("a{position:var(--p)}"), "");
    EXPECT_EQ(sanitized("a{position:f\\69xed}"), "");
    EXPECT_EQ(sanitized("a{position:sticky}"), ".site a{position:sticky}");
}

TEST(SanitizeCss, RefusesSelectorsThatLeaveTheScope) {
    for (const char *hostile :
         {"body ~ .consent{display:none}", "body + div{display:none}", ":root~*{display:none}",
          ".site + .gate{display:none}", "html.x ~ .gate{display:none}", "> a{color:red}",
          "+ .consent{color:red}", "a,,b{color:red}", "{color:red}", "a & b{color:red}"}) {
        EXPECT_EQ(sanitized(hostile), "") << hostile;
    }
    EXPECT_EQ(sanitized("body .a + .b{color:red}"), ".site .a + .b{color:red}");
}

TEST(SanitizeCss, DropsWhatIsNotClosedOrNotCss) {
    for (const char *broken :
         {"a{color:red", "@media print{a{color:red}", "a", "}", "a{color}", "a{:red}", "a{color:}",
          "a{color:(red}", "a{b{color:red}}", "a{color:red]}", "a{color:'x\n}"}) {
        EXPECT_EQ(sanitized(broken), "") << broken;
    }
}

TEST(SanitizeCss, NeverEndsTheStyleElement) {
    for (const char *hostile :
         {"a{content:'</style><script>alert(1)</script>'}", "</style><script>alert(1)</script>",
          "a[x='</style>']{color:red}", "\\3c/style\\3e{color:red}", ".\\3c \\/style{color:red}",
          "@media (a:</style>){a{color:red}}", "<!-- a{color:red} -->", "a{--x:</style>}"}) {
        EXPECT_THAT(sanitized(hostile), Not(HasSubstr("<"))) << hostile;
    }
}

TEST(SanitizeCss, IsStableAndHarmlessOnRandomText) {
    static constexpr std::string_view pieces[] = {
        "a",  "{",   "}",   ";",  ":",          "color",    "red",      "url(",  ")",           "'",
        "\"", "\\",  "\n",  "/*", "*/",         "@import",  "@media",   "(",     "</style",     ">",
        "<",  "!--", "-->", "~",  "+",          ",",        "body",     ":root", "\\75",        "rl(",
        " ",  "1e3", "--x", "#",  "\xff",       "\xc3\xa9", "position", "fixed", "expression(", "[",
        "]",  "\\",  "0",   "%",  "!important", "::before", ".site"};
    std::mt19937 random(20260704);
    for (int round = 0; round < 20000; ++round) {
        std::string css;
        for (unsigned count = random() % 40; count > 0; --count) {
            css += pieces[random() % std::size(pieces)];
        }
        const std::string once = sanitized(css);
        ASSERT_EQ(once.find('<'), std::string::npos) << css;
        for (const char *never : {"url(", "expression(", "@import", "position:fixed"}) {
            ASSERT_EQ(once.find(never), std::string::npos) << css << "\n-> " << once;
        }
        ASSERT_EQ(sanitized(once), once) << css;
    }
}

TEST(SanitizeCss, RefusesTextOfUnreasonableLength) {
    EXPECT_EQ(sanitized(std::string(70000, ' ') + "a{color:red}"), "");
    std::string deep;
    for (int i = 0; i < 10000; ++i) {
        deep += "@media (a:b){";
    }
    EXPECT_EQ(sanitized(deep.substr(0, 60000)), "");
}

TEST(CssTokens, SerializeToTextThatReadsBackTheSame) {
    for (const char *css :
         {"a.b#c[d=\"e\"]:hover>f~g+h{color:#fff;margin:-1.5e3px 50% +2em}", "a/**/b", "#/**/a", "@/**/a",
          "1/**/e3", "1/**/px", "-/**/-x", "\\31 23", "\\-", "1\\65 3", "--\\>", "//**/*", "a\\:b\\/c"}) {
        const auto tokens = css::tokenize(css);
        EXPECT_EQ(css::tokenize(css::serialize(tokens)), tokens) << css << "\n-> " << css::serialize(tokens);
    }
}

TEST(CompactCss, TakesOutCommentsAndNeedlessSpace) {
    EXPECT_EQ(css::compact("/* x */ a  :hover ,  b { color : red ; margin: calc( 1px + 2px ) ; }\n"),
              "a :hover,b{color :red;margin:calc(1px + 2px)}");
}

} // namespace
} // namespace studio::site
