// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/ids.h"
#include "renderer/http/reply.h"
#include "renderer/support/log.h"
#include "renderer/support/worker_pool.h"

#include <functional>
#include <string_view>

namespace studio::renderer {

// An answer that a worker thread makes, because it renders or asks the database.
struct WorkerReply {
    const Log &log;
    std::string_view event;  // what the log says where `make` throws; a literal
    models::TenantId tenant; // for the log; empty where it belongs to no tenant
    std::function<http::Reply()> make;
    std::function<http::Reply()> unavailable; // the answer where `make` throws, or too many wait already
};
http::Reply reply_by_worker(WorkerPool &workers, WorkerReply parts);

} // namespace studio::renderer
