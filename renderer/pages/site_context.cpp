// SPDX-License-Identifier: Apache-2.0
#include "renderer/pages/site_context.h"

#include "site/policy.h"

#include <fmt/format.h>

namespace studio::renderer {

SiteContext SiteContext::with(const models::PhotoStore &store) const {
    SiteContext context = *this;
    if (!fixed_media_base) {
        context.settings.media_base = site::SiteSettings().media_base;
        if (store.bucket) {
            context.settings.media_base = models::public_address(*store.bucket, "");
            context.settings.media_base.pop_back(); // the slash before the key
        }
    }
    return context;
}

std::string SiteContext::origin(std::string_view host) const {
    return fmt::format("{}://{}{}", scheme, host, port_suffix);
}

std::string SiteContext::origin_of_subdomain(std::string_view subdomain) const {
    return fmt::format("{}://{}.{}{}", scheme, subdomain, platform_domain, port_suffix);
}

ExtraFields SiteContext::common_fields() const {
    ExtraFields fields = security_fields();
    if (https()) {
        fields.emplace_back("Strict-Transport-Security", "max-age=31536000");
    }
    return fields;
}

CachedResponse::Content SiteContext::html(int status, site::RenderedPage page,
                                          std::string_view cache_control) const {
    CachedResponse::Content content;
    content.status = status;
    content.content_type = "text/html; charset=utf-8";
    content.cache_control = cache_control;
    content.fields = common_fields();
    content.fields.emplace_back("Content-Security-Policy", site::content_security_policy(settings, page));
    for (const std::string &link : page.preload) {
        content.fields.emplace_back("Link", link);
    }
    content.body = std::move(page.html);
    return content;
}

CachedResponse::Content SiteContext::text(std::string content_type, std::string body) const {
    CachedResponse::Content content;
    content.content_type = std::move(content_type);
    content.fields = common_fields();
    content.body = std::move(body);
    return content;
}

} // namespace studio::renderer
