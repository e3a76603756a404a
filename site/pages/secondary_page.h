// SPDX-License-Identifier: Apache-2.0
// The frame of a tenant's pages other than the home page: the companion's name, the content, the same footer.
#pragma once

#include "site/pages/page_context.h"

#include <string>

namespace studio::site {

class SecondaryPage final {
public:
    // Whether the page asks for the visitor's age if the tenant has the question switched on. Pages about a
    // visitor's rights are open to everyone.
    enum class AgeGate { Asks, Open };
    SecondaryPage(const SiteSettings &settings, const TenantPage &page, const char *content_template,
                  AgeGate age_gate = AgeGate::Asks);
    Part content() { return m_content; }
    PageContext &context() { return m_context; }
    const models::Content &tenant() const { return m_context.page.content; }
    // The page will not load the script that reports visits.
    void leave_out_of_visits() { m_counted = false; }
    // Adds a style sheet to those that all pages have.
    void use_sheet(std::string_view name) { m_sheet = name; }
    // Adds a script to those that all pages have.
    void use_script(std::string_view name) { m_script = name; }
    // `path` is "/privacy"; `script` is one of its own beside those that all pages have, "" for none.
    RenderedPage finished(const std::string &title, const std::string &path, bool indexable,
                          std::string_view script = {});

private:
    PageContext m_context;
    Document m_document;
    Part m_content;
    bool m_counted = true;
    std::string_view m_sheet, m_script;
};

} // namespace studio::site
