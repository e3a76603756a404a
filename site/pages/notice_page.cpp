// SPDX-License-Identifier: Apache-2.0
#include "site/pages/notice_page.h"

#include "site/pages/document.h"
#include "site/pages/secondary_page.h"
#include "site/parts/showcase.h"
#include "site/text.h"

#include <algorithm>

namespace studio::site {

namespace {

constexpr std::size_t most_companions = 3;

struct Wording {
    const char *title, *text;
    bool leads_home;
};

Wording wording(NoticeKind kind) {
    switch (kind) {
    case NoticeKind::ShareLinkNeeded:
        return {"This is a private preview", "It opens only with a link from its owner. Ask her for one.",
                true};
    case NoticeKind::ShareLinkExpired:
        return {"This preview link has expired",
                "Preview links work for a limited time. Ask the owner for a new one.", true};
    case NoticeKind::Unavailable:
        return {"Back in a moment", "This page cannot be shown right now. Please try again in a minute.",
                false};
    default:
        return {"Page not found", "The address may have changed, or the page was taken down.", true};
    }
}

} // namespace

RenderedPage render_notice_page(const SiteSettings &settings, NoticeKind kind,
                                std::span<const ShowcaseEntry> companions) {
    const Wording words = wording(kind);
    Document document("notice.tpl");
    Part root = document.root();
    root.text("PLATFORM", settings.platform_name);
    root.text("TITLE", words.title);
    root.text("TEXT", words.text);
    if (const std::string home = safe_url(settings.platform_origin); words.leads_home && !home.empty()) {
        root.section("HOME").text("HREF", home + '/');
    } else {
        root.section("NO_HOME");
    }
    PageContext context(settings, no_tenant());
    if (!companions.empty()) {
        Part list = root.section("SHOWCASE");
        for (const ShowcaseEntry &entry : companions.first(std::min(most_companions, companions.size()))) {
            fill_card(context, list, entry, "");
        }
    }
    Head head;
    head.title = std::string(words.title) + " – " + settings.platform_name;
    head.robots = "noindex";
    head.body_class = "layout-platform";
    return wrap_document({platform_theme(), platform_palette(), {"platform.css"}}, context.rules, head,
                         document.expand());
}

RenderedPage render_not_found_page(const SiteSettings &settings, const TenantPage &page) {
    SecondaryPage secondary(settings, page, "not_found.tpl", SecondaryPage::AgeGate::Open);
    secondary.leave_out_of_visits();
    if (page.content.name.empty()) {
        secondary.content().section("NAMELESS");
    } else {
        secondary.content().section("NAMED").text("NAME", page.content.name);
    }
    return secondary.finished("Page not found", "/", false);
}

} // namespace studio::site
