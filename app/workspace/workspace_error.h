// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>

namespace studio::app {

// A failure of the local workspace; the message says what is safe and what to do.
class WorkspaceError final : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

} // namespace studio::app
