// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/editor_session.h"
#include "ui/widgets/banner.h"

#include <QObject>

#include <functional>

namespace studio::ui {

class EditorView;

// The strips above the editor: lost connection, lost access, restored edits, what failed, photos being
// imported, what became of companions that were open before.
class EditorNotices final : public QObject {
    Q_OBJECT

public:
    // An outage that is shown above the page is repeated here only if it leaves a doubt.
    EditorNotices(EditorSession &session, EditorView &view, bool outages_are_said_above, QWidget *page);
    QList<QWidget *> banners() const {
        return {m_connection, m_read_only, m_others, m_left_behind, m_notice, m_photos, m_preview};
    }
    // Something that a person may do once it was read, or leave.
    void notice(Tone tone, const QString &text, const QString &action = {}, std::function<void()> act = {});

private:
    void follow_session();
    void follow_opening();
    void follow_others();
    void follow_imports(EditorView &view);
    void follow_preview(EditorView &view);
    void say_left_behind(const QString &words);
    void show_read_only();

    EditorSession &m_session;
    bool m_outages_are_said_above;
    QWidget *m_page;
    Banner *m_connection;
    Banner *m_read_only;
    Banner *m_others;      // what somebody else did with the companion that is open
    Banner *m_left_behind; // about companions that were open before
    Banner *m_notice;
    Banner *m_photos;
    Banner *m_preview;
    std::function<void()> m_act;
    QStringList m_left;
    QStringList m_photo_problems;
};

} // namespace studio::ui
