// SPDX-License-Identifier: Apache-2.0
// Microseconds to render one page from its JSON documents: reading them, the body, the style sheet, the hash.
#include "models/json/json.h"
#include "site/pages/tenant_page.h"
#include "tests/site/fixture.h"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <vector>

namespace {

using namespace studio;

double microseconds_of_one(const models::Documents &documents, const std::string &layout) {
    const auto start = std::chrono::steady_clock::now();
    const site::RenderedPage page =
        site::render_tenant_page(site::testing::settings(), site::testing::page_of(documents, layout));
    const std::chrono::duration<double, std::micro> taken = std::chrono::steady_clock::now() - start;
    return page.html.empty() ? 0 : taken.count();
}

void measure(const site::testing::Sample &sample, const std::string &layout) {
    constexpr int rounds = 400;
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        times.push_back(microseconds_of_one(sample.documents, layout));
    }
    std::sort(times.begin(), times.end());
    const std::size_t bytes =
        site::render_tenant_page(site::testing::settings(), site::testing::page_of(sample.documents, layout))
            .html.size();
    const models::Json line{{"bench", "render"},
                            {"page", sample.name},
                            {"layout", layout},
                            {"bytes", bytes},
                            {"median_us", times[rounds / 2]},
                            {"p95_us", times[rounds * 95 / 100]},
                            {"limit_us", 2000},
                            {"passed", times[rounds / 2] <= 2000}};
    std::cout << line.dump() << std::endl;
}

} // namespace

int main() {
    const auto samples = site::testing::samples();
    const models::Json first{{"bench", "render"},
                             {"page", "rich, first in the process"},
                             {"us", microseconds_of_one(samples[0].documents, "elegant")}};
    std::cout << first.dump() << std::endl;
    for (const auto &sample : samples) {
        for (const char *layout : {"elegant", "modern", "minimal"}) {
            measure(sample, layout);
        }
    }
    return 0;
}
