// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace studio::site {

// A file of this layer that pages refer to (script, fonts, icons), compiled in. `name` is the hashed name in
// the URL
// "/static/<name>"; the content never changes under one name.
struct StaticFile {
    std::string_view bytes;
    std::string_view content_type;
};
std::optional<StaticFile> static_file(std::string_view name);
std::vector<std::string> static_file_names();
// "site.js" → "/static/site.3f2a9c81.js". The name must exist.
std::string static_url(std::string_view plain_name);

} // namespace studio::site
