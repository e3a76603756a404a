// SPDX-License-Identifier: Apache-2.0
// The one pure function from page data to HTML that the live preview and the public service share.
#pragma once

#include "models/documents/content.h"
#include "models/documents/photos.h"
#include "models/documents/theme.h"
#include "models/tenant/tenant.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace studio::site {

// Where things are. Nothing in here depends on the visitor.
struct SiteSettings {
    std::string platform_name = "Companion Connect";
    std::string platform_origin; // "https://companionconnect.app", no slash at the end
    // Prefix that replaces "/media" in photo URLs: "/media" itself, or "https://cdn.example/bucket".
    std::string media_base = "/media";
};

// A running experiment's arm that the page's documents already have applied.
struct Exposure {
    std::string test_id, variant_id;
    std::string element; // "hero_photo", "gallery_order", "cta" or "layout"
};

struct TenantPage {
    std::string
        origin; // "https://claire.companionconnect.app", no slash at the end: canonical and Open Graph
    std::string tenant_id;
    std::string subdomain;
    models::Theme theme;
    models::Content content;
    models::Photos photos;
    std::string hero_variant; // a variant's id; "" is the control
    // What the page's script reports once it was seen: <body data-tests="TEST:VARIANT …">, ids
    // percent-encoded.
    std::vector<Exposure> exposures = {};
};

// A whole HTML document and what its Content-Security-Policy must allow.
struct RenderedPage {
    std::string html;
    std::vector<std::string> style_hashes;  // base64 SHA-256 of each inline <style>
    std::vector<std::string> script_hashes; // of each inline <script> (JSON-LD needs none)
    std::vector<std::string> preload;       // Link: header values, fonts and hero photo
};

// Every part of a tenant's page. Each element that shows a field carries data-field="<pointer>"
// ("/content/tagline", "/photos/hero/control"), in the live page as in the preview: they are the same bytes.
RenderedPage render_tenant_page(const SiteSettings &settings, const TenantPage &page);
RenderedPage render_privacy_page(const SiteSettings &settings, const TenantPage &page);
// What answers "Forget me": the number of the receipt, and nothing about the person.
RenderedPage render_forgotten_page(const SiteSettings &settings, const TenantPage &page,
                                   const std::string &receipt);

// The booking form's page at /book, which works without scripts; not cached. `values` refill the fields,
// `errors` stand beside them; both by the names of booking_field_names(). An error named "" concerns the
// whole form: that it cannot be taken just now.
struct BookingForm {
    std::string token; // CSRF token; "" while no requests are taken: the page then says how to book by email
                       // or phone
    std::string idempotency_key;
    std::vector<std::pair<std::string, std::string>> values;
    std::vector<std::pair<std::string, std::string>> errors;
    // "2026-11-23T08:00" in content.location.timezone, the bounds of both dates; "" for none.
    std::string earliest = {}, latest = {};
};
// The form's fields in their order: "client_name", "client_email", … without the token and the honeypot
// ("website").
const std::vector<std::string> &booking_field_names();
RenderedPage render_booking_page(const SiteSettings &settings, const TenantPage &page,
                                 const BookingForm &form);
RenderedPage render_booking_confirmation(const SiteSettings &settings, const TenantPage &page);

struct ShowcaseEntry {
    std::string name, tagline, city, origin;
    models::Theme theme;
    models::Photo photo;
};
// The companions in the order given, a page of them at a time; `page` counts from 1. A number beyond the last
// page shows the last.
RenderedPage render_landing_page(const SiteSettings &settings, const std::vector<ShowcaseEntry> &companions,
                                 std::size_t page = 1);
std::size_t landing_page_count(std::size_t companions); // at least 1

enum class NoticeKind { NotFound, ShareLinkNeeded, ShareLinkExpired, Unavailable };
RenderedPage render_notice_page(const SiteSettings &settings, NoticeKind kind);

std::string render_robots(const std::string &origin, bool indexable);
std::string render_sitemap(const std::string &origin, const std::vector<std::string> &paths);

// The value of the Content-Security-Policy header for a page.
std::string content_security_policy(const SiteSettings &settings, const RenderedPage &page);

// A file of this layer that pages refer to (script, fonts, icons), compiled in. `name` is the hashed name in
// the URL
// "/static/<name>"; the content never changes under one name.
struct StaticFile {
    std::string_view bytes;
    std::string_view content_type;
};
std::optional<StaticFile> static_file(std::string_view name);
std::vector<std::string> static_file_names();
// "site.js" → "/static/site.3f2a9c81.js". The name must exist.
std::string static_url(std::string_view plain_name);

// Markdown to HTML: CommonMark without raw HTML; links http(s), mailto and tel only, with rel="noopener
// nofollow".
std::string markdown_to_html(std::string_view markdown);

// A tenant's own CSS made safe: at-rules other than @media and @supports, url(), expression, @import and
// anything that does not parse are dropped, and every selector is scoped below `scope` (".site"). `dropped`
// says what went and why.
struct SanitizedCss {
    std::string css;
    std::vector<std::string> dropped;
};
SanitizedCss sanitize_css(std::string_view css, std::string_view scope);

} // namespace studio::site
