// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/http/request.h"

namespace studio::renderer {

// False where a browser says that another site's page sent the request: Sec-Fetch-Site is neither same-origin
// nor none, or Origin is not this host with its port. Another tenant's site is another site. Programs that
// send neither field pass: what they could forge, no cookie of a visitor would come with.
bool is_same_origin(const http::Request &request);

} // namespace studio::renderer
