// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/draft/save_label.h"

#include <QCoreApplication>
#include <QLocale>

namespace studio::ui {

namespace {

QString in_words(const char *text) {
    return QCoreApplication::translate("SaveWords", text);
}

QString when(const QDateTime &time, const QDateTime &now) {
    return time.date() == now.date() ? time.toString(QStringLiteral("HH:mm"))
                                     : QLocale().toString(time.date(), QStringLiteral("d MMMM, ")) +
                                           time.toString(QStringLiteral("HH:mm"));
}

} // namespace

QString save_label(const EditorSession &session, const QDateTime &now) {
    const auto &open = session.document();
    if (!session.connected()) {
        return in_words("Not connected: edits are kept on this computer");
    }
    if (session.publishing()) {
        return in_words("Publishing…");
    }
    if (session.saving()) {
        return in_words("Saving…");
    }
    if (open.dirty()) {
        return in_words("Unsaved edits, kept on this computer");
    }
    if (!session.saved_at().isValid()) {
        return in_words("Nothing saved yet");
    }
    return in_words("Draft saved %1").arg(when(session.saved_at(), now));
}

} // namespace studio::ui
