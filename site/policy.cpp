// SPDX-License-Identifier: Apache-2.0
#include "site/page.h"
#include "site/text.h"

#include <set>

namespace studio::site {

std::string content_security_policy(const SiteSettings &settings, const RenderedPage &page) {
    std::set<std::string> images(page.image_sources.begin(), page.image_sources.end());
    if (const std::string media = url_origin(settings.media_base); !media.empty())
        images.insert(media);
    std::string policy =
        "default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; manifest-src 'self'; img-src 'self'";
    for (const std::string &origin : images)
        policy += ' ' + origin;
    policy += "; script-src 'self'";
    for (const std::string &hash : page.script_hashes)
        policy += " 'sha256-" + hash + '\'';
    policy += "; style-src";
    for (const std::string &hash : page.style_hashes)
        policy += " 'sha256-" + hash + '\'';
    if (page.style_hashes.empty())
        policy += " 'none'";
    return policy;
}

} // namespace studio::site
