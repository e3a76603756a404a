// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/editor_session.h"
#include "ui/widgets/banner.h"

#include <QObject>

#include <functional>

namespace studio::ui {

class EditorView;

// The banners above the editor: lost connection, lost access, restored edits, failures, photos being
// imported, photos of the draft that nobody may see, and results that concern companions opened earlier.
class EditorNotices final : public QObject {
    Q_OBJECT

public:
    // With `outages_are_said_above` the window shows lost connections; here they are shown only if it is not
    // known whether a revision was published.
    EditorNotices(EditorSession &session, EditorView &view, bool outages_are_said_above, QWidget *page);
    QList<QWidget *> banners() const {
        return {m_connection, m_read_only, m_others,   m_left_behind,
                m_notice,     m_photos,    m_withheld, m_preview};
    }
    // A message with an action that the person may take or ignore.
    void notice(Tone tone, const QString &text, const QString &action = {}, std::function<void()> act = {});

private:
    void follow_session();
    void follow_opening();
    void follow_others();
    void follow_imports(EditorView &view);
    void follow_preview(EditorView &view);
    void follow_withheld(EditorView &view);
    void show_withheld();
    void say_left_behind(const QString &words);
    void show_read_only();

    EditorSession &m_session;
    bool m_outages_are_said_above;
    QWidget *m_page;
    Banner *m_connection;
    Banner *m_read_only;
    Banner *m_others;      // what another person did with the open companion
    Banner *m_left_behind; // results that concern companions opened earlier
    Banner *m_notice;
    Banner *m_photos;
    Banner *m_withheld; // photos of the draft that nobody may see
    Banner *m_preview;
    std::function<void()> m_act;
    QString m_withheld_at; // pointer of the first of them; "" where they were taken down
    QStringList m_left;
    QStringList m_photo_problems;
};

} // namespace studio::ui
