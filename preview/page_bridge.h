// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QString>

namespace studio::preview {

// Receives what page_script.js reports to the editor over a web channel. The script runs in a JavaScript
// world of its own, so the page's scripts cannot use the channel.
class PageBridge final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    Q_INVOKABLE void click(const QString &pointer) { emit field_clicked(pointer); }

signals:
    void field_clicked(const QString &pointer);
};

} // namespace studio::preview
