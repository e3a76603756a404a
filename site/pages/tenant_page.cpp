// SPDX-License-Identifier: Apache-2.0
#include "site/pages/tenant_page.h"

#include "site/pages/document.h"
#include "site/parts/about_and_testimonials.h"
#include "site/parts/contact_and_footer.h"
#include "site/parts/gallery.h"
#include "site/parts/hero.h"
#include "site/parts/services_and_pricing.h"
#include "site/picture.h"
#include "site/structured_data.h"
#include "site/text.h"

namespace studio::site {

namespace {

constexpr std::size_t max_description_characters = 200;

std::string first_of(std::initializer_list<std::string> choices) {
    for (const std::string &choice : choices) {
        if (!choice.empty()) {
            return choice;
        }
    }
    return {};
}

Head head_of(const PageContext &context) {
    const models::Content &content = context.page.content;
    const std::string described =
        content.tagline.empty() ? content.name : content.name + " – " + content.tagline;
    Head head;
    head.title = first_of({content.seo.title, described, context.settings.platform_name});
    head.description = summarised(first_of({content.seo.description, content.short_bio, content.tagline}),
                                  max_description_characters);
    head.keywords = content.seo.keywords;
    head.canonical = safe_url(context.page.origin + '/');
    const HeroPhoto hero = hero_photo(context.page);
    head.image = absolute_url(
        context.page.origin, picture_url(context.settings, first_of({content.seo.og_image, hero.photo.url})));
    head.image_alt = content.seo.og_image.empty() ? hero.photo.alt : std::string();
    head.site_name = first_of({content.name, context.settings.platform_name});
    head.type = "profile";
    head.body_class = "layout-" + std::string(models::to_string(context.page.theme.layout));
    if (context.page.theme.layout == models::Layout::Elegant) {
        head.body_class += " over"; // the header lies over the hero
    }
    head.json_ld = structured_data(context);
    head.scripts = {"site.js", "visit.js", "book.js"};
    if (context.page.calendar.availability) {
        head.scripts.push_back("times.js");
    }
    head.visited = &context.page;
    return head;
}

} // namespace

RenderedPage render_tenant_page(const SiteSettings &settings, const TenantPage &page) {
    PageContext context(settings, page);
    const std::string layout(models::to_string(page.theme.layout));
    Document document("tenant_" + layout + ".tpl");
    Part root = document.root();
    const PhotoPlan plan = plan_photos(page.theme.layout, page.photos);
    root.text("CTA", call_to_action(page.content));
    fill_header(context, root, plan);
    fill_hero(context, root, plan);
    fill_about(context, root, plan);
    fill_services(context, root, plan);
    fill_gallery(context, root, plan);
    fill_pricing(context, root, plan);
    fill_testimonials(context, root);
    fill_booking(context, root);
    fill_contact(context, root);
    fill_footer(context, root);
    fill_notices(context, root, context.page.content.age_gate);
    const std::string sheet = layout + ".css";
    RenderedPage result =
        wrap_document({page.theme, context.palette, {sheet, "form.css"}, true, context.behind_text},
                      context.rules, head_of(context), document.expand());
    if (!context.hero_preload.empty()) {
        result.preload.push_back(context.hero_preload);
    }
    return result;
}

} // namespace studio::site
