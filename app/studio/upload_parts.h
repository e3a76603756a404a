// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/connection.h"
#include "ui/settings/profiles/secret_store.h"
#include "ui/shell/main_window.h"

#include <QObject>
#include <QPointer>
#include <QString>

namespace studio::ui {
class UploadStatus;
class UploadsPanel;
} // namespace studio::ui

namespace studio::app {

// The uploads of the signed-in person: starts the queue in the connection and shows it in the window's status
// bar. Destroyed before the connection.
class UploadParts final : public QObject {
    Q_OBJECT

public:
    UploadParts(Connection &connection, ui::SecretStore &secrets, ui::MainWindow &window);
    ~UploadParts() override;

private:
    void start_queue(Connection &connection);
    void open_panel();
    bool may_close();

    ui::MainWindow &m_window;
    ui::UploadQueue *m_queue = nullptr; // null where the person may not change photos
    QPointer<ui::UploadStatus> m_status;
    QPointer<ui::UploadsPanel> m_panel;
    QString m_question; // the question asked last, before the window closes; "" for none
};

// Says if a password or key could not be stored in the keychain and is forgotten when the program ends.
void say_without_keychain(const ui::SecretStore &secrets, const ui::MainWindow &window);

} // namespace studio::app
