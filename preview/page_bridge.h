// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QString>

namespace studio::preview {

// What page_script.js tells the editor, over a web channel in the script's own world: the page cannot reach
// it.
class PageBridge final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    Q_INVOKABLE void click(const QString &pointer) { emit field_clicked(pointer); }

signals:
    void field_clicked(const QString &pointer);
};

} // namespace studio::preview
