// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/http/reply.h"
#include "renderer/http/request.h"
#include "renderer/pages/cached_response.h"

#include <optional>
#include <string>
#include <string_view>

namespace studio::renderer {

// The pictures below one folder. Their names hold a hash of their content, so replies may be cached for ever.
class MediaFiles final {
public:
    // Throws std::system_error where the folder cannot be opened.
    MediaFiles(const std::string &root, ExtraFields common_fields);
    ~MediaFiles();
    MediaFiles(const MediaFiles &) = delete;
    MediaFiles &operator=(const MediaFiles &) = delete;

    // `encoded_path` is what follows "/media/", percent-encoding as sent. nullopt: there is no such picture.
    std::optional<http::Reply> reply(const http::Request &request, std::string_view encoded_path) const;

    // Opens the file of a path from outside, however malformed: never a file outside the root, through a
    // symbolic link, with a name that begins with a dot, or other than a regular file. -1 where there is
    // none.
    int open(std::string_view path) const;

private:
    int m_root;
    ExtraFields m_common_fields;
};

// nullopt for a malformed escape and for an escaped '/' or NUL.
std::optional<std::string> decode_path(std::string_view encoded);

} // namespace studio::renderer
