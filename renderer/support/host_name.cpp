// SPDX-License-Identifier: Apache-2.0
#include "renderer/support/host_name.h"

namespace studio::renderer {

HostName::HostName(std::string_view host_field) {
    if (!host_field.starts_with('[')) {
        host_field = host_field.substr(0, host_field.find(':'));
    }
    if (host_field.ends_with('.')) {
        host_field.remove_suffix(1);
    }
    if (host_field.size() > m_text.size()) {
        return; // longer than a name can be: stays the empty name, which no tenant has
    }
    for (const char c : host_field) {
        m_text[m_size++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
}

std::string_view HostName::label_below(std::string_view domain) const {
    const std::string_view host = text();
    if (host.size() <= domain.size() + 1 || !host.ends_with(domain) ||
        host[host.size() - domain.size() - 1] != '.') {
        return {};
    }
    const std::string_view label = host.substr(0, host.size() - domain.size() - 1);
    return label.find('.') == std::string_view::npos ? label : std::string_view{};
}

} // namespace studio::renderer
