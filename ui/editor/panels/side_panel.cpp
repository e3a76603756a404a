// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/panels/side_panel.h"

#include "ui/widgets/line_icon.h"
#include "ui/widgets/style_sheet.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace studio::ui {

namespace {
constexpr int gap = 16; // pixels between the panel and the preview
constexpr int beside_forms = 340;
constexpr int instead_of_forms = 380;
} // namespace

SidePanel::SidePanel(QWidget *parent)
    : QFrame(parent), m_title(new QLabel(this)), m_panels(new QStackedWidget(this)) {
    setObjectName(QStringLiteral("side-panel"));
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
    column->setSpacing(12);
    column->addLayout(head);
    column->addWidget(m_panels, 1);
    set_place(Place::AtTheRight);
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
    emit opened();
}

void SidePanel::set_place(Place place) {
    const bool right = place == Place::AtTheRight;
    layout()->setContentsMargins(right ? gap : 0, 0, right ? 0 : gap, 0);
    setFixedWidth(right ? beside_forms : instead_of_forms);
}

void SidePanel::close_panel() {
    hide();
    emit closed();
}

QWidget *SidePanel::current() const {
    return isVisibleTo(parentWidget()) ? m_panels->currentWidget() : nullptr;
}

} // namespace studio::ui
