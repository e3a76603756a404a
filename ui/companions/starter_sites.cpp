// SPDX-License-Identifier: Apache-2.0
#include "ui/companions/starter_sites.h"

#include "models/content.h"
#include "models/theme.h"

#include <QCoreApplication>

namespace studio::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("studio::ui::starter_sites", text); }

models::Documents documents_of(const models::Theme &theme) {
    models::Content content;
    content.tagline = "A line that says what an evening with you is like";
    content.bio = "Two or three sentences in your own words.";
    content.services = {{.id = "dinner", .name = "Dinner", .description = "An evening in good company.", .duration = "3 hours", .price = {}, .featured = false},
                        {.id = "event", .name = "Event", .description = "At your side for a gallery, a gala or a play.", .duration = "5 hours", .price = {}, .featured = false}};
    content.cta_label = "Request a booking";
    models::Documents documents;
    documents.theme = models::write_theme(theme, models::Json{{"schemaVersion", models::current_schema_version}});
    documents.content = models::write_content(content, models::Json{{"schemaVersion", models::current_schema_version}});
    documents.photos = models::Json{{"schemaVersion", models::current_schema_version}};
    return documents;
}

} // namespace

std::vector<StarterSite> starter_sites() {
    models::Theme elegant;
    models::Theme modern;
    modern.layout = models::Layout::Modern;
    modern.heading_font = "DM Serif Display";
    modern.body_font = "Inter";
    modern.colors.primary = {0x1f, 0x5c, 0x5a};
    modern.colors.secondary = {0xe0, 0x8a, 0x5b};
    modern.colors.accent = {0xdc, 0xeb, 0xe8};
    models::Theme minimal;
    minimal.layout = models::Layout::Minimal;
    minimal.heading_font = "Cormorant Garamond";
    minimal.body_font = "Lato";
    minimal.colors.primary = {0x33, 0x33, 0x3a};
    minimal.colors.secondary = {0xa8, 0x8b, 0x5c};
    minimal.colors.accent = {0xf2, 0xef, 0xea};
    return {{"elegant", tr("Elegant"), tr("A large photo, the name over it"), documents_of(elegant)},
            {"modern", tr("Modern"), tr("Photo beside text, rounded cards"), documents_of(modern)},
            {"minimal", tr("Minimal"), tr("Text first, one quiet column"), documents_of(minimal)}};
}

models::Documents with_name(models::Documents documents, const std::string &name) {
    documents.content["name"] = name;
    return documents;
}

} // namespace studio::ui
