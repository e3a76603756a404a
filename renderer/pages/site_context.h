// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/values/photo_store.h"
#include "renderer/pages/cached_response.h"
#include "site/page.h"

#include <string>
#include <string_view>

namespace studio::renderer {

// What all pages of this platform share. Never changes; after a change of the photo store pages are made with
// another one.
struct SiteContext {
    site::SiteSettings settings;
    std::string platform_domain; // "companionconnect.app"
    std::string link_domain;     // where the links of emails lead
    std::string scheme;          // "https"
    std::string port_suffix;     // "" or ":8080"
    // MEDIA_BASE_URL is set: the addresses of photos do not follow the platform's photo store.
    bool fixed_media_base = false;

    bool https() const { return scheme == "https"; }
    // A copy with the addresses of photos in this store.
    SiteContext with(const models::PhotoStore &store) const;
    // "https://claire.companionconnect.app"
    std::string origin(std::string_view host) const;
    std::string origin_of_subdomain(std::string_view subdomain) const;
    // Security fields with HSTS where visitors come by HTTPS.
    ExtraFields common_fields() const;
    // A page with its Content-Security-Policy and preloads.
    CachedResponse::Content html(int status, site::RenderedPage page, std::string_view cache_control) const;
    CachedResponse::Content text(std::string content_type, std::string body) const;
};

} // namespace studio::renderer
