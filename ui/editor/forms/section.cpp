// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/forms/section.h"

#include "ui/editor/fields/field_registry.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QPainter>

namespace studio::ui {

Section::Section(const QString &name, const QString &title, FieldRegistry &registry,
                 const QStringList &pointers, std::function<void(QVBoxLayout *)> build, QWidget *parent)
    : QWidget(parent), m_head(new QToolButton(this)), m_badge(new Badge(this)), m_body(new QWidget(this)),
      m_pointers(pointers), m_build(std::move(build)) {
    setObjectName(QStringLiteral("section:") + name);
    m_head->setObjectName(QStringLiteral("section-head:") + name);
    m_head->setText(title);
    m_head->setAccessibleName(title);
    m_head->setAccessibleDescription(tr("Collapsed"));
    m_head->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_head->setIcon(line_icon(QStringLiteral("chevron-right")));
    m_head->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto font = m_head->font();
    font.setWeight(QFont::DemiBold);
    m_head->setFont(font);
    m_badge->hide();
    m_body->hide();
    auto *head = new QHBoxLayout;
    head->addWidget(m_head, 1);
    head->addWidget(m_badge);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 6, 0, 6);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_body);
    connect(m_head, &QToolButton::clicked, this, [this] {
        set_open(!is_open());
        if (is_open()) {
            emit opened_by_hand();
        }
    });
    for (const auto &pointer : pointers) {
        registry.add_revealer(this, pointer, [this](const QString &) { set_open(true); });
    }
}

void Section::set_open(bool open) {
    if (open && m_build) {
        auto *column = new QVBoxLayout(m_body);
        column->setContentsMargins(8, 8, 8, 16);
        column->setSpacing(14);
        const auto build = std::exchange(m_build, nullptr);
        build(column);
    }
    m_body->setVisible(open);
    m_head->setIcon(line_icon(open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
    m_head->setAccessibleDescription(open ? tr("Expanded") : tr("Collapsed"));
}

void Section::set_problems(int errors, int warnings) {
    m_badge->setVisible(errors + warnings > 0);
    if (errors > 0) {
        m_badge->set(counted(errors, tr("1 problem"), tr("%1 problems")), Tone::Negative);
    } else if (warnings > 0) {
        m_badge->set(counted(warnings, tr("1 hint"), tr("%1 hints")), Tone::Caution);
    }
}

void Section::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setPen(tokens(palette()).border);
    painter.drawLine(0, height() - 1, width(), height() - 1);
}

} // namespace studio::ui
