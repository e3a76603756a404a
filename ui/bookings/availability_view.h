// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/bookings/availability_store.h"
#include "db/bookings/calendar_import_store.h"
#include "ui/async/latest.h"
#include "ui/bookings/availability_draft.h"
#include "ui/bookings/companion_facts.h"
#include "ui/bookings/queue_filters.h"
#include "ui/widgets/banner.h"

#include <QFrame>

#include <functional>
#include <optional>

class QComboBox;
class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace studio::ui {

class AnswerFields;
class FeedsView;
class ImportsView;
class OpeningFields;
class StateStack;
class ToursView;
class TypedJournal;
class Worker;

// When one companion can be booked and by which rules. A save names the version that was read; where someone
// else saved first, nothing is overwritten. What is edited and not saved stays with its companion while
// another one is looked at.
class AvailabilityView final : public QFrame {
    Q_OBJECT

public:
    // `public_url`: of the platform.
    AvailabilityView(Worker &worker, const QString &own_companion, const QString &public_url,
                     QWidget *parent = nullptr);
    void set_companions(const std::vector<CompanionChoice> &companions);
    // What is edited is also kept there, and is there again from it. It outlives this.
    void keep_in(TypedJournal *journal);
    // Reads again; what is edited stays.
    void refresh();
    // Of any companion; also a tour, a date or an address that is typed and not added.
    bool is_edited() const { return m_is_edited || has_typed() || !m_drafts.isEmpty(); }
    // Drops what was not saved.
    void discard(); // what is edited of the companion that is shown
    void discard_all();

signals:
    void failed(const QString &reason);

protected:
    void showEvent(QShowEvent *event) override;

private:
    struct Loaded {
        db::BookingSettings settings; // those that the edits are based on
        CompanionFacts companion;
        models::Json tours;
        std::vector<db::CalendarFeed> feeds;
        std::vector<db::CalendarImport> imports;
    };
    using Undo = std::function<void()>;
    void build_layout();
    void build_foot(QVBoxLayout *layout);
    void connect_signals();
    QString companion() const;
    static Loaded read(db::Session &session, const QString &id);
    void choose();
    bool has_typed() const;
    void clear_typed();
    std::optional<AvailabilityDraft> draft() const;
    void keep_typed();
    void show_draft(const AvailabilityDraft &draft, const db::BookingSettings &stored);
    void forget(const models::TenantId &tenant, const QString &form);
    void keep_draft();
    void load();
    void take(const Loaded &loaded);
    void show_lists(const Loaded &loaded);
    void show_fields(const db::BookingSettings &shown);
    void edited();
    void check();
    db::BookingSettings settings() const;
    void save();
    void store(const db::BookingSettings &settings, const Undo &undo);
    void stored(const QString &id, const db::BookingSettings &sent, int edits, const Undo &undo);
    void store_hours_again(const models::Json &hours);
    void not_stored(const QString &id, const QString &name, Tone tone, const QString &reason);
    void say(Tone tone, const QString &text, Banner::Dismissal dismissal = Banner::Dismissal::ByPerson);
    void say_refused(const QString &text);
    void offer_undo(const QString &done, const Undo &undo);

    Worker &m_worker;
    QString m_own;
    Latest m_loads;
    Loaded m_loaded; // companion.id "": nothing is shown
    TypedJournal *m_journal = nullptr;
    AvailabilityDrafts m_drafts;
    TypedValues m_blank; // of the fields for what is added one by one
    bool m_is_edited = false, m_is_filling = false, m_is_saving = false, m_banner_is_of_reading = false;
    bool m_says_missing = false; // once the person wanted to save
    int m_edits = 0;
    Undo m_undo;
    QComboBox *m_companion;
    // Views are made where they stand: with a style sheet, moving one styles all that it holds again.
    QScrollArea *m_scroll;
    StateStack *m_state;
    QWidget *m_body; // what scrolls
    OpeningFields *m_opening;
    AnswerFields *m_answers;
    ToursView *m_tours;
    ImportsView *m_imports;
    FeedsView *m_feeds;
    QLabel *m_problem;
    Banner *m_banner;
    QPushButton *m_save, *m_reload;
};

} // namespace studio::ui
