// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/action_bar.h"

#include "ui/widgets/line_icon.h"
#include "ui/widgets/style_sheet.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>

#include <algorithm>

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
    m_more->hide();
    layout->addWidget(m_more);
    layout->addStretch(1);
}

// Read again many times a minute: buttons under the mouse and an open menu stay unless the state is another.
void ActionBar::show_booking(const db::Booking &booking) {
    std::vector<Act> acts;
    for (const auto &entry : act_entries()) {
        if (allows(booking, entry.act)) {
            acts.push_back(entry.act);
        }
    }
    if (acts == m_acts) {
        return;
    }
    m_acts = acts;
    m_menu->close(); // what is pressed would be something else
    m_menu->clear();
    for (auto &[act, button] : m_buttons) {
        const auto place = std::ranges::find(acts, act) - acts.begin();
        button->setVisible(place < std::min<std::ptrdiff_t>(shown_buttons, std::ssize(acts)));
    }
    for (std::size_t place = shown_buttons; place < acts.size(); ++place) {
        add_to_menu(acts[place]);
    }
    m_more->setVisible(!m_menu->isEmpty());
}

void ActionBar::add_to_menu(Act act) {
    const auto &entry = entry_of(act);
    auto *action = m_menu->addAction(line_icon(QLatin1String(entry.icon)),
                                     act_title(act) + QLatin1Char('\t') + QLatin1String(entry.key));
    action->setObjectName(QStringLiteral("booking.menu.") + QLatin1String(entry.name));
    connect(action, &QAction::triggered, this, [this, act] { emit act_requested(act); });
}

} // namespace studio::ui
