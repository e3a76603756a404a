// SPDX-License-Identifier: Apache-2.0
#include "site/pages/document.h"

#include "site/fonts.h"
#include "site/static_files.h"
#include "site/text.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>

namespace studio::site {

namespace {

std::string sha256_base64(std::string_view text) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char *>(text.data()), text.size(), digest.data());
    std::array<unsigned char, 4 * ((SHA256_DIGEST_LENGTH + 2) / 3) + 1> encoded{};
    const int length = EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(digest.size()));
    return {reinterpret_cast<const char *>(encoded.data()), static_cast<std::size_t>(length)};
}

std::string joined(const std::vector<std::string> &words) {
    std::string list;
    for (const std::string &word : words) {
        list += (list.empty() ? "" : ", ") + word;
    }
    return list;
}

void fill_social_card(Part root, const Head &head) {
    Part card = root.section("CARD");
    card.text("TITLE", head.title);
    card.text("TYPE", head.type);
    card.text("SITE_NAME", head.site_name);
    card.text("URL", head.canonical);
    card.optional("DESCRIPTION", head.description);
    card.text("CARD_KIND", head.image.empty() ? "summary" : "summary_large_image");
    if (!head.image.empty()) {
        Part image = card.section("IMAGE");
        image.text("IMAGE", head.image);
        image.optional("IMAGE_ALT", head.image_alt);
    }
}

// The attributes that visit.js reads: the variants that this page shows and its hero photo.
void fill_visit(Part root, const TenantPage &page) {
    std::string tests, elements, hero = page.hero_variant.empty() ? "control" : page.hero_variant;
    for (const Exposure &exposure : page.exposures) {
        const char *const space = tests.empty() ? "" : " ";
        tests += space + percent_encoded(exposure.test_id) + ':' + percent_encoded(exposure.variant_id);
        elements += space + percent_encoded(exposure.element);
        if (exposure.element == "hero_photo") {
            hero = exposure.variant_id;
        }
    }
    Part visit = root.section("VISIT");
    visit.text("HERO", hero);
    visit.text("TESTS", tests);
    visit.optional("ELEMENTS", elements);
}

} // namespace

const models::Theme &platform_theme() {
    static const models::Theme theme = [] {
        models::Theme platform;
        platform.colors.primary = models::Color(0x8b, 0x47, 0x89);
        platform.colors.secondary = models::Color(0xb9, 0x8a, 0x5e);
        platform.colors.accent = models::Color(0xf1, 0xe7, 0xef);
        platform.colors.background = models::Color(0xfc, 0xfa, 0xfb);
        platform.colors.text = models::Color(0x2a, 0x22, 0x2b);
        platform.colors.text_light = models::Color(0x67, 0x5c, 0x68);
        platform.heading_font = "DM Serif Display";
        platform.body_font = "Work Sans";
        platform.border_radius_px = 10;
        platform.shadow = models::Shadow::Light;
        return platform;
    }();
    return theme;
}

const models::Palette &platform_palette() {
    static const models::Palette palette = models::derive_palette(platform_theme());
    return palette;
}

RenderedPage wrap_document(const PageStyle &design, const PageRules &rules, const Head &head,
                           const std::string &body) {
    const std::string style = page_style({design.theme, design.palette, design.sheets, rules,
                                          needs_extended_latin(body), design.custom_css, design.behind_text});
    Document document("document.tpl");
    Part root = document.root();
    root.text("TITLE", head.title);
    root.optional("DESCRIPTION", head.description);
    root.optional("KEYWORDS", joined(head.keywords));
    root.text("ROBOTS", head.robots);
    root.text("THEME_COLOR", design.theme.colors.background.to_hex());
    root.text("ICON", static_url("favicon.svg"));
    for (const std::string_view script : head.scripts) {
        root.section("SCRIPT").text("SRC", static_url(script));
    }
    if (head.visited) {
        fill_visit(root, *head.visited);
    }
    root.text("BODY_CLASS", head.body_class);
    if (!head.canonical.empty()) {
        root.section("CANONICAL").text("URL", head.canonical);
        fill_social_card(root, head);
    }
    RenderedPage result;
    for (const std::string &font : preloaded_fonts(design.theme)) {
        root.section("FONT").text("HREF", font);
        result.preload.push_back('<' + font + ">; rel=preload; as=font; type=\"font/woff2\"; crossorigin");
    }
    root.markup("STYLE", style);
    if (!head.json_ld.empty()) {
        root.section("JSON_LD").markup("JSON", head.json_ld);
    }
    root.markup("BODY", body);
    result.html = document.expand();
    result.style_hashes.push_back(sha256_base64(style));
    return result;
}

} // namespace studio::site
