// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/http/request.h"

namespace studio::renderer::http {

// False where a browser says that another site's page sent the request: Sec-Fetch-Site is neither same-origin
// nor none, or Origin is not this host. Another tenant's site is another site, and so is the same host by
// plain HTTP where the request came by HTTPS. A scheme's default port equals no port; ports are compared only
// where both fields have one, because a proxy may listen on another port and leave it out. Programs that send
// neither field pass: a request that they forge carries no visitor's cookie.
bool is_same_origin(const Request &request);

} // namespace studio::renderer::http
