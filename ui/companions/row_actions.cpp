// SPDX-License-Identifier: Apache-2.0
#include "ui/companions/row_actions.h"

#include "ui/widgets/line_icon.h"
#include "ui/widgets/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

namespace studio::ui {

RowActions::RowActions(QTableView *table) : QWidget(table->viewport()), m_table(table) {
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(24, 0, 8, 0);
    layout->setSpacing(2);
    connect(add(QStringLiteral("row.edit"), QStringLiteral("editor"), tr("Edit site")), &QToolButton::clicked,
            this, [this] { emit edit_requested(m_row); });
    connect(add(QStringLiteral("row.open"), QStringLiteral("external"), tr("Open public page")),
            &QToolButton::clicked, this, [this] { emit open_requested(m_row); });
    connect(add(QStringLiteral("row.details"), QStringLiteral("settings"), tr("Status, address and sharing")),
            &QToolButton::clicked, this, [this] { emit details_requested(m_row); });
    table->setMouseTracking(true);
    table->viewport()->setMouseTracking(true);
    table->viewport()->installEventFilter(this);
    connect(table->verticalScrollBar(), &QScrollBar::valueChanged, this, [this] { follow({}); });
    hide();
}

QToolButton *RowActions::add(const QString &name, const QString &icon, const QString &text) {
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setIcon(line_icon(icon));
    button->setIconSize({18, 18});
    button->setToolTip(text);
    button->setAccessibleName(text);
    button->setFocusPolicy(Qt::NoFocus);
    layout()->addWidget(button);
    return button;
}

void RowActions::follow(const QModelIndex &row) {
    if (m_row == row && isVisible() == row.isValid()) {
        return;
    }
    m_row = row;
    emit hovered(row.isValid() ? row.row() : -1);
    m_table->viewport()->update();
    if (!row.isValid()) {
        hide();
        return;
    }
    const auto rect = m_table->visualRect(row);
    resize(sizeHint().width(), rect.height() - 1);
    move(m_table->viewport()->width() - width(), rect.y());
    show();
    raise();
}

bool RowActions::eventFilter(QObject *watched, QEvent *event) {
    if (event->type() == QEvent::MouseMove) {
        follow(m_table->indexAt(static_cast<QMouseEvent *>(event)->pos()));
    } else if (event->type() == QEvent::MouseButtonDblClick) {
        // Not QTableView::doubleClicked: the first click opens the side panel, the columns move under the
        // pointer, and the view then sees two clicks on two cells.
        if (const auto row = m_table->indexAt(static_cast<QMouseEvent *>(event)->pos()); row.isValid()) {
            emit edit_requested(row);
        }
    } else if (event->type() == QEvent::Resize ||
               (event->type() == QEvent::Leave && !rect().contains(mapFromGlobal(QCursor::pos())))) {
        follow({}); // hides the buttons, unless the pointer has only moved onto them
    }
    return QWidget::eventFilter(watched, event);
}

void RowActions::leaveEvent(QEvent *event) {
    if (!m_table->viewport()->rect().contains(m_table->viewport()->mapFromGlobal(QCursor::pos()))) {
        follow({});
    }
    QWidget::leaveEvent(event);
}

void RowActions::paintEvent(QPaintEvent *) {
    const auto &colors = tokens(palette());
    const auto selected = m_row.isValid() && m_table->selectionModel()->isRowSelected(m_row.row());
    const auto ground = selected ? colors.accent_soft : colors.window;
    auto clear = ground;
    clear.setAlpha(0);
    QLinearGradient fade(0, 0, 24, 0);
    fade.setColorAt(0, clear);
    fade.setColorAt(1, ground);
    QPainter(this).fillRect(rect(), fade);
}

} // namespace studio::ui
