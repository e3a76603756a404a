// SPDX-License-Identifier: Apache-2.0
#include "renderer/run.h"

#include <cstdlib>

int main() {
    const studio::renderer::Environment environment = [](const char *name) { return std::getenv(name); };
    return studio::renderer::run(environment);
}
