// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/http/server.h"
#include "renderer/pages/directory.h"
#include "renderer/support/log.h"
#include "renderer/support/metrics.h"

#include <functional>

namespace studio::renderer {

// What the platform's own machines request, on an address that no visitor reaches: GET /metrics, and GET
// /own-domain?domain=HOST, which answers 200 if a tenant has the host as its own domain or the links of
// emails lead there, else 404. The proxy asks the latter before it has a certificate made.
class InternalService final : public http::Handler {
public:
    struct Parts {
        const Metrics &metrics;
        const DirectoryHolder &directory;
        std::string link_domain; // "" where it is the platform's own
        const Log &log;
        std::function<Gauges()> gauges;
    };
    explicit InternalService(Parts parts) : m_parts(std::move(parts)) {}

    http::Reply handle(const http::Request &request, std::size_t loop) override;
    void tick(std::size_t) override {}
    void failed(std::string_view reason) override { m_parts.log.thread_failed("metrics", reason); }

private:
    http::Reply own_domain(const http::Request &request) const;

    const Parts m_parts;
};

} // namespace studio::renderer
