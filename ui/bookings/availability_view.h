// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/bookings/availability_store.h"
#include "ui/async/latest.h"
#include "ui/bookings/companion_facts.h"
#include "ui/bookings/queue_filters.h"

#include <QFrame>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace studio::ui {

class Banner;
class ExceptionsFields;
class FeedsView;
class StateStack;
class ToursView;
class WeeklyHoursFields;
class Worker;

// When one companion can be booked and by which rules: hours, notice, buffer, places and deposit. A save
// names the version that was read; where someone else saved first, nothing is overwritten.
class AvailabilityView final : public QFrame {
    Q_OBJECT

public:
    // `public_url`: of the platform.
    AvailabilityView(Worker &worker, const QString &own_companion, const QString &public_url,
                     QWidget *parent = nullptr);
    void set_companions(const std::vector<CompanionChoice> &companions);
    // Reads again, unless something is edited.
    void refresh();
    bool is_edited() const { return m_is_edited; }
    // Drops what was not saved.
    void discard();

signals:
    void failed(const QString &reason);

protected:
    void showEvent(QShowEvent *event) override;

private:
    struct Loaded {
        db::BookingSettings settings;
        CompanionFacts companion;
        models::Json tours;
        std::vector<db::CalendarFeed> feeds;
    };
    void name_fields();
    QWidget *build_rules();
    void build_layout();
    void connect_signals();
    QString companion() const;
    static Loaded read(db::Session &session, const QString &id);
    void load();
    void show_lists(const Loaded &loaded);
    void show_loaded(const Loaded &loaded);
    void edited();
    void check();
    QString problem() const;
    db::BookingSettings settings() const;
    void save();

    Worker &m_worker;
    QString m_own;
    Latest m_loads;
    Loaded m_loaded;
    bool m_is_edited = false, m_is_filling = false;
    QComboBox *m_companion;
    QCheckBox *m_offers;
    WeeklyHoursFields *m_hours;
    ExceptionsFields *m_exceptions;
    QSpinBox *m_buffer, *m_notice, *m_ahead, *m_hold, *m_percent, *m_due, *m_answer;
    QComboBox *m_step, *m_deposit;
    QLineEdit *m_amount;
    QCheckBox *m_incall, *m_outcall, *m_travel;
    ToursView *m_tours;
    FeedsView *m_feeds;
    QLabel *m_problem;
    Banner *m_banner;
    QPushButton *m_save, *m_reload;
    QWidget *m_body, *m_open_part;
    StateStack *m_state;
};

} // namespace studio::ui
