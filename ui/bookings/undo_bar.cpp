// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/undo_bar.h"

#include "ui/widgets/line_icon.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/style_sheet.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace studio::ui {

namespace {
constexpr int tick_ms = 250;
constexpr int said_ms = 6000;
} // namespace

UndoBar::UndoBar(QWidget *parent)
    : QFrame(parent), m_text(new QLabel(this)),
      m_undo(new QPushButton(line_icon(QStringLiteral("undo")), tr("Undo"), this)) {
    setObjectName(QStringLiteral("bookings.undo_bar"));
    setAccessibleName(tr("Last decision"));
    set_card(this);
    m_text->setObjectName(QStringLiteral("bookings.undo_bar.text"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_undo->setObjectName(QStringLiteral("bookings.undo"));
    m_undo->setToolTip(tr("Undo (Z)"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 8, 8, 8);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_undo);
    connect(m_undo, &QPushButton::clicked, this, &UndoBar::undo_requested);
    m_timer.setInterval(tick_ms);
    connect(&m_timer, &QTimer::timeout, this, &UndoBar::tick);
    hide();
}

void UndoBar::offer(const Done &done) {
    if (done.act != Act::Block) { // of one booking only the last decision can be taken back
        for (auto &before : m_done) {
            if (before.act != Act::Block) {
                std::erase_if(before.bookings, [&done](const SeenBooking &booking) {
                    return std::ranges::count(done.bookings, booking.id, &SeenBooking::id) > 0;
                });
            }
        }
        std::erase_if(m_done, [](const Done &before) { return before.bookings.empty(); });
    }
    m_done.push_back(done);
    m_said.clear();
    show_words();
    QAccessibleEvent announcement(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&announcement);
}

std::optional<Done> UndoBar::done() const {
    for (auto done = m_done.rbegin(); done != m_done.rend(); ++done) {
        if (!done->until.hasExpired()) {
            return *done;
        }
    }
    return std::nullopt;
}

// Where the one on screen has just ended, none is taken: the person means no other.
std::optional<Done> UndoBar::take() {
    const bool has_ended = !m_done.empty() && m_done.back().until.hasExpired();
    drop_old();
    if (has_ended || m_done.empty()) {
        show_words();
        emit over();
        return std::nullopt;
    }
    const auto newest = m_done.back();
    m_done.pop_back();
    show_words();
    emit over();
    return newest;
}

bool UndoBar::waits_for(const std::string &booking) const {
    return std::ranges::any_of(m_done, [&booking](const Done &done) {
        return !done.until.hasExpired() && std::ranges::any_of(done.bookings, [&booking](const auto &seen) {
            return seen.id == booking;
        });
    });
}

void UndoBar::say(const QString &text) {
    m_said = text;
    m_said_until.setRemainingTime(said_ms);
    show_words();
    QAccessibleEvent announcement(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&announcement);
}

QString UndoBar::text() const {
    return m_text->text();
}

void UndoBar::tick() {
    const auto before = m_done.size();
    drop_old();
    if (m_said_until.hasExpired()) {
        m_said.clear();
    }
    show_words();
    if (m_done.size() < before) {
        emit over();
    }
}

void UndoBar::drop_old() {
    std::erase_if(m_done, [](const Done &done) { return done.until.hasExpired(); });
}

void UndoBar::show_words() {
    const bool has_something = !m_done.empty() || !m_said.isEmpty();
    m_undo->setVisible(!m_done.empty());
    if (const auto text = words(); has_something && text != m_text->text()) {
        m_text->setText(text);
        setAccessibleDescription(text);
    }
    setVisible(has_something);
    if (has_something && !m_timer.isActive()) {
        m_timer.start();
    } else if (!has_something) {
        m_timer.stop();
    }
}

QString UndoBar::words() const {
    if (m_done.empty()) {
        return m_said;
    }
    const auto &done = m_done.back();
    const auto seconds = (done.until.remainingTime() + 999) / 1000;
    const auto number = done.bookings.size();
    QStringList parts;
    if (!m_said.isEmpty()) {
        parts << m_said;
    }
    const auto name = number == 1 ? short_name(done.bookings.front().client) : QString();
    parts << (number != 1                       ? tr("%1: %2 bookings.").arg(done_word(done.act)).arg(number)
              : name.endsWith(QLatin1Char('.')) ? tr("%1: %2").arg(done_word(done.act), name)
                                                : tr("%1: %2.").arg(done_word(done.act), name));
    parts << (done.writes ? tr("Goes to the client in %1 s.").arg(seconds)
                          : tr("Nobody is written to. Undo within %1 s.").arg(seconds));
    if (m_done.size() > 1) {
        parts << tr("%1 more can be undone.").arg(m_done.size() - 1);
    }
    return parts.join(QLatin1Char(' '));
}

} // namespace studio::ui
