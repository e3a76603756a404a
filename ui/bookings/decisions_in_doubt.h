// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/async/latest.h"
#include "ui/bookings/booking_decider.h"
#include "ui/bookings/booking_reading.h"
#include "ui/bookings/decision_draft.h"

#include <QObject>

namespace studio::ui {

// Decisions whose answer was lost with the connection: whether they were stored is read once the database is
// back.
class DecisionsInDoubt final : public QObject {
    Q_OBJECT

public:
    explicit DecisionsInDoubt(Worker &worker, QObject *parent = nullptr);
    // `seen`: the booking before the decision; `delay_s`: seconds from the decision until its messages go
    // out.
    void add(const SeenBooking &seen, const Decision &decision, int delay_s,
             const std::optional<DecisionDraft> &draft);
    // Somebody decides about it again.
    void forget(const std::string &booking);
    bool is_empty() const { return m_doubts.empty(); }
    // Reads them; those that cannot be read stay in doubt.
    void settle();

signals:
    // `done.until` has expired where it cannot be undone any more.
    void stored(const studio::ui::Done &done, const std::optional<studio::ui::DecisionDraft> &draft);
    void not_stored(const studio::ui::SeenBooking &seen);

private:
    struct Doubt {
        SeenBooking seen;
        Decision decision;
        int delay_s = 0;
        std::optional<DecisionDraft> draft;
    };
    void heed(const std::optional<BookingReading> &reading, const Doubt &doubt);

    Worker &m_worker;
    Latest m_reads;
    std::vector<Doubt> m_doubts;
};

} // namespace studio::ui
