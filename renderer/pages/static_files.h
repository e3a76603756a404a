// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/pages/cached_response.h"
#include "renderer/pages/directory.h"
#include "renderer/pages/site_context.h"

#include <memory>
#include <string_view>
#include <unordered_map>

namespace studio::renderer {

// The files that pages refer to, compressed once when the service starts.
class StaticFiles final {
public:
    explicit StaticFiles(const SiteContext &context);
    // `name` is what follows "/static/". nullptr where there is none.
    const CachedResponse *find(std::string_view name) const;

private:
    std::unordered_map<std::string, CachedResponse, HostHash, std::equal_to<>> m_files;
};

} // namespace studio::renderer
