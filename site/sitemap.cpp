// SPDX-License-Identifier: Apache-2.0
#include "site/sitemap.h"

#include "site/text.h"

namespace studio::site {

std::string render_robots(const std::string &origin, bool indexable) {
    if (!indexable) {
        return "User-agent: *\nDisallow: /\n";
    }
    return "User-agent: *\nDisallow: /api/\nDisallow: /book\nSitemap: " + safe_url(origin) + "/sitemap.xml\n";
}

std::string render_sitemap(const std::string &origin, const std::vector<std::string> &paths) {
    std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                      "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
    for (const std::string &path : paths) {
        const std::string url = safe_url(origin + path);
        if (url.empty()) {
            continue;
        }
        xml += "<url><loc>";
        append_html_escaped(xml, url);
        xml += "</loc></url>\n";
    }
    return xml + "</urlset>\n";
}

} // namespace studio::site
