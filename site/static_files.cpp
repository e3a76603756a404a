// SPDX-License-Identifier: Apache-2.0
#include "site/static_files.h"

#include "site/embedded.h"

#include <stdexcept>
#include <unordered_map>

namespace studio::site {

namespace {

struct Index {
    std::unordered_map<std::string_view, const EmbeddedFile *> by_hashed_name;
    std::unordered_map<std::string_view, const EmbeddedFile *> by_name;
};

const Index &index() {
    static const Index built = [] {
        Index result;
        for (const EmbeddedFile &file : embedded_files()) {
            if (file.kind != EmbeddedKind::Static) {
                continue;
            }
            result.by_hashed_name.emplace(file.hashed_name, &file);
            result.by_name.emplace(file.name, &file);
        }
        return result;
    }();
    return built;
}

} // namespace

std::optional<StaticFile> static_file(std::string_view name) {
    const auto found = index().by_hashed_name.find(name);
    if (found == index().by_hashed_name.end()) {
        return std::nullopt;
    }
    return StaticFile{found->second->bytes, found->second->content_type};
}

std::vector<std::string> static_file_names() {
    std::vector<std::string> names;
    for (const EmbeddedFile &file : embedded_files()) {
        if (file.kind == EmbeddedKind::Static) {
            names.emplace_back(file.hashed_name);
        }
    }
    return names;
}

std::string static_url(std::string_view plain_name) {
    const auto found = index().by_name.find(plain_name);
    if (found == index().by_name.end()) {
        throw std::logic_error("no static file named " + std::string(plain_name));
    }
    return "/static/" + std::string(found->second->hashed_name);
}

} // namespace studio::site
