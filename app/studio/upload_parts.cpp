// SPDX-License-Identifier: Apache-2.0
#include "app/studio/upload_parts.h"

#include "ui/shell/status_line.h"
#include "ui/uploads/upload_status.h"
#include "ui/uploads/uploads_panel.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/phrases.h"

#include <cstdlib>

namespace studio::app {

UploadParts::UploadParts(Connection &connection, ui::SecretStore &secrets, ui::MainWindow &window)
    : m_window(window) {
    connection.store_keys = std::make_unique<ui::StoreKeys>(secrets);
    const auto role = connection.identity.role;
    if (role == models::Role::Operator || (role == models::Role::Companion && connection.identity.may_edit)) {
        start_queue(connection);
    }
}

UploadParts::~UploadParts() {
    m_window.set_closing_question({});
    delete m_panel.data();
    delete m_status.data();
}

void UploadParts::start_queue(Connection &connection) {
    const char *token = std::getenv("STUDIO_CDN_TOKEN");
    connection.uploads = std::make_unique<ui::UploadQueue>(ui::UploadSurroundings{
        connection.sign_in.database_url, connection.sign_in.media_root,
        token == nullptr ? std::string() : token, connection.sign_in.is_the_services_folder});
    m_queue = connection.uploads.get();
    auto *keys = connection.store_keys.get();
    connect(m_queue, &ui::UploadQueue::keys_wanted, keys, &ui::StoreKeys::read);
    connect(keys, &ui::StoreKeys::found, m_queue, &ui::UploadQueue::set_keys);
    connect(connection.watcher.get(), &ui::TenantWatcher::tenant_changed, m_queue, &ui::UploadQueue::look);
    connect(connection.watcher.get(), &ui::TenantWatcher::reconnected, m_queue, &ui::UploadQueue::look);
    m_status = new ui::UploadStatus(*m_queue, m_window.status_line());
    m_window.status_line()->insertPermanentWidget(0, m_status);
    m_status->setVisible(!m_status->text().isEmpty());
    connect(m_status, &QToolButton::clicked, this, &UploadParts::open_panel);
    m_window.set_closing_question([this] { return may_close(); });
    connect(m_window.banner(), &ui::Banner::action_requested, this, [this] {
        if (!m_question.isEmpty() && m_window.banner()->text() == m_question) {
            m_window.close();
        }
    });
    m_queue->start();
}

void UploadParts::open_panel() {
    if (!m_panel) {
        m_panel = new ui::UploadsPanel(*m_queue, &m_window);
    }
    m_panel->show();
    m_panel->raise();
    m_panel->activateWindow();
}

// Asks once: if the window is closed again, the person has read the question.
bool UploadParts::may_close() {
    const int left = m_queue->state().under_way();
    if (left == 0 || !m_question.isEmpty()) {
        return true;
    }
    m_question = tr("%1 still on the way to the platform. They go on when the studio starts again.")
                     .arg(ui::counted(left, tr("1 photo is"), tr("%1 photos are")));
    m_window.banner()->show_message(ui::Tone::Caution, m_question, tr("Close anyway"));
    return false;
}

void say_without_keychain(const ui::SecretStore &secrets, const ui::MainWindow &window) {
    QObject::connect(
        &secrets, &ui::SecretStore::kept, &window,
        [&window](const QString &, const QString &login, bool in_keychain) {
            if (!in_keychain) {
                window.banner()->show_message(
                    ui::Tone::Neutral,
                    UploadParts::tr("No keychain is available on this computer. The password for "
                                    "%1 is kept until you close the studio.")
                        .arg(login));
            }
        });
}

} // namespace studio::app
