// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/editor_session.h"
#include "ui/widgets/banner.h"

#include <QObject>

#include <functional>

namespace studio::ui {

class PhotoImports;

// The strips above the editor: lost connection, lost access, restored edits, what failed, photos being
// imported.
class EditorNotices final : public QObject {
    Q_OBJECT

public:
    // Outages that are said above the page are repeated here only where they leave a doubt.
    EditorNotices(EditorSession &session, PhotoImports &imports, bool outages_are_said_above, QWidget *page);
    QList<QWidget *> banners() const { return {m_connection, m_notice, m_photos}; }

private:
    void follow_session();
    void follow_imports(PhotoImports &imports);
    void notice(Tone tone, const QString &text, const QString &action = {}, std::function<void()> act = {});

    EditorSession &m_session;
    bool m_outages_are_said_above;
    QWidget *m_page;
    Banner *m_connection;
    Banner *m_notice;
    Banner *m_photos;
    std::function<void()> m_act;
    QStringList m_photo_problems;
};

} // namespace studio::ui
