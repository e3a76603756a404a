// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/panels/side_panel.h"

#include "ui/widgets/line_icon.h"
#include "ui/widgets/style_sheet.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace studio::ui {

SidePanel::SidePanel(QWidget *parent)
    : QFrame(parent), m_title(new QLabel(this)), m_panels(new QStackedWidget(this)) {
    setObjectName(QStringLiteral("side-panel"));
    setFixedWidth(340);
    set_text_role(m_title, TextRole::Section);
    auto *close = new QToolButton(this);
    close->setObjectName(QStringLiteral("close-panel"));
    close->setIcon(line_icon(QStringLiteral("close")));
    close->setAccessibleName(tr("Close"));
    close->setShortcut(Qt::Key_Escape);
    close->setAutoRaise(true);
    auto *head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 0, 0, 0);
    column->setSpacing(12);
    column->addLayout(head);
    column->addWidget(m_panels, 1);
    hide();
    connect(close, &QToolButton::clicked, this, &SidePanel::close_panel);
}

void SidePanel::add(QWidget *panel, const QString &title) {
    panel->setWindowTitle(title);
    m_panels->addWidget(panel);
}

void SidePanel::open(QWidget *panel) {
    m_title->setText(panel->windowTitle());
    m_panels->setCurrentWidget(panel);
    show();
}

void SidePanel::close_panel() {
    hide();
    emit closed();
}

QWidget *SidePanel::current() const {
    return isVisibleTo(parentWidget()) ? m_panels->currentWidget() : nullptr;
}

} // namespace studio::ui
