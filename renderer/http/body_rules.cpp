// SPDX-License-Identifier: Apache-2.0
#include "renderer/http/body_rules.h"

#include <algorithm>

namespace studio::renderer::http {

bool is_media_type(std::string_view content_type, std::string_view media_type) {
    content_type = content_type.substr(0, content_type.find(';'));
    while (!content_type.empty() && (content_type.back() == ' ' || content_type.back() == '\t')) {
        content_type.remove_suffix(1);
    }
    return std::equal(content_type.begin(), content_type.end(), media_type.begin(), media_type.end(),
                      [](char x, char y) { return (x >= 'A' && x <= 'Z' ? x + 32 : x) == y; });
}

int check_body(const Request &head, const BodyRules &rules) {
    if (rules.max_bytes == 0) {
        return 0;
    }
    if (!head.chunked && !head.content_length) {
        return head.method == Method::Post ? 411 : 0;
    }
    if (head.content_length.value_or(0) > rules.max_bytes) {
        return 413;
    }
    const bool comes = head.chunked || *head.content_length > 0;
    if (comes && !rules.media_types.empty() &&
        std::none_of(rules.media_types.begin(), rules.media_types.end(),
                     [&](std::string_view type) { return is_media_type(head.content_type, type); })) {
        return 415;
    }
    return 0;
}

} // namespace studio::renderer::http
