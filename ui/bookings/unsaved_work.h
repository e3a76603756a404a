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
class TypedJournal;

// What was typed on the bookings page and would be lost with it, the file that keeps it, and the strip that
// says so.
class UnsavedWork final {
public:
    // All outlive it.
    UnsavedWork(BookingDetail *detail, BookingQueue *queue, EnterPanel *enter, AvailabilityView *availability,
                BookingDecisions *decisions, Banner *strip);
    // What is typed is also in this file, and is there again from it. "": in none.
    void keep_in(const QString &file);
    TypedJournal *journal() const { return m_journal; }
    // False where something would be lost: the strip names it, and its button drops what it names.
    bool may_close();
    // The same where the page of this login is made again: what is typed waits in the file.
    bool may_close_for_now();
    // The strip goes where everything was saved meanwhile.
    void refresh();
    void decision_has_ended() { m_is_waived = false; }

private:
    // "a note about Robin"; empty where everything is saved.
    QStringList things() const;
    bool is_deciding() const;
    void keep_bulk();
    void say(const QStringList &things);
    void heed_press();
    // A decision that is on its way is not waited for.
    void discard();

    QStringList m_said;
    Banner *m_strip;
    TypedJournal *m_journal;
    BookingDetail *m_detail;
    BookingQueue *m_queue;
    EnterPanel *m_enter;
    AvailabilityView *m_availability;
    BookingDecisions *m_decisions;
    bool m_is_waived = false;
};

} // namespace studio::ui
