// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace studio::renderer {

// Whether a browser says that a request was made by a page of another host: Sec-Fetch-Site other than
// "same-origin" or "none", or an Origin whose host and port are not `host`, the request's Host field. A
// request that says nothing of the kind comes from no browser of today, or from none at all. The ports count
// only where both are written, because a proxy may listen on another one.
bool is_cross_site(std::string_view sec_fetch_site, std::string_view origin, std::string_view host);

} // namespace studio::renderer
