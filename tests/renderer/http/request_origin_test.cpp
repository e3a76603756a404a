// SPDX-License-Identifier: Apache-2.0
#include "renderer/http/request_origin.h"

#include <gtest/gtest.h>

namespace studio::renderer::http {
namespace {

struct Case {
    const char *site, *origin, *host;
};

Request request_of(const Case &given) {
    Request request;
    request.sec_fetch_site = given.site;
    request.origin = given.origin;
    request.host = given.host;
    return request;
}

TEST(RequestOrigin, IsTheSitesOwnOrNobodys) {
    for (const Case &each : {Case{"", "", "ada.localhost:8080"},
                             {"same-origin", "", "ada.localhost:8080"},
                             {"none", "", "ada.localhost:8080"},
                             {"same-origin", "http://ada.localhost:8080", "ada.localhost:8080"},
                             {"", "http://ADA.localhost:8080", "ada.localhost:8080"},
                             {"", "https://Ada.Example", "ada.example."},
                             {"", "https://ada.example", "ada.example"},
                             {"", "https://ada.example", "ada.example:443"},
                             {"", "http://ada.example", "ada.example:80"},
                             {"", "https://ada.example", "ada.example:8080"},
                             {"", "https://ada.example:8443", "ada.example"},
                             {"", "http://[::1]:80", "[::1]"}}) {
        EXPECT_TRUE(is_same_origin(request_of(each))) << each.site << " " << each.origin << " " << each.host;
    }
}

TEST(RequestOrigin, IsAnothersWhereTheBrowserSaysSo) {
    for (const Case &each : {Case{"cross-site", "", "ada.example"},
                             {"cross-site", "https://ada.example", "ada.example"},
                             {"same-site", "https://ada.example", "ada.example"},
                             {"same-site", "", "ada.example"},
                             {"", "https://bea.example", "ada.example"},
                             {"", "https://ada.example.evil", "ada.example"},
                             {"", "https://xada.example", "ada.example"},
                             {"", "https://ada.example:1", "ada.example:2"},
                             {"", "http://ada.localhost:8081", "ada.localhost:8080"},
                             {"", "http://[::1]", "[::2]"},
                             {"", "null", "ada.example"},
                             {"", "ada.example", "ada.example"},
                             {"", "https://", "ada.example"},
                             {"", "ftp://ada.example", "ada.example"}}) {
        EXPECT_FALSE(is_same_origin(request_of(each))) << each.site << " " << each.origin << " " << each.host;
    }
}

TEST(RequestOrigin, OfPlainHttpIsNotThatOfHttps) {
    Request request = request_of({"", "http://ada.example", "ada.example"});
    request.scheme = Scheme::Https;
    EXPECT_FALSE(is_same_origin(request));
    request.origin = "https://ada.example";
    EXPECT_TRUE(is_same_origin(request));
}

} // namespace
} // namespace studio::renderer::http
