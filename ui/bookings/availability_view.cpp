// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/availability_view.h"

#include "ui/async/worker.h"
#include "ui/bookings/answer_fields.h"
#include "ui/bookings/booking_decider.h"
#include "ui/bookings/feeds_view.h"
#include "ui/bookings/imports_view.h"
#include "ui/bookings/opening_fields.h"
#include "ui/bookings/tours_view.h"
#include "ui/bookings/typed_journal.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/tenant_id.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace studio::ui {

AvailabilityView::Loaded AvailabilityView::read(db::Session &session, const QString &id) {
    const auto tenant = to_tenant_id(id);
    db::AvailabilityStore store(session);
    return {store.settings(tenant), read_companions(session, {tenant}).value(id), store.tours(tenant),
            store.feeds(tenant), db::CalendarImportStore(session).list(tenant)};
}

AvailabilityView::AvailabilityView(Worker &worker, const QString &own_companion, const QString &public_url,
                                   QWidget *parent)
    : QFrame(parent), m_worker(worker), m_own(own_companion), m_companion(new QComboBox(this)),
      m_scroll(new QScrollArea(this)), m_state(new StateStack(m_scroll, Skeleton::Shape::Form, this)),
      m_body(new QWidget(m_scroll->viewport())), m_opening(new OpeningFields(m_body)),
      m_answers(new AnswerFields(m_body)), m_tours(new ToursView(worker, m_body)),
      m_imports(new ImportsView(worker, m_body)), m_feeds(new FeedsView(worker, public_url, m_body)),
      m_problem(new QLabel(this)), m_banner(new Banner(QStringLiteral("availability.banner"), this)),
      m_save(new QPushButton(tr("Save"), this)), m_reload(new QPushButton(tr("Discard changes"), this)) {
    setObjectName(QStringLiteral("availability"));
    setAccessibleName(tr("Availability"));
    set_card(this);
    m_companion->setObjectName(QStringLiteral("availability.companion"));
    m_companion->setAccessibleName(tr("Availability of"));
    m_companion->setPlaceholderText(tr("Choose a companion"));
    m_companion->setVisible(m_own.isEmpty());
    m_problem->setObjectName(QStringLiteral("availability.problem"));
    m_save->setObjectName(QStringLiteral("availability.save"));
    m_reload->setObjectName(QStringLiteral("availability.reload"));
    build_layout();
    m_blank = typed_values(*m_body, added_fields());
    connect_signals();
}

