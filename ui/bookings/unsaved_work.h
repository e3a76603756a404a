// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace studio::ui {

class AvailabilityView;
class BookingDecisions;
class BookingDetail;
class BookingQueue;
class EnterPanel;

// What was typed on the bookings page and would be lost with it.
class UnsavedWork final {
public:
    // All outlive it.
    UnsavedWork(BookingDetail *detail, BookingQueue *queue, EnterPanel *enter, AvailabilityView *availability,
                BookingDecisions *decisions);
    // "a note about Robin"; empty where everything is saved.
    QStringList things() const;
    // Drops it; a decision that is on its way is not waited for.
    void discard();
    void decision_has_ended() { m_is_waived = false; }

private:
    BookingDetail *m_detail;
    BookingQueue *m_queue;
    EnterPanel *m_enter;
    AvailabilityView *m_availability;
    BookingDecisions *m_decisions;
    bool m_is_waived = false;
};

} // namespace studio::ui
