// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace studio::app {

// TCP ports of 127.0.0.1.
bool port_is_free(int port);
int free_port();

} // namespace studio::app
