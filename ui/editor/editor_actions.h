// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAction>
#include <QObject>
#include <QPushButton>
#include <QWidget>

namespace studio::ui {

class EditorSession;
class PageHeader;

// Buttons, menu and shortcuts of the editor's header.
class EditorActions final : public QObject {
    Q_OBJECT

public:
    EditorActions(QWidget &page, PageHeader &header, EditorSession &session);
    void refresh();

signals:
    void publish_requested();
    void history_requested();
    void share_requested();
    void import_requested();

private:
    QAction *action(const QString &name, const QString &icon, const QString &text, const QKeySequence &keys);
    void add_undo_redo(PageHeader &header);
    void add_menu(PageHeader &header);
    void export_draft();

    QWidget &m_page;
    EditorSession &m_session;
    QPushButton *m_save;
    QPushButton *m_publish;
    QList<QAction *> m_need_tenant;
    QList<QAction *> m_need_editing; // those that change the draft
};

} // namespace studio::ui
