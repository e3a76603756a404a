// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/desktop_notifier.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

namespace studio::ui {

namespace {

constexpr auto service = "org.freedesktop.Notifications";
constexpr auto path = "/org/freedesktop/Notifications";
constexpr auto default_action = "default";
constexpr int server_decides = -1; // how long it is shown

} // namespace

DesktopNotifier::DesktopNotifier(QObject *parent) : QObject(parent) {}

void DesktopNotifier::show(const QString &title, const QString &body, bool sound) {
    auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) {
        return;
    }
    if (!m_listens) {
        m_listens = bus.connect(QLatin1String(service), QLatin1String(path), QLatin1String(service),
                                QStringLiteral("ActionInvoked"), this, SLOT(action_invoked(uint, QString)));
    }
    QVariantMap hints{{QStringLiteral("urgency"), QVariant::fromValue(uchar(1))},
                      {QStringLiteral("desktop-entry"), QStringLiteral("companion-studio")},
                      {QStringLiteral("suppress-sound"), !sound}};
    if (sound) {
        hints.insert(QStringLiteral("sound-name"), QStringLiteral("message-new-instant"));
    }
    auto call = QDBusMessage::createMethodCall(QLatin1String(service), QLatin1String(path),
                                               QLatin1String(service), QStringLiteral("Notify"));
    call << QCoreApplication::applicationName() << m_last << QStringLiteral("companion-studio") << title
         << body.toHtmlEscaped() << QStringList{QLatin1String(default_action), tr("Open")} << hints
         << server_decides;
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<uint> reply = *watcher;
        if (reply.isValid()) {
            m_last = reply.value();
        }
        watcher->deleteLater();
    });
}

void DesktopNotifier::action_invoked(uint notice, const QString &action) {
    if (notice == m_last && action == QLatin1String(default_action)) {
        emit opened();
    }
}

} // namespace studio::ui
