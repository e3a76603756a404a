// SPDX-License-Identifier: Apache-2.0
#include "base/version.h"

namespace studio::base {

const char *version() {
    return STUDIO_VERSION;
}

} // namespace studio::base
