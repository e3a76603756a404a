// SPDX-License-Identifier: Apache-2.0
#include "renderer/internal_service.h"

#include "renderer/pages/media_files.h"
#include "renderer/support/host_name.h"

namespace studio::renderer {

http::Reply InternalService::handle(const http::Request &request, std::size_t) {
    if (!request.only_reads()) {
        return http::plain_reply(Route::Refused, 405, "This address answers GET and HEAD only.", false,
                                 {{"Allow", "GET, HEAD"}});
    }
    if (request.path == "/own-domain") {
        return own_domain(request);
    }
    if (request.path != "/metrics") {
        return http::plain_reply(Route::NotFound, 404, "The metrics are at /metrics.", request.head_only());
    }
    return http::make_reply(Route::Metrics, 200,
                            {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}},
                            m_parts.metrics.render(m_parts.gauges()), request.head_only());
}

http::Reply InternalService::own_domain(const http::Request &request) const {
    constexpr std::string_view name = "domain=";
    const auto directory = m_parts.directory.current();
    if (!directory) {
        return http::plain_reply(Route::Metrics, 503, "waiting for the database", request.head_only());
    }
    const auto value =
        request.query.starts_with(name) ? decode_path(request.query.substr(name.size())) : std::nullopt;
    const HostName host(value.value_or(std::string()));
    const bool known =
        directory->is_own_domain(host.text()) || (!host.text().empty() && host.text() == m_parts.link_domain);
    return http::plain_reply(Route::Metrics, known ? 200 : 404, known ? "an own domain" : "not an own domain",
                             request.head_only());
}

} // namespace studio::renderer
