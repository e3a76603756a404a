// SPDX-License-Identifier: Apache-2.0
// Made by import_demo.cpp when the project is built.
#pragma once

#include <string_view>

namespace studio::demo {

struct DemoDocuments {
    std::string_view subdomain, media_folder;
    std::string_view theme, content, photos; // JSON
    // [{"picture", "photo", "contentHash", "likeness", "files": [{"key", "type", "bytes"}]}]
    std::string_view library;
};

extern const DemoDocuments demo_documents[];
extern const unsigned demo_documents_count;

} // namespace studio::demo
