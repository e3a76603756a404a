// SPDX-License-Identifier: Apache-2.0
// Addresses that people type: web pages, pictures, email.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace studio::models {

inline constexpr std::size_t max_url_length = 2048;

// http(s) with a host name, without user name or password, spaces, quotes or control characters.
bool is_http_url(std::string_view text);
// "/media/claire/hero-1280.webp": the platform's own media, without "." or ".." segments.
bool is_media_path(std::string_view text);
// "...hero-2.jpg": a path without a scheme, harmless but pointing nowhere in particular.
bool is_relative_path(std::string_view text);
// Whether a page may use it as the src of a picture: one of the three kinds above.
bool is_safe_picture_url(std::string_view text);

// An ordinary address "name@host.tld": ASCII, one '@', at most 254 characters.
bool is_email(std::string_view text);
// The address in what people paste: "Mara <mara@x.com>", "mailto:mara@x.com", "mara@x.com,". nullopt where
// there is none, or more than one.
std::optional<std::string> email_in(std::string_view pasted);

} // namespace studio::models
