// SPDX-License-Identifier: Apache-2.0
#include "renderer/support/worker_reply.h"

#include "db/connection/error.h"

#include <memory>

namespace studio::renderer {

namespace {

http::Reply made_by(const WorkerReply &parts) {
    Log::Fields fields = Log::Fields::object();
    if (!parts.tenant.empty()) {
        fields["tenant"] = parts.tenant;
    }
    try {
        return parts.make();
    } catch (const db::Error &error) {
        fields["kind"] = db::to_string(error.kind());
        fields["sqlstate"] = error.sqlstate();
        parts.log.warning(parts.event, fields);
    } catch (const std::exception &error) {
        fields["reason"] = error.what();
        parts.log.error(parts.event, fields);
    }
    return parts.unavailable();
}

} // namespace

http::Reply reply_by_worker(WorkerPool &workers, WorkerReply parts) {
    const auto held = std::make_shared<const WorkerReply>(std::move(parts));
    http::Reply reply;
    reply.later = [&workers, held](const http::Completion &completion) {
        if (!workers.submit([held, completion] { completion(made_by(*held)); })) {
            completion(held->unavailable());
        }
    };
    return reply;
}

} // namespace studio::renderer
