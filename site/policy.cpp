// SPDX-License-Identifier: Apache-2.0
#include "site/policy.h"

#include "site/page.h"
#include "site/text.h"

namespace studio::site {

std::string content_security_policy(const SiteSettings &settings, const RenderedPage &page) {
    std::string policy =
        "default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; manifest-src 'self'; img-src 'self'";
    if (const std::string media = url_origin(settings.media_base); !media.empty()) {
        policy += ' ' + media;
    }
    policy += "; script-src 'self'";
    for (const std::string &hash : page.script_hashes) {
        policy += " 'sha256-" + hash + '\'';
    }
    policy += "; style-src";
    for (const std::string &hash : page.style_hashes) {
        policy += " 'sha256-" + hash + '\'';
    }
    if (page.style_hashes.empty()) {
        policy += " 'none'";
    }
    return policy;
}

} // namespace studio::site
