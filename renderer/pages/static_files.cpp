// SPDX-License-Identifier: Apache-2.0
#include "site/static_files.h"

#include "renderer/pages/static_files.h"

namespace studio::renderer {

namespace {

bool is_compressible(std::string_view type) {
    return type.starts_with("text/") || type.starts_with("application/javascript") ||
           type.starts_with("application/json") || type.starts_with("image/svg");
}

} // namespace

StaticFiles::StaticFiles(const SiteContext &context) {
    for (const std::string &name : site::static_file_names()) {
        const auto file = site::static_file(name);
        if (!file) {
            continue;
        }
        CachedResponse::Content content =
            context.text(std::string(file->content_type), std::string(file->bytes));
        content.cache_control = immutable_cache;
        content.compress = is_compressible(file->content_type);
        content.fields.emplace_back("Content-Security-Policy", "default-src 'none'; sandbox");
        m_files.emplace(name, CachedResponse(std::move(content)));
    }
}

const CachedResponse *StaticFiles::find(std::string_view name) const {
    const auto found = m_files.find(name);
    return found == m_files.end() ? nullptr : &found->second;
}

} // namespace studio::renderer
