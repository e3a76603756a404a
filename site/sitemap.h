// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace studio::site {

std::string render_robots(const std::string &origin, bool indexable);
std::string render_sitemap(const std::string &origin, const std::vector<std::string> &paths);

} // namespace studio::site