void AvailabilityView::build_layout() {
    m_body->setProperty("scrollGround", true);
    auto *body = new QVBoxLayout(m_body);
    body->setContentsMargins(20, 12, 20, 20);
    body->setSpacing(16);
    body->addWidget(m_opening);
    body->addWidget(section_header(tr("Answers, reminders and deposit"), {}, m_body));
    body->addWidget(m_answers);
    body->addWidget(m_tours);
    body->addWidget(m_imports);
    body->addWidget(m_feeds);
    body->addStretch(1);
    m_scroll->setObjectName(QStringLiteral("availability.scroll"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(m_body);
    setTabOrder(m_reload, m_scroll);
    m_state->setObjectName(QStringLiteral("availability.state"));
    m_banner->set_margins({12, 0, 12, 8});
    auto *head = new QHBoxLayout;
    head->setContentsMargins(20, 12, 20, 4);
    head->addWidget(m_companion, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_banner);
    layout->addWidget(m_state, 1);
    build_foot(layout);
}

void AvailabilityView::build_foot(QVBoxLayout *layout) {
    set_text_role(m_problem, TextRole::Negative);
    m_problem->setWordWrap(true);
    set_button_role(m_save, ButtonRole::Primary);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(20, 8, 12, 8);
    foot->addWidget(m_problem, 1);
    foot->addWidget(m_reload);
    foot->addWidget(m_save);
    layout->addWidget(divider(this));
    layout->addLayout(foot);
}

void AvailabilityView::connect_signals() {
    connect(m_companion, &QComboBox::currentIndexChanged, this, &AvailabilityView::choose);
    connect(m_state, &StateStack::retry_requested, this, &AvailabilityView::load);
    connect(m_opening, &OpeningFields::changed, this, &AvailabilityView::edited);
    connect(m_answers, &AnswerFields::changed, this, &AvailabilityView::edited);
    const auto told = [this](const QString &done) {
        if (!done.isEmpty()) {
            say(Tone::Positive, done);
        }
        load();
    };
    connect(m_tours, &ToursView::changed, this, told);
    connect(m_tours, &ToursView::failed, this, &AvailabilityView::say_refused);
    connect(m_tours, &ToursView::removed, this, [this](const QString &done) {
        offer_undo(done, [this] { m_tours->restore(); });
        load();
    });
    connect(m_imports, &ImportsView::changed, this, told);
    connect(m_imports, &ImportsView::failed, this, &AvailabilityView::say_refused);
    connect(m_tours, &ToursView::added_for, this,
            [this](const models::TenantId &tenant) { forget(tenant, QStringLiteral("tours.")); });
    connect(m_imports, &ImportsView::added_for, this,
            [this](const models::TenantId &tenant) { forget(tenant, QStringLiteral("imports.")); });
    for (const auto *name : typed_fields()) {
        connect(m_body->findChild<QLineEdit *>(QLatin1String(name)), &QLineEdit::textChanged, this,
                &AvailabilityView::check);
    }
    connect(m_feeds, &FeedsView::changed, this, told);
    connect(m_feeds, &FeedsView::failed, this, &AvailabilityView::say_refused);
    connect(m_banner, &Banner::action_requested, this, [this] {
        if (const auto undo = std::exchange(m_undo, nullptr)) {
            m_banner->clear();
            undo();
        }
    });
    connect(m_save, &QPushButton::clicked, this, &AvailabilityView::save);
    connect(m_reload, &QPushButton::clicked, this, &AvailabilityView::discard);
}

void AvailabilityView::discard_all() {
    m_drafts.clear();
    discard();
}

void AvailabilityView::discard() {
    m_is_edited = false;
    m_loaded = {};
    m_undo = nullptr;
    m_banner->clear();
    clear_typed();
    check();
    load();
}

bool AvailabilityView::has_typed() const {
    return std::ranges::any_of(typed_fields(), [this](const char *name) {
        return !m_body->findChild<QLineEdit *>(QLatin1String(name))->text().trimmed().isEmpty();
    });
}

// What was added after its companion was left is no longer to be added.
void AvailabilityView::forget(const models::TenantId &tenant, const QString &form) {
    forget_typed(m_drafts, to_text(tenant), form);
    keep_typed();
}

void AvailabilityView::clear_typed() {
    restore_values(*m_body, m_blank);
}

void AvailabilityView::showEvent(QShowEvent *event) {
    QFrame::showEvent(event);
    refresh();
}

void AvailabilityView::set_companions(const std::vector<CompanionChoice> &companions) {
    {
        const QSignalBlocker quiet(m_companion);
        const auto chosen = m_companion->currentData();
        m_companion->clear();
        for (const auto &companion : companions) {
            m_companion->addItem(companion.name, companion.id);
        }
        m_companion->setCurrentIndex(m_companion->findData(chosen));
    }
    m_drafts.removeIf([this, &companions](const auto &draft) { // hers is no longer to be changed here
        return draft.key() != m_own &&
               std::ranges::find(companions, draft.key(), &CompanionChoice::id) == companions.end();
    });
    keep_typed();
    if (companion() != m_loaded.companion.id) {
        choose();
    } else {
        refresh();
    }
}

QString AvailabilityView::companion() const {
    return m_own.isEmpty() ? m_companion->currentData().toString() : m_own;
}

void AvailabilityView::refresh() {
    if (isVisible()) {
        load();
    }
}

// Nothing of one companion stands under another's name, not even while hers are read.
void AvailabilityView::choose() {
    keep_draft();
    m_loaded = {};
    m_is_edited = false;
    m_undo = nullptr;
    m_banner->clear();
    clear_typed();
    m_tours->show_tours({}, {}, models::Json::array());
    m_imports->show_imports({}, {}, {});
    if (!companion().isEmpty()) {
        m_state->show_loading();
    }
    check();
    refresh();
}

void AvailabilityView::keep_draft() {
    if (const auto typed = draft()) {
        m_drafts[m_loaded.companion.id] = *typed;
    }
}

// Of the companion that is shown.
std::optional<AvailabilityDraft> AvailabilityView::draft() const {
    if (m_loaded.companion.id.isEmpty() || !(m_is_edited || has_typed())) {
        return std::nullopt;
    }
    AvailabilityDraft draft{m_loaded.settings, settings(), typed_values(*m_body, kept_fields()), m_is_edited};
    draft.edited.availability = m_opening->hours(m_loaded.settings.availability);
    return draft;
}

void AvailabilityView::keep_in(TypedJournal *journal) {
    m_drafts = read_availability_drafts(journal->part(QStringLiteral("availability")));
    m_journal = journal;
}

void AvailabilityView::keep_typed() {
    if (m_journal == nullptr) {
        return;
    }
    auto drafts = m_drafts;
    if (const auto typed = draft()) {
        drafts.insert(m_loaded.companion.id, *typed);
    }
    m_journal->keep(QStringLiteral("availability"), written(drafts));
}

void AvailabilityView::load() {
    const auto id = companion();
    m_save->setVisible(!id.isEmpty());
    m_reload->setVisible(!id.isEmpty());
    const auto number = m_loads.next();
    if (id.isEmpty()) {
        m_state->show_empty(QStringLiteral("calendar"), tr("Choose a companion"),
                            tr("Her hours and the rules for her bookings are shown here."), {});
        return;
    }
    m_worker.run([id](db::Session &session) { return read(session, id); })
        .then(this,
              [this, number](const Loaded &loaded) {
                  if (m_loads.is_latest(number)) {
                      take(loaded);
                  }
              })
        .onFailed(this, [this, number](const std::exception &error) {
            if (!m_loads.is_latest(number)) {
                return;
            }
            const auto reason = QString::fromUtf8(error.what());
            if (m_loaded.companion.id.isEmpty()) {
                m_state->show_error(tr("Could not load the availability"), reason);
            } else {
                say(Tone::Caution, tr("This may be out of date. %1").arg(reason));
                m_banner_is_of_reading = true;
            }
            emit failed(reason);
        });
}

// What is shown already, or edited, is not filled in again: somebody may be in the middle of it.
void AvailabilityView::take(const Loaded &loaded) {
    const bool is_shown = m_loaded.companion.id == loaded.companion.id;
    const bool keeps = is_shown && (m_is_edited || m_loaded.settings.version == loaded.settings.version);
    const auto base = m_loaded.settings;
    if (std::exchange(m_banner_is_of_reading, false)) {
        m_banner->clear();
    }
    m_loaded = loaded;
    show_lists(loaded);
    if (keeps) {
        m_loaded.settings = base;
        return;
    }
    if (m_drafts.contains(loaded.companion.id)) {
        show_draft(m_drafts.take(loaded.companion.id), loaded.settings);
        return;
    }
    show_fields(loaded.settings);
}

void AvailabilityView::show_draft(const AvailabilityDraft &draft, const db::BookingSettings &stored) {
    auto typed = draft.typed;
    if (!draft.is_edited) {
        typed.removeIf([](const auto &value) { return !added_fields().contains(value.key()); });
    }
    m_loaded.settings = draft.is_edited ? draft.base : stored;
    show_fields(draft.is_edited ? draft.edited : stored);
    m_is_filling = true;
    restore_values(*m_body, typed);
    m_is_filling = false;
    m_is_edited = draft.is_edited;
    say(Tone::Neutral, tr("Your changes are still here and not saved yet."));
    check();
}

// Tours and calendars are stored one by one, whatever else is edited.
void AvailabilityView::show_lists(const Loaded &loaded) {
    const auto tenant = to_tenant_id(loaded.companion.id);
    m_tours->show_tours(tenant, loaded.companion.zone, loaded.tours);
    m_imports->show_imports(tenant, loaded.companion.zone, loaded.imports);
    m_feeds->show_feeds(tenant, loaded.companion.subdomain, loaded.feeds);
}

void AvailabilityView::show_fields(const db::BookingSettings &shown) {
    m_is_filling = true;
    m_opening->show_availability(shown.availability, m_loaded.companion);
    m_answers->show_rules(shown.rules, m_loaded.companion.currency);
    m_is_filling = false;
    m_is_edited = false;
    m_says_missing = false;
    m_state->show_content();
    check();
}

void AvailabilityView::edited() {
    if (!m_is_filling) {
        m_is_edited = true;
        ++m_edits;
        check();
    }
}

void AvailabilityView::check() {
    const bool is_shown = !m_loaded.companion.id.isEmpty();
    auto problem = is_shown ? m_opening->problem() : QString();
    if (is_shown && problem.isEmpty()) {
        problem = m_answers->problem();
    }
    m_problem->setText(problem.isEmpty() && is_shown && m_says_missing ? m_answers->missing() : problem);
    m_save->setEnabled(is_shown && m_is_edited && !m_is_saving && problem.isEmpty());
    m_reload->setEnabled(is_shown && (m_is_edited || has_typed()));
    keep_typed();
}

db::BookingSettings AvailabilityView::settings() const {
    auto settings = m_loaded.settings;
    settings.availability = m_opening->availability(m_loaded.settings.availability);
    settings.rules = m_answers->rules(m_loaded.settings.rules);
    return settings;
}

void AvailabilityView::save() {
    if (m_loaded.companion.id.isEmpty() || m_loaded.companion.id != companion()) {
        return;
    }
    if (!m_answers->missing().isEmpty()) {
        m_says_missing = true;
        check();
        m_answers->focus_amount();
        return;
    }
    const auto before = m_loaded.settings;
    const auto now = settings();
    Undo undo;
    if (!before.availability.is_null() && now.availability.is_null()) {
        undo = [this, hours = before.availability] { store_hours_again(hours); };
    }
    store(now, undo);
}

void AvailabilityView::store(const db::BookingSettings &settings, const Undo &undo) {
    m_is_saving = true;
    check();
    const auto id = m_loaded.companion.id;
    m_worker
        .run([tenant = to_tenant_id(id), settings](db::Session &session) {
            return db::AvailabilityStore(session).save(tenant, settings);
        })
        .then(this,
              [this, id, name = m_loaded.companion.name, settings, undo, edits = m_edits](bool saved) {
                  m_is_saving = false;
                  if (saved) {
                      stored(id, settings, edits, undo);
                  } else {
                      not_stored(id, name, Tone::Caution,
                                 tr("Someone else saved these settings meanwhile. Yours are still "
                                    "here and not saved; discard them to see the newest ones."));
                  }
              })
        .onFailed(this, [this, id, name = m_loaded.companion.name](const std::exception &error) {
            m_is_saving = false;
            const auto text = refusal_words(tr("Not saved; your changes are still here."), error);
            not_stored(id, name, Tone::Negative, text);
            emit failed(text);
        });
}

// Under another companion it says whose settings these are.
void AvailabilityView::not_stored(const QString &id, const QString &name, Tone tone, const QString &reason) {
    const bool is_shown = m_loaded.companion.id == id;
    say(tone, is_shown ? reason : tr("%1: %2").arg(name, reason),
        tone == Tone::Caution ? Banner::Dismissal::Never : Banner::Dismissal::ByPerson);
    check();
}

// Brings back the hours alone: what is typed elsewhere since stays, and is not saved by it.
void AvailabilityView::store_hours_again(const models::Json &hours) {
    auto again = m_loaded.settings;
    again.availability = hours;
    m_is_filling = true;
    m_opening->show_availability(hours, m_loaded.companion);
    m_is_filling = false;
    store(again, {});
    m_edits += m_is_edited; // what is edited already is no part of this save
}

// What was typed since the press stays, and is the next to be saved.
void AvailabilityView::stored(const QString &id, const db::BookingSettings &sent, int edits,
                              const Undo &undo) {
    auto stored = sent;
    ++stored.version;
    if (m_loaded.companion.id != id) {
        heed_stored(m_drafts, id, stored);
        check();
        return;
    }
    m_is_edited = m_is_edited && edits != m_edits;
    m_loaded.settings = stored;
    if (undo) {
        offer_undo(tr("Saved. Clients can ask for any time now; the hours are removed."), undo);
    } else {
        say(Tone::Positive, tr("Saved. The site shows it within seconds."));
    }
    check();
    load();
}

void AvailabilityView::say_refused(const QString &text) {
    say(Tone::Negative, text);
    emit failed(text);
}

void AvailabilityView::say(Tone tone, const QString &text, Banner::Dismissal dismissal) {
    m_undo = nullptr;
    m_banner_is_of_reading = false;
    m_banner->show_message(tone, text, {}, dismissal);
}

void AvailabilityView::offer_undo(const QString &done, const Undo &undo) {
    m_undo = undo;
    m_banner_is_of_reading = false;
    m_banner->show_message(Tone::Positive, done, tr("Undo"));
}

} // namespace studio::ui
