// SPDX-License-Identifier: Apache-2.0
#include "site/pages/secondary_page.h"

#include "site/pages/document.h"
#include "site/parts/contact_and_footer.h"
#include "site/text.h"

namespace studio::site {

SecondaryPage::SecondaryPage(const SiteSettings &settings, const TenantPage &page,
                             const char *content_template, AgeGate age_gate)
    : m_context(settings, page), m_document("secondary.tpl"),
      m_content(m_document.root().include("CONTENT", content_template)) {
    Part root = m_document.root();
    Part header = root.include("HEADER", "header.tpl");
    header.text("HOME", "/");
    header.text("NAME", page.content.name);
    const bool asks = page.content.age_gate && age_gate == AgeGate::Asks;
    if (asks) {
        header.section("GATE");
    }
    fill_footer(m_context, root);
    fill_notices(m_context, root, asks);
}

RenderedPage SecondaryPage::finished(const std::string &title, const std::string &path, bool indexable,
                                     std::string_view script) {
    const TenantPage &page = m_context.page;
    const std::string layout(models::to_string(page.theme.layout));
    const std::string sheet = layout + ".css";
    Head head;
    head.title = page.content.name.empty() ? title : title + " – " + page.content.name;
    head.robots = indexable ? "index,follow" : "noindex";
    head.site_name = page.content.name.empty() ? m_context.settings.platform_name : page.content.name;
    head.canonical = safe_url(page.origin + path);
    head.body_class = "secondary layout-" + layout;
    head.scripts = {"site.js"};
    if (m_counted) {
        head.scripts.push_back("visit.js");
    }
    for (const std::string_view each : {script, m_script}) {
        if (!each.empty()) {
            head.scripts.push_back(each);
        }
    }
    head.visited = &page;
    std::vector<std::string_view> sheets{sheet, "page.css", "form.css"};
    if (!m_sheet.empty()) {
        sheets.push_back(m_sheet);
    }
    return wrap_document({page.theme, m_context.palette, sheets, true}, m_context.rules, head,
                         m_document.expand());
}

} // namespace studio::site
