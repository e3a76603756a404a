// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/action_bar.h"

#include "ui/widgets/line_icon.h"
#include "ui/widgets/style_sheet.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>

namespace studio::ui {

namespace {
constexpr int shown_buttons = 3;
}

ActionBar::ActionBar(QWidget *parent)
    : QWidget(parent), m_more(new QPushButton(line_icon(QStringLiteral("more")), tr("More"), this)),
      m_menu(new QMenu(this)) {
    setObjectName(QStringLiteral("booking.actions"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    for (const auto &entry : act_entries()) {
        auto *button = new QPushButton(act_title(entry.act), this);
        button->setObjectName(QStringLiteral("booking.act.") + QLatin1String(entry.name));
        button->setToolTip(
            tr("%1 (%2)").arg(act_explanation(entry.act),
                              QKeySequence(QLatin1String(entry.key)).toString(QKeySequence::NativeText)));
        connect(button, &QPushButton::clicked, this, [this, act = entry.act] { emit act_requested(act); });
        layout->addWidget(button);
        m_buttons.emplace(entry.act, button);
        button->hide();
    }
    m_more->setObjectName(QStringLiteral("booking.more"));
    m_more->setAccessibleName(tr("More decisions"));
    m_more->setMenu(m_menu);
    layout->addWidget(m_more);
    layout->addStretch(1);
}

void ActionBar::show_booking(const db::Booking &booking) {
    m_menu->clear();
    int shown = 0;
    for (const auto &entry : act_entries()) {
        const bool allowed = allows(booking, entry.act);
        const bool beside = allowed && shown < shown_buttons;
        m_buttons.at(entry.act)->setVisible(beside);
        shown += beside ? 1 : 0;
        if (allowed && !beside) {
            auto *action =
                m_menu->addAction(line_icon(QLatin1String(entry.icon)),
                                  act_title(entry.act) + QLatin1Char('\t') + QLatin1String(entry.key));
            action->setObjectName(QStringLiteral("booking.menu.") + QLatin1String(entry.name));
            connect(action, &QAction::triggered, this, [this, act = entry.act] { emit act_requested(act); });
        }
    }
    m_more->setVisible(!m_menu->isEmpty());
}

} // namespace studio::ui
