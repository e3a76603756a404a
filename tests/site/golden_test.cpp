// SPDX-License-Identifier: Apache-2.0
// Whole pages against files in golden/. After an intended change: STUDIO_UPDATE_GOLDEN=1
// build/tests/site_tests
#include "fixture.h"
#include "site/pages/tenant_page.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

namespace studio::site {
namespace {

std::string golden_path(const std::string &name) {
    const char *root = std::getenv("STUDIO_SOURCE_DIR");
    return std::string(root ? root : ".") + "/tests/site/golden/" + name + ".html";
}

// One tag a line and without the style sheet, so that a difference reads well.
std::string readable(std::string html) {
    const std::size_t style = html.find("<style>") + 7;
    html.erase(style, html.find("</style>") - style);
    std::string lines;
    for (std::size_t i = 0; i < html.size(); ++i) {
        if (html[i] == '<' && i > 0 && html[i + 1] != '/' && html[i - 1] != '\n') {
            lines += '\n';
        }
        lines += html[i];
    }
    return lines + '\n';
}

class Golden : public ::testing::TestWithParam<std::pair<std::string, std::string>> {};

TEST_P(Golden, PageIsAsReviewed) {
    const auto &[sample, layout] = GetParam();
    const models::Documents documents =
        sample == "rich" ? testing::rich_documents() : testing::sparse_documents();
    const std::string name = sample + '-' + layout;
    const std::string now =
        readable(render_tenant_page(testing::settings(), testing::page_of(documents, layout)).html);
    if (std::getenv("STUDIO_UPDATE_GOLDEN")) {
        std::ofstream(golden_path(name), std::ios::binary) << now;
        return;
    }
    std::ifstream file(golden_path(name), std::ios::binary);
    const std::string reviewed{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(now, reviewed) << "look at the difference; STUDIO_UPDATE_GOLDEN=1 accepts it";
}

INSTANTIATE_TEST_SUITE_P(Layouts, Golden,
                         ::testing::Values(std::pair{"rich", "elegant"}, std::pair{"rich", "modern"},
                                           std::pair{"rich", "minimal"}, std::pair{"sparse", "elegant"},
                                           std::pair{"sparse", "modern"}, std::pair{"sparse", "minimal"}),
                         [](const auto &page) { return page.param.first + "_" + page.param.second; });

TEST(PageSize, StaysBelow60KilobytesBeforeCompressionAndBelow75WithManyPhotos) {
    for (const auto &sample : testing::samples()) {
        for (const char *layout : {"elegant", "modern", "minimal"}) {
            const std::size_t bytes =
                render_tenant_page(testing::settings(), testing::page_of(sample.documents, layout))
                    .html.size();
            std::cout << sample.name << ' ' << layout << ": " << bytes << " bytes\n";
            EXPECT_LE(bytes, sample.name == "crowded" ? 75'000u : 60'000u) << sample.name << ' ' << layout;
        }
    }
}

} // namespace
} // namespace studio::site
