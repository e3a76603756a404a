// SPDX-License-Identifier: Apache-2.0
#include "renderer/http/body_rules.h"

#include <gtest/gtest.h>

namespace studio::renderer::http {
namespace {

constexpr std::string_view form[] = {"application/x-www-form-urlencoded"};

Request head(Method method, std::optional<std::size_t> length, std::string_view type = {}) {
    Request request;
    request.method = method;
    request.content_length = length;
    request.content_type = type;
    return request;
}

TEST(BodyRules, AskForALengthOfAPostThatTakesABody) {
    EXPECT_EQ(check_body(head(Method::Post, {}), {100, {}}), 411);
    EXPECT_EQ(check_body(head(Method::Post, {}), {0, {}}), 0) << "its handler refuses the method itself";
    EXPECT_EQ(check_body(head(Method::Post, 0), {100, form}), 0) << "an empty body has no type";
    Request chunked = head(Method::Post, {}, "application/x-www-form-urlencoded");
    chunked.chunked = true;
    EXPECT_EQ(check_body(chunked, {100, form}), 0);
}

TEST(BodyRules, LimitTheAnnouncedLength) {
    EXPECT_EQ(check_body(head(Method::Post, 100), {100, {}}), 0);
    EXPECT_EQ(check_body(head(Method::Post, 101), {100, {}}), 413);
    EXPECT_EQ(check_body(head(Method::Get, 101), {100, {}}), 413);
}

TEST(BodyRules, CompareTheTypeWithoutCaseAndParameters) {
    EXPECT_EQ(check_body(head(Method::Post, 1, "Application/X-WWW-Form-Urlencoded ; charset=x"), {100, form}),
              0);
    for (const char *other : {"", "application/json", "application/x-www-form-urlencodedd", "text/plain",
                              "x application/x-www-form-urlencoded", ";application/x-www-form-urlencoded"}) {
        EXPECT_EQ(check_body(head(Method::Post, 1, other), {100, form}), 415) << other;
    }
}

} // namespace
} // namespace studio::renderer::http
