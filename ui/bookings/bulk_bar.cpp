// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/bulk_bar.h"

#include "ui/bookings/booking_decider.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace studio::ui {

BulkBar::BulkBar(QWidget *parent) : QWidget(parent), m_selected(new QLabel(this)) {
    setObjectName(QStringLiteral("bookings.bulk"));
    m_selected->setObjectName(QStringLiteral("bookings.selected"));
    m_selected->setWordWrap(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 12, 12);
    row->setSpacing(8);
    row->addWidget(m_selected, 1);
    for (const auto &entry : act_entries()) {
        if (entry.in_bulk) {
            auto *button = new QPushButton(act_title(entry.act), this);
            button->setObjectName(QStringLiteral("bookings.bulk.") + QLatin1String(entry.name));
            connect(button, &QPushButton::clicked, this, [this, act = entry.act] { emit requested(act); });
            row->addWidget(button);
            m_buttons.push_back(button);
        }
    }
    hide();
}

void BulkBar::show_selected(std::size_t bookings, bool are_read) {
    auto text = tr("%1 selected").arg(bookings);
    if (bookings > max_decided_together) {
        text = tr("%1 selected. At most %2 can be decided together.").arg(bookings).arg(max_decided_together);
    } else if (!are_read) {
        text = tr("%1 selected. Loading…").arg(bookings);
    }
    m_selected->setText(text);
    for (auto *button : m_buttons) {
        button->setEnabled(are_read && bookings <= max_decided_together);
    }
    show();
}

} // namespace studio::ui
