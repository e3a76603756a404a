// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/availability_view.h"

#include "ui/async/worker.h"
#include "ui/bookings/answer_fields.h"
#include "ui/bookings/feeds_view.h"
#include "ui/bookings/imports_view.h"
#include "ui/bookings/opening_fields.h"
#include "ui/bookings/tours_view.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/tenant_id.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>

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
      m_opening(new OpeningFields(this)), m_answers(new AnswerFields(this)),
      m_tours(new ToursView(worker, this)), m_imports(new ImportsView(worker, this)),
      m_feeds(new FeedsView(worker, public_url, this)), m_problem(new QLabel(this)),
      m_banner(new Banner(QStringLiteral("availability.banner"), this)),
      m_save(new QPushButton(tr("Save"), this)), m_reload(new QPushButton(tr("Discard changes"), this)),
      m_body(new QWidget(this)) {
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
    auto *scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("availability.scroll"));
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_body);
    m_state = new StateStack(scroll, Skeleton::Shape::Form, this);
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
            m_banner->show_message(Tone::Positive, done);
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
    m_banner->clear();
    check();
    load();
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
    if (!companion().isEmpty()) {
        m_state->show_loading();
    }
    check();
    refresh();
}

void AvailabilityView::keep_draft() {
    if (m_is_edited && !m_loaded.companion.id.isEmpty()) {
        m_drafts[m_loaded.companion.id] = {m_loaded.settings, settings()};
    }
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
                m_banner->show_message(Tone::Caution, tr("This may be out of date. %1").arg(reason));
            }
            emit failed(reason);
        });
}

// What is shown already, or edited, is not filled in again: somebody may be in the middle of it.
void AvailabilityView::take(const Loaded &loaded) {
    const bool is_shown = m_loaded.companion.id == loaded.companion.id;
    const bool keeps = is_shown && (m_is_edited || m_loaded.settings.version == loaded.settings.version);
    const auto base = m_loaded.settings;
    m_loaded = loaded;
    show_lists(loaded);
    if (keeps) {
        m_loaded.settings = base;
        return;
    }
    if (m_drafts.contains(loaded.companion.id)) {
        const auto draft = m_drafts.take(loaded.companion.id);
        m_loaded.settings = draft.base;
        show_fields(draft.edited);
        m_is_edited = true;
        m_banner->show_message(Tone::Neutral, tr("Your changes are still here and not saved yet."));
        check();
        return;
    }
    show_fields(loaded.settings);
}

// Tours and calendars are stored one by one, whatever else is edited.
void AvailabilityView::show_lists(const Loaded &loaded) {
    const auto tenant = to_tenant_id(loaded.companion.id);
    m_tours->show_tours(tenant, loaded.tours);
    m_imports->show_imports(tenant, loaded.companion.zone, loaded.imports);
    m_feeds->show_feeds(tenant, loaded.companion.subdomain, loaded.feeds);
}

void AvailabilityView::show_fields(const db::BookingSettings &shown) {
    m_is_filling = true;
    m_opening->show_availability(shown.availability, m_loaded.companion);
    m_answers->show_rules(shown.rules, m_loaded.companion.currency);
    m_is_filling = false;
    m_is_edited = false;
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
    m_problem->setText(problem);
    m_save->setEnabled(is_shown && m_is_edited && problem.isEmpty());
    m_reload->setEnabled(is_shown && m_is_edited);
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
    const auto before = m_loaded.settings;
    const auto now = settings();
    m_undo = nullptr;
    if (!before.availability.is_null() && now.availability.is_null()) {
        m_undo = [this, before] {
            auto again = m_loaded.settings;
            again.availability = before.availability;
            m_is_edited = false;
            store(again);
        };
    }
    store(now);
}

void AvailabilityView::store(const db::BookingSettings &settings) {
    m_save->setEnabled(false);
    const auto id = m_loaded.companion.id;
    m_worker
        .run([tenant = to_tenant_id(id), settings](db::Session &session) {
            return db::AvailabilityStore(session).save(tenant, settings);
        })
        .then(this,
              [this, id, settings, edits = m_edits](bool saved) {
                  if (saved) {
                      stored(id, settings, edits);
                  } else if (m_loaded.companion.id == id) {
                      m_undo = nullptr;
                      m_banner->show_message(
                          Tone::Caution,
                          tr("Someone else saved these settings meanwhile. Yours are still "
                             "here and not saved; discard them to see the newest ones."),
                          {}, Banner::Dismissal::Never);
                      check();
                  }
              })
        .onFailed(this, [this](const std::exception &error) {
            const auto reason = QString::fromUtf8(error.what());
            m_undo = nullptr;
            m_banner->show_message(Tone::Negative,
                                   tr("Not saved; your changes are still here. %1").arg(reason));
            check();
            emit failed(reason);
        });
}

// What was typed since the press stays, and is the next to be saved.
void AvailabilityView::stored(const QString &id, const db::BookingSettings &sent, int edits) {
    auto stored = sent;
    ++stored.version;
    if (m_loaded.companion.id != id) {
        if (m_drafts.contains(id)) { // she was left before the answer came
            auto &draft = m_drafts[id];
            draft.base = stored;
            if (draft.edited.availability == sent.availability && draft.edited.rules == sent.rules) {
                m_drafts.remove(id);
            }
        }
        return;
    }
    const bool hours_are_gone = m_undo != nullptr;
    const bool fills = edits == m_edits && !m_is_edited; // an undo: the fields show what was before it
    m_is_edited = m_is_edited && edits != m_edits;
    m_loaded.settings = stored;
    if (fills) {
        show_fields(stored);
    }
    if (hours_are_gone) {
        offer_undo(tr("Saved. Clients can ask for any time now; the hours are removed."), m_undo);
    } else {
        m_banner->show_message(Tone::Positive, tr("Saved. The site shows it within seconds."));
    }
    check();
    load();
}

void AvailabilityView::say_refused(const QString &reason) {
    m_banner->show_message(Tone::Negative, tr("Nothing was changed. %1").arg(reason));
    emit failed(reason);
}

void AvailabilityView::offer_undo(const QString &done, std::function<void()> undo) {
    m_undo = std::move(undo);
    m_banner->show_message(Tone::Positive, done, tr("Undo"));
}

} // namespace studio::ui
