// SPDX-License-Identifier: Apache-2.0
#include "preview/draft_renderer.h"

#include <exception>

namespace studio::preview {

DraftRenderer::DraftRenderer(QObject *parent) : QObject(parent) {
    m_pool.setMaxThreadCount(1);
    m_pool.setExpiryTimeout(-1);
}

DraftRenderer::~DraftRenderer() {
    m_pool.waitForDone();
}

void DraftRenderer::submit(Draft draft) {
    if (m_running) {
        m_waiting = std::move(draft);
        return;
    }
    start(std::move(draft));
}

void DraftRenderer::start(Draft draft) {
    m_running = true;
    m_pool.start([this, draft = std::move(draft)] {
        try {
            const auto html = QByteArray::fromStdString(render(draft));
            QMetaObject::invokeMethod(this, [this, html, tenant = draft.tenant_id] {
                const bool is_left =
                    m_waiting && m_waiting->tenant_id != tenant; // another site was opened meanwhile
                if (!is_left) {
                    emit rendered(html);
                }
                finish();
            });
        } catch (const std::exception &error) {
            const auto reason = QString::fromUtf8(error.what());
            QMetaObject::invokeMethod(this, [this, reason] {
                emit failed(reason);
                finish();
            });
        }
    });
}

void DraftRenderer::finish() {
    m_running = false;
    if (!m_waiting) {
        return;
    }
    auto draft = std::move(*m_waiting);
    m_waiting.reset();
    start(std::move(draft));
}

} // namespace studio::preview
