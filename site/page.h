// SPDX-License-Identifier: Apache-2.0
// What pages are made from and the finished page. The live preview and the public service share all of it.
#pragma once

#include "models/booking/calendar.h"
#include "models/documents/content.h"
#include "models/documents/photos.h"
#include "models/documents/theme.h"
#include "models/tenant/tenant.h"

#include <string>
#include <vector>

namespace studio::site {

// Addresses that a site's pages use. Nothing in here depends on the visitor.
struct SiteSettings {
    std::string platform_name = "Companion Connect";
    std::string platform_origin; // "https://companionconnect.app", no slash at the end
    // Prefix that replaces "/media" in photo URLs: "/media" itself, or "https://cdn.example/bucket".
    std::string media_base = "/media";
    std::string contact_email = {}; // of whoever runs the platform; "" where none is known
};

// A running experiment's variant that the page's documents already have applied.
struct Exposure {
    std::string test_id, variant_id;
    std::string element; // "hero_photo", "gallery_order", "cta" or "layout"
};

struct TenantPage {
    std::string
        origin; // "https://claire.companionconnect.app", no slash at the end: canonical and Open Graph
    models::TenantId tenant_id;
    std::string subdomain;
    models::Theme theme;
    models::Content content;
    models::Photos photos;
    std::string hero_variant; // a variant's id; "" is the control
    // What the page's script reports once it was seen: <body data-tests="TEST:VARIANT …">, ids
    // percent-encoded.
    std::vector<Exposure> exposures = {};
    // When the companion can be booked, leaving out times that are taken. Without availability any time can
    // be asked for.
    models::Calendar calendar = {};
};

// A whole HTML document and what its Content-Security-Policy must allow.
struct RenderedPage {
    std::string html;
    std::vector<std::string> style_hashes;  // base64 SHA-256 of each inline <style>
    std::vector<std::string> script_hashes; // of each inline <script> (JSON-LD needs none)
    std::vector<std::string> preload;       // Link: header values, fonts and hero photo
};

} // namespace studio::site
