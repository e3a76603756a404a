// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/unsaved_work.h"

#include "ui/bookings/availability_view.h"
#include "ui/bookings/booking_decisions.h"
#include "ui/bookings/booking_detail.h"
#include "ui/bookings/booking_queue.h"
#include "ui/bookings/enter_panel.h"

#include <QCoreApplication>

namespace studio::ui {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::unsaved_work", text);
}

} // namespace

UnsavedWork::UnsavedWork(BookingDetail *detail, BookingQueue *queue, EnterPanel *enter,
                         AvailabilityView *availability, BookingDecisions *decisions)
    : m_detail(detail), m_queue(queue), m_enter(enter), m_availability(availability), m_decisions(decisions) {
}

QStringList UnsavedWork::things() const {
    QStringList things;
    if (m_decisions->busy() && !m_is_waived) {
        things << tr("a decision that is on its way");
    }
    for (const auto &client : m_detail->unsaved_notes()) {
        things << tr("a note about %1").arg(client);
    }
    if (m_detail->has_begun_decisions() || m_detail->panel()->draft().has_value() ||
        m_queue->bulk_panel()->has_words()) {
        things << tr("what you typed for a decision");
    }
    if (m_enter->has_words()) {
        things << tr("a booking that is not entered");
    }
    if (m_availability->is_edited()) {
        things << tr("changes of the availability");
    }
    return things;
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
