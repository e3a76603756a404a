// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/unsaved_work.h"

#include "ui/bookings/availability_view.h"
#include "ui/bookings/booking_decisions.h"
#include "ui/bookings/booking_detail.h"
#include "ui/bookings/booking_queue.h"
#include "ui/bookings/enter_panel.h"
#include "ui/bookings/typed_journal.h"
#include "ui/bookings/typed_words.h"
#include "ui/widgets/banner.h"

#include <QCoreApplication>

namespace studio::ui {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::unsaved_work", text);
}

QString bulk_part() {
    return QStringLiteral("bulk");
}

} // namespace

UnsavedWork::UnsavedWork(BookingDetail *detail, BookingQueue *queue, EnterPanel *enter,
                         AvailabilityView *availability, BookingDecisions *decisions, Banner *strip)
    : m_strip(strip), m_journal(new TypedJournal(strip)), m_detail(detail), m_queue(queue), m_enter(enter),
      m_availability(availability), m_decisions(decisions) {
    QObject::connect(strip, &Banner::action_requested, strip, [this] { heed_press(); });
}

void UnsavedWork::keep_in(const QString &file) {
    m_journal->open(file);
    m_detail->keep_in(m_journal);
    m_enter->keep_in(m_journal);
    m_availability->keep_in(m_journal);
    auto *panel = m_queue->bulk_panel();
    if (const auto typed = read_draft(m_journal->part(bulk_part()))) {
        panel->keep_bulk(*typed);
    }
    QObject::connect(panel, &DecisionPanel::changed, m_journal, [this] { keep_bulk(); });
    QObject::connect(panel, &DecisionPanel::closed, m_journal, [this] { keep_bulk(); });
}

void UnsavedWork::keep_bulk() {
    const auto typed = m_queue->bulk_panel()->bulk_draft();
    m_journal->keep(bulk_part(), typed ? written(*typed) : QJsonObject());
}

QStringList UnsavedWork::things() const {
    QStringList things;
    for (const auto &client : m_detail->unsaved_notes()) {
        things << tr("a note about %1").arg(client);
    }
    if (m_detail->has_begun_decisions() || m_detail->panel()->draft() ||
        m_queue->bulk_panel()->bulk_draft()) {
        things << tr("what you typed for a decision");
    }
    if (is_deciding()) {
        things << tr("a decision that is on its way");
    }
    if (m_enter->has_words()) {
        things << tr("a booking that is not entered");
    }
    if (m_availability->is_edited()) {
        things << tr("changes of the availability");
    }
    return things;
}

bool UnsavedWork::is_deciding() const {
    return m_decisions->busy() && !m_is_waived;
}

bool UnsavedWork::may_close() {
    const auto now = things();
    say(now);
    return now.isEmpty();
}

bool UnsavedWork::may_close_for_now() {
    return (m_journal->flush() && !is_deciding()) || may_close();
}

void UnsavedWork::refresh() {
    if (things().isEmpty()) {
        m_strip->clear();
    }
}

void UnsavedWork::say(const QStringList &things) {
    m_said = things;
    if (things.isEmpty()) {
        m_strip->clear();
    } else {
        m_strip->show_message(Tone::Caution, tr("Not saved yet: %1.").arg(things.join(QStringLiteral(", "))),
                              tr("Discard what is not saved"));
    }
}

// Only what was named is dropped: what was typed since is named first.
void UnsavedWork::heed_press() {
    const auto now = things();
    if (now != m_said) {
        say(now);
        return;
    }
    m_strip->clear();
    discard();
}

void UnsavedWork::discard() {
    m_is_waived = m_decisions->busy();
    m_detail->discard_notes();
    m_detail->discard_decisions();
    m_queue->bulk_panel()->close_panel();
    m_enter->clear();
    if (m_availability->is_edited()) {
        m_availability->discard_all();
    }
}

} // namespace studio::ui
