// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QString>

namespace studio::ui {

// A notice of the desktop through org.freedesktop.Notifications. Where there is no such service nothing is
// shown: the badge in the side bar says the same.
class DesktopNotifier final : public QObject {
    Q_OBJECT

public:
    explicit DesktopNotifier(QObject *parent = nullptr);
    // Takes the place of the notice before it.
    void show(const QString &title, const QString &body, bool sound);

signals:
    void opened(); // the person pressed the notice

private slots:
    void action_invoked(uint notice, const QString &action);

private:
    bool m_listens = false;
    uint m_last = 0;
};

} // namespace studio::ui
