// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/editor_actions.h"

#include "ui/editor/editor_session.h"
#include "ui/editor/panels/import_file.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/page_header.h"

#include <QDesktopServices>
#include <QMenu>
#include <QUrl>

namespace studio::ui {

EditorActions::EditorActions(QWidget &page, PageHeader &header, EditorSession &session)
    : QObject(&page), m_page(page), m_session(session), m_save(new QPushButton(tr("Save"), &page)),
      m_publish(nullptr) {
    add_undo_redo(header);
    m_save->setObjectName(QStringLiteral("save"));
    m_save->setToolTip(
        tr("Save draft (%1)").arg(QKeySequence(QKeySequence::Save).toString(QKeySequence::NativeText)));
    header.add_widget(m_save);
    m_publish =
        header.set_primary_action(QStringLiteral("publish"), QStringLiteral("publish"), tr("Publish…"));
    add_menu(header);
    auto *save = action(QStringLiteral("action-save"), {}, tr("Save draft"), QKeySequence::Save);
    m_need_editing.append(save);
    connect(save, &QAction::triggered, &m_session, [this] { m_session.save(); });
    connect(m_save, &QPushButton::clicked, save, &QAction::trigger);
    connect(m_publish, &QPushButton::clicked, this, &EditorActions::publish_requested);
    refresh();
}

QAction *EditorActions::action(const QString &name, const QString &icon, const QString &text,
                               const QKeySequence &keys) {
    auto *made = new QAction(text, &m_page);
    made->setObjectName(name);
    if (!icon.isEmpty()) {
        made->setIcon(line_icon(icon));
    }
    made->setShortcut(keys);
    made->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_page.addAction(made);
    m_need_tenant.append(made);
    return made;
}

void EditorActions::add_undo_redo(PageHeader &header) {
    auto *stack = m_session.document().undo_stack();
    const auto add = [&](QAction *made, const char *name, const char *icon, const QKeySequence &keys) {
        made->setObjectName(QLatin1String(name));
        made->setIcon(line_icon(QLatin1String(icon)));
        made->setShortcut(keys);
        made->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        m_page.addAction(made);
        auto *button = new QToolButton(&m_page);
        button->setObjectName(QLatin1String(icon));
        button->setDefaultAction(made);
        button->setAccessibleName(made->text());
        header.add_widget(button);
    };
    add(stack->createUndoAction(&m_page, tr("Undo")), "action-undo", "undo", QKeySequence::Undo);
    add(stack->createRedoAction(&m_page, tr("Redo")), "action-redo", "redo",
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z));
}

void EditorActions::add_menu(PageHeader &header) {
    auto *menu = new QMenu(&m_page);
    const auto add = [&](const char *name, const char *icon, const QString &text, auto act,
                         const QKeySequence &keys = {}) {
        auto *made = action(QLatin1String(name), QLatin1String(icon), text, keys);
        connect(made, &QAction::triggered, this, act);
        menu->addAction(made);
        return made;
    };
    add("action-history", "history", tr("History"), &EditorActions::history_requested,
        QKeySequence(Qt::CTRL | Qt::Key_H));
    add("action-share", "link", tr("Share draft"), &EditorActions::share_requested);
    add("action-open-live", "external", tr("Open live page"),
        [this] { QDesktopServices::openUrl(QUrl(m_session.live_address())); });
    menu->addSeparator();
    add("action-export", "save", tr("Export draft…"), &EditorActions::export_draft);
    m_need_editing << add("action-import", "folder", tr("Import from a file…"),
                          &EditorActions::import_requested);
    menu->addSeparator();
    m_need_editing << add("action-discard", "trash", tr("Discard unsaved edits (can be undone)"),
                          [this] { m_session.discard_edits(); });
    header.set_menu(menu);
}

void EditorActions::export_draft() {
    export_documents(&m_page, m_session);
}

void EditorActions::refresh() {
    const bool ready = m_session.state() == EditorSession::State::Ready;
    for (auto *made : std::as_const(m_need_tenant)) {
        made->setEnabled(ready);
    }
    const bool editing = ready && !m_session.document().read_only();
    for (auto *made : std::as_const(m_need_editing)) {
        made->setEnabled(editing);
    }
    m_save->setVisible(!ready || editing);
    m_publish->setVisible(!ready || m_session.facts().may_publish);
    m_save->setEnabled(editing && m_session.document().dirty() && !m_session.saving());
    m_publish->setEnabled(ready);
}

} // namespace studio::ui
