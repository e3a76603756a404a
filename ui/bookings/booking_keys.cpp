// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/booking_keys.h"

#include "ui/bookings/cheat_sheet.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QShortcut>

#include <algorithm>
#include <utility>

namespace studio::ui {

namespace {

constexpr int rest_ms = 2000;

// A letter chooses something there.
bool takes_letters(const QWidget *widget) {
    return qobject_cast<const QComboBox *>(widget) != nullptr ||
           qobject_cast<const QAbstractSpinBox *>(widget) != nullptr;
}

} // namespace

BookingKeys::BookingKeys(QWidget *page, CheatSheet *sheet, std::vector<QWidget *> forms)
    : QObject(page), m_page(page), m_sheet(sheet), m_forms(std::move(forms)) {}

void BookingKeys::add(const QKeySequence &key, std::function<void()> then) {
    auto *shortcut = new QShortcut(key, m_page);
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    shortcut->setAutoRepeat(false);
    connect(shortcut, &QShortcut::activated, this, [this, then = std::move(then)] {
        if (are_meant()) {
            then();
        }
    });
}

void BookingKeys::rest() {
    m_rest.setRemainingTime(rest_ms);
}

bool BookingKeys::are_meant() {
    if (m_sheet->isVisible()) {
        m_sheet->hide();
        return false;
    }
    if (!m_rest.hasExpired()) {
        rest();
        return false;
    }
    const auto *focus = QApplication::focusWidget();
    return !takes_letters(focus) &&
           std::ranges::none_of(m_forms, [focus](const QWidget *form) { return form->isAncestorOf(focus); });
}

} // namespace studio::ui
