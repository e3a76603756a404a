// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace studio::ui {

class AvailabilityView;
class BookingDecisions;
class BookingDetail;
class BookingQueue;
class EnterPanel;
class Banner;

// What was typed on the bookings page and would be lost with it, and the strip that says so.
class UnsavedWork final {
public:
    // All outlive it.
    UnsavedWork(BookingDetail *detail, BookingQueue *queue, EnterPanel *enter, AvailabilityView *availability,
                BookingDecisions *decisions, Banner *strip);
    // False where something would be lost: the strip names it, and its button drops what it names.
    bool may_close();
    // The same where the page of this login is made again: what is in a file of this computer stays there.
    bool may_close_for_now();
    // The strip goes where everything was saved meanwhile.
    void refresh();
    void decision_has_ended() { m_is_waived = false; }

private:
    // "a note about Robin"; empty where everything is saved.
    QStringList things() const;
    QStringList things_in_no_file() const;
    void say(const QStringList &things);
    void heed_press();
    // A decision that is on its way is not waited for.
    void discard();

    QStringList m_said;
    Banner *m_strip;
    BookingDetail *m_detail;
    BookingQueue *m_queue;
    EnterPanel *m_enter;
    AvailabilityView *m_availability;
    BookingDecisions *m_decisions;
    bool m_is_waived = false;
};

} // namespace studio::ui
