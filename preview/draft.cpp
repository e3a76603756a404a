// SPDX-License-Identifier: Apache-2.0
#include "preview/draft.h"

#include "models/booking/calendar_words.h"
#include "models/tenant/photo_releases.h"
#include "site/pages/tenant_page.h"

namespace studio::preview {

std::string render(const Draft &draft) {
    site::TenantPage page;
    page.origin = draft.origin;
    page.tenant_id = draft.tenant_id;
    page.subdomain = draft.subdomain;
    page.theme = models::read_theme(draft.documents.theme);
    page.content = models::read_content(draft.documents.content);
    page.photos = models::read_photos(draft.documents.photos);
    if (!draft.hidden_pictures.empty()) {
        std::vector<models::Experiment> no_tests;
        models::keep_shown_photos(page.photos, page.content, no_tests, [&](const std::string &picture) {
            return !draft.hidden_pictures.contains(picture);
        });
    }
    page.hero_variant = draft.hero_variant;
    page.calendar = draft.calendar;
    page.calendar.home_zone = page.content.location.timezone;
    models::show_calendar(page.calendar, base::now(), page.content);
    return site::render_tenant_page(draft.settings, page).html;
}

} // namespace studio::preview
