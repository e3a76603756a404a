// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/forms/list_row.h"

#include "ui/editor/forms/list_editor.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/style_sheet.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>

namespace studio::ui {

ListRow::ListRow(ListEditor &editor, const QString &pointer, int index, const QString &title)
    : QFrame(&editor), m_editor(editor), m_index(index), m_handle(new QToolButton(this)),
      m_head(new QToolButton(this)), m_remove(new QToolButton(this)), m_holder(new QWidget(this)),
      m_body(new QVBoxLayout(m_holder)) {
    set_card(this);
    setObjectName(QStringLiteral("row:") + pointer);
    m_handle->setIcon(line_icon(QStringLiteral("drag")));
    m_handle->setObjectName(QStringLiteral("drag:") + pointer);
    m_handle->setToolTip(tr("Drag to reorder, or press Alt+Up and Alt+Down"));
    m_handle->setCursor(Qt::OpenHandCursor);
    m_handle->setAutoRaise(true);
    m_handle->installEventFilter(this);
    m_head->setObjectName(QStringLiteral("open:") + pointer);
    m_head->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_head->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_head->setAutoRaise(true);
    m_remove->setIcon(line_icon(QStringLiteral("trash")));
    m_remove->setObjectName(QStringLiteral("remove:") + pointer);
    m_remove->setAutoRaise(true);
    m_body->setContentsMargins(12, 4, 12, 12);
    m_body->setSpacing(12);
    m_holder->hide();
    auto *head = new QHBoxLayout;
    head->setContentsMargins(4, 2, 4, 2);
    head->setSpacing(2);
    head->addWidget(m_handle);
    head->addWidget(m_head, 1);
    head->addWidget(m_remove);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_holder);
    set_title(title);
    connect(m_head, &QToolButton::clicked, this,
            [this] { m_editor.open(m_editor.opened() == m_index ? -1 : m_index); });
    connect(m_remove, &QToolButton::clicked, this, [this] { m_editor.remove(m_index); });
}

void ListRow::set_title(const QString &title) {
    m_head->setText(title);
    m_head->setAccessibleName(title);
    m_handle->setAccessibleName(tr("Move %1").arg(title));
    m_remove->setAccessibleName(tr("Remove %1").arg(title));
    m_remove->setToolTip(tr("Remove %1 (can be undone)").arg(title));
}

void ListRow::set_open(bool open) {
    m_holder->setVisible(open);
    m_head->setIcon(line_icon(open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
    m_head->setAccessibleDescription(open ? tr("Expanded") : tr("Collapsed"));
}

void ListRow::set_read_only(bool read_only) {
    m_handle->setDisabled(read_only);
    m_remove->setDisabled(read_only);
}

void ListRow::keyPressEvent(QKeyEvent *event) {
    const bool up = event->key() == Qt::Key_Up, down = event->key() == Qt::Key_Down;
    if (event->modifiers() == Qt::AltModifier && (up || down)) {
        m_editor.move(m_index, m_index + (up ? -1 : 1));
        return;
    }
    QFrame::keyPressEvent(event);
}

bool ListRow::eventFilter(QObject *watched, QEvent *event) {
    if (watched != m_handle) {
        return QFrame::eventFilter(watched, event);
    }
    const auto y = [this, event] {
        return m_editor.mapFromGlobal(static_cast<QMouseEvent *>(event)->globalPosition().toPoint()).y();
    };
    if (event->type() == QEvent::MouseMove &&
        (static_cast<QMouseEvent *>(event)->buttons() & Qt::LeftButton)) {
        m_dragging = true;
        m_editor.drag_to(this, y());
        return true;
    }
    if (event->type() == QEvent::MouseButtonRelease && m_dragging) {
        m_dragging = false;
        m_handle->setDown(false);
        m_editor.drop(this, y());
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace studio::ui
