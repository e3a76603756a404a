// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/documents.h"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace studio::models {

inline std::string fixture_text(const std::string &name) {
    const char *source = std::getenv("STUDIO_SOURCE_DIR");
    std::ifstream file(std::string(source ? source : ".") + "/tests/models/fixtures/" + name);
    if (!file) {
        throw std::runtime_error("no fixture " + name + "; is STUDIO_SOURCE_DIR set?");
    }
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

inline Json fixture(const std::string &name) {
    return Json::parse(fixture_text(name));
}

// The example configurations of the platform's reference document.
inline Documents reference_documents() {
    return {fixture("reference_theme.json"), fixture("reference_content.json"),
            fixture("reference_photos.json")};
}

} // namespace studio::models
