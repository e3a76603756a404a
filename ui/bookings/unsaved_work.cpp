// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/unsaved_work.h"

#include "ui/bookings/availability_view.h"
#include "ui/bookings/booking_decisions.h"
#include "ui/bookings/booking_detail.h"
#include "ui/bookings/booking_queue.h"
#include "ui/bookings/enter_panel.h"
#include "ui/widgets/banner.h"

#include <QCoreApplication>

namespace studio::ui {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::unsaved_work", text);
}

} // namespace

UnsavedWork::UnsavedWork(BookingDetail *detail, BookingQueue *queue, EnterPanel *enter,
                         AvailabilityView *availability, BookingDecisions *decisions, Banner *strip)
    : m_strip(strip), m_detail(detail), m_queue(queue), m_enter(enter), m_availability(availability),
      m_decisions(decisions) {
    QObject::connect(strip, &Banner::action_requested, strip, [this] { heed_press(); });
}

QStringList UnsavedWork::things() const {
    QStringList things;
    for (const auto &client : m_detail->unsaved_notes()) {
        things << tr("a note about %1").arg(client);
    }
    if (m_detail->has_begun_decisions() || m_detail->panel()->draft() || m_queue->bulk_panel()->has_words()) {
        things << tr("what you typed for a decision");
    }
    return things + things_in_no_file();
}

QStringList UnsavedWork::things_in_no_file() const {
    QStringList things;
    if (m_decisions->busy() && !m_is_waived) {
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

bool UnsavedWork::may_close() {
    const auto now = things();
    say(now);
    return now.isEmpty();
}

bool UnsavedWork::may_close_for_now() {
    const bool is_kept = m_detail->flush_typed() && !m_queue->bulk_panel()->has_words();
    return (is_kept && things_in_no_file().isEmpty()) || may_close();
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
