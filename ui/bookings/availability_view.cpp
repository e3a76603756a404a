// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/availability_view.h"

#include "models/booking/availability.h"
#include "models/booking/booking_rules.h"
#include "models/values/money.h"
#include "ui/async/worker.h"
#include "ui/bookings/booking_words.h"
#include "ui/bookings/exceptions_fields.h"
#include "ui/bookings/feeds_view.h"
#include "ui/bookings/tours_view.h"
#include "ui/bookings/weekly_hours_fields.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/tenant_id.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <tuple>

namespace studio::ui {

namespace {

using DepositKind = models::DepositRule::Kind;

constexpr int minutes_an_hour = 60;
constexpr int max_buffer = 24 * 60;
constexpr int max_notice_hours = 60 * 24;
constexpr int max_ahead_days = 731;
constexpr int max_hold = 30 * 24;
constexpr int max_hours = 8760;

QSpinBox *number(int least, int most, int step, const QString &suffix, QWidget *parent) {
    auto *field = new QSpinBox(parent);
    field->setRange(least, most);
    field->setSingleStep(step);
    field->setSuffix(suffix);
    return field;
}

models::NumberSigns signs() {
    const QLocale locale;
    return {locale.decimalPoint().toStdString(), locale.groupSeparator().toStdString()};
}

} // namespace

AvailabilityView::Loaded AvailabilityView::read(db::Session &session, const QString &id) {
    const auto tenant = to_tenant_id(id);
    db::AvailabilityStore store(session);
    return {store.settings(tenant), read_companions(session, {tenant}).value(id), store.tours(tenant),
            store.feeds(tenant)};
}

AvailabilityView::AvailabilityView(Worker &worker, const QString &own_companion, const QString &public_url,
                                   QWidget *parent)
    : QFrame(parent), m_worker(worker), m_own(own_companion), m_companion(new QComboBox(this)),
      m_offers(new QCheckBox(tr("Clients choose from free times"), this)),
      m_hours(new WeeklyHoursFields(this)), m_exceptions(new ExceptionsFields(this)),
      m_buffer(number(0, max_buffer, 15, tr(" min"), this)),
      m_notice(number(0, max_notice_hours, 1, tr(" h"), this)),
      m_ahead(number(1, max_ahead_days, 1, tr(" days"), this)),
      m_hold(number(0, max_hold, 1, tr(" h"), this)), m_percent(number(1, 100, 5, tr(" %"), this)),
      m_due(number(1, max_hours, 1, tr(" h"), this)), m_answer(number(1, max_hours, 1, tr(" h"), this)),
      m_step(new QComboBox(this)), m_deposit(new QComboBox(this)), m_amount(new QLineEdit(this)),
      m_incall(new QCheckBox(place_word("incall"), this)),
      m_outcall(new QCheckBox(place_word("outcall"), this)),
      m_travel(new QCheckBox(place_word("travel"), this)), m_tours(new ToursView(worker, this)),
      m_feeds(new FeedsView(worker, public_url, this)), m_problem(new QLabel(this)),
      m_banner(new Banner(QStringLiteral("availability.banner"), this)),
      m_save(new QPushButton(tr("Save"), this)), m_reload(new QPushButton(tr("Discard changes"), this)),
      m_body(new QWidget(this)), m_open_part(new QWidget(this)) {
    set_card(this);
    name_fields();
    build_layout();
    connect_signals();
}

void AvailabilityView::name_fields() {
    setObjectName(QStringLiteral("availability"));
    setAccessibleName(tr("Availability"));
    const std::tuple<QWidget *, const char *, QString> names[] = {
        {m_companion, "companion", tr("Availability of")},
        {m_offers, "offers", m_offers->text()},
        {m_buffer, "buffer", tr("Free time after a booking")},
        {m_notice, "notice", tr("Minimum notice")},
        {m_ahead, "ahead", tr("Longest ahead")},
        {m_step, "step", tr("Bookings start")},
        {m_hold, "hold", tr("A request holds its time for")},
        {m_incall, "incall", m_incall->text()},
        {m_outcall, "outcall", m_outcall->text()},
        {m_travel, "travel", m_travel->text()},
        {m_answer, "answer", tr("Requests are answered within")},
        {m_deposit, "deposit", tr("Deposit")},
        {m_amount, "amount", tr("Amount of the deposit")},
        {m_percent, "percent", tr("Share of the price")},
        {m_due, "due", tr("Due after acceptance")},
        {m_problem, "problem", {}},
        {m_save, "save", m_save->text()},
        {m_reload, "reload", m_reload->text()}};
    for (const auto &[widget, name, words] : names) {
        widget->setObjectName(QStringLiteral("availability.") + QLatin1String(name));
        widget->setAccessibleName(words);
    }
    m_companion->setPlaceholderText(tr("Choose a companion"));
    m_companion->setVisible(m_own.isEmpty());
    for (const auto &[words, minutes] :
         {std::pair(tr("On the quarter hour"), 15), std::pair(tr("On the half hour"), 30),
          std::pair(tr("On the hour"), 60)}) {
        m_step->addItem(words, minutes);
    }
    m_deposit->addItem(tr("No deposit"), static_cast<int>(DepositKind::None));
    m_deposit->addItem(tr("A fixed amount"), static_cast<int>(DepositKind::Amount));
    m_deposit->addItem(tr("A share of the price"), static_cast<int>(DepositKind::Share));
}

QWidget *AvailabilityView::build_rules() {
    auto *part = new QWidget(this);
    auto *grid = new QGridLayout(part);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (auto *field : std::initializer_list<QWidget *>{m_buffer, m_notice, m_ahead, m_step, m_hold}) {
        grid->addWidget(new QLabel(field->accessibleName(), part), row, 0);
        grid->addWidget(field, row++, 1);
    }
    auto *places = new QHBoxLayout;
    places->setSpacing(16);
    for (auto *box : {m_incall, m_outcall, m_travel}) {
        places->addWidget(box);
    }
    places->addStretch(1);
    grid->addWidget(new QLabel(tr("Places"), part), row, 0);
    grid->addLayout(places, row, 1);
    return part;
}

void AvailabilityView::build_layout() {
    auto *hours = new QVBoxLayout(m_open_part);
    hours->setContentsMargins(0, 0, 0, 0);
    hours->setSpacing(16);
    hours->addWidget(section_header(tr("Weekly hours"), {}, m_open_part));
    hours->addWidget(m_hours);
    hours->addWidget(section_header(tr("Dates with other hours"), {}, m_open_part));
    hours->addWidget(m_exceptions);
    hours->addWidget(section_header(tr("Rules for times"), {}, m_open_part));
    hours->addWidget(build_rules());
    auto *answers = new QGridLayout;
    answers->setHorizontalSpacing(16);
    answers->setVerticalSpacing(8);
    answers->setColumnStretch(1, 1);
    int row = 0;
    for (auto *field : std::initializer_list<QWidget *>{m_answer, m_deposit, m_amount, m_percent, m_due}) {
        auto *label = new QLabel(field->accessibleName(), m_body);
        label->setObjectName(field->objectName() + QStringLiteral(".label"));
        answers->addWidget(label, row, 0);
        answers->addWidget(field, row++, 1);
    }
    m_body->setProperty("scrollGround", true);
    auto *body = new QVBoxLayout(m_body);
    body->setContentsMargins(20, 12, 20, 20);
    body->setSpacing(16);
    body->addWidget(m_offers);
    body->addWidget(m_open_part);
    body->addWidget(section_header(tr("Answers and deposit"), {}, m_body));
    body->addLayout(answers);
    body->addWidget(m_tours);
    body->addWidget(m_feeds);
    body->addStretch(1);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_body);
    m_state = new StateStack(scroll, Skeleton::Shape::Form, this);
    m_state->setObjectName(QStringLiteral("availability.state"));
    set_text_role(m_problem, TextRole::Negative);
    m_problem->setWordWrap(true);
    set_button_role(m_save, ButtonRole::Primary);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(20, 8, 12, 8);
    foot->addWidget(m_problem, 1);
    foot->addWidget(m_reload);
    foot->addWidget(m_save);
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
    layout->addWidget(divider(this));
    layout->addLayout(foot);
}

void AvailabilityView::connect_signals() {
    connect(m_companion, &QComboBox::currentIndexChanged, this, [this] {
        m_is_edited = false;
        m_banner->clear();
        load();
    });
    connect(m_state, &StateStack::retry_requested, this, &AvailabilityView::load);
    connect(m_hours, &WeeklyHoursFields::changed, this, &AvailabilityView::edited);
    connect(m_exceptions, &ExceptionsFields::changed, this, &AvailabilityView::edited);
    for (auto *box : {m_offers, m_incall, m_outcall, m_travel}) {
        connect(box, &QCheckBox::toggled, this, &AvailabilityView::edited);
    }
    for (auto *field : {m_buffer, m_notice, m_ahead, m_hold, m_percent, m_due, m_answer}) {
        connect(field, &QSpinBox::valueChanged, this, &AvailabilityView::edited);
    }
    for (auto *combo : {m_step, m_deposit}) {
        connect(combo, &QComboBox::currentIndexChanged, this, &AvailabilityView::edited);
    }
    connect(m_amount, &QLineEdit::textChanged, this, &AvailabilityView::edited);
    const auto told = [this](const QString &done) {
        if (!done.isEmpty()) {
            m_banner->show_message(Tone::Positive, done);
        }
        load();
    };
    const auto refused = [this](const QString &reason) {
        m_banner->show_message(Tone::Negative, tr("Nothing was changed. %1").arg(reason));
        emit failed(reason);
    };
    connect(m_tours, &ToursView::changed, this, told);
    connect(m_tours, &ToursView::failed, this, refused);
    connect(m_feeds, &FeedsView::changed, this, told);
    connect(m_feeds, &FeedsView::failed, this, refused);
    connect(m_save, &QPushButton::clicked, this, &AvailabilityView::save);
    connect(m_reload, &QPushButton::clicked, this, &AvailabilityView::discard);
}

void AvailabilityView::discard() {
    m_is_edited = false;
    m_banner->clear();
    load();
}

void AvailabilityView::showEvent(QShowEvent *event) {
    QFrame::showEvent(event);
    refresh();
}

void AvailabilityView::set_companions(const std::vector<CompanionChoice> &companions) {
    const QSignalBlocker quiet(m_companion);
    const auto chosen = m_companion->currentData();
    m_companion->clear();
    for (const auto &companion : companions) {
        m_companion->addItem(companion.name, companion.id);
    }
    m_companion->setCurrentIndex(m_companion->findData(chosen));
    refresh();
}

QString AvailabilityView::companion() const {
    return m_own.isEmpty() ? m_companion->currentData().toString() : m_own;
}

void AvailabilityView::refresh() {
    if (isVisible() && !m_is_edited) {
        load();
    }
}

void AvailabilityView::load() {
    const auto id = companion();
    m_save->setVisible(!id.isEmpty());
    m_reload->setVisible(!id.isEmpty());
    if (id.isEmpty()) {
        m_state->show_empty(QStringLiteral("calendar"), tr("Choose a companion"),
                            tr("Her hours and the rules for her bookings are shown here."), {});
        return;
    }
    const auto number = m_loads.next();
    m_worker.run([id](db::Session &session) { return read(session, id); })
        .then(this,
              [this, number](const Loaded &loaded) {
                  if (!m_loads.is_latest(number)) {
                      return;
                  }
                  show_lists(loaded);
                  if (!m_is_edited) {
                      show_loaded(loaded);
                  }
              })
        .onFailed(this, [this, number](const std::exception &error) {
            if (m_loads.is_latest(number)) {
                m_state->show_error(tr("Could not load the availability"), QString::fromUtf8(error.what()));
                emit failed(QString::fromUtf8(error.what()));
            }
        });
}

// Tours and addresses are stored one by one, whatever else is edited.
void AvailabilityView::show_lists(const Loaded &loaded) {
    const auto tenant = to_tenant_id(loaded.companion.id);
    m_tours->show_tours(tenant, loaded.tours);
    m_feeds->show_feeds(tenant, loaded.companion.subdomain, loaded.feeds);
}

void AvailabilityView::show_loaded(const Loaded &loaded) {
    m_is_filling = true;
    m_loaded = loaded;
    const auto hours = models::read_availability(loaded.settings.availability);
    const auto rules = models::read_booking_rules(loaded.settings.rules);
    m_offers->setChecked(!loaded.settings.availability.is_null());
    m_hours->show_hours(hours.weekly);
    m_exceptions->show_exceptions(hours.exceptions);
    m_buffer->setValue(hours.buffer_minutes);
    m_notice->setValue(hours.notice_minutes / minutes_an_hour);
    m_ahead->setValue(hours.max_days_ahead);
    m_step->setCurrentIndex(std::max(0, m_step->findData(hours.start_step_minutes)));
    m_hold->setValue(hours.hold_hours);
    const auto offered = [&hours](models::ServicePlace place) {
        return std::ranges::count(hours.default_places, place) > 0;
    };
    m_incall->setChecked(offered(models::ServicePlace::Incall));
    m_outcall->setChecked(offered(models::ServicePlace::Outcall));
    m_travel->setChecked(offered(models::ServicePlace::Travel));
    m_answer->setValue(rules.answer_hours);
    m_deposit->setCurrentIndex(m_deposit->findData(static_cast<int>(rules.deposit.kind)));
    m_amount->setText(rules.deposit.amount_minor > 0 ? QString::fromStdString(models::editable_money(
                                                           {rules.deposit.amount_minor}, signs()))
                                                     : QString());
    m_percent->setValue(std::max(1, rules.deposit.percent));
    m_due->setValue(rules.deposit.due_hours);
    m_is_filling = false;
    m_is_edited = false;
    m_state->show_content();
    check();
}

void AvailabilityView::edited() {
    if (!m_is_filling) {
        m_is_edited = true;
        check();
    }
}

QString AvailabilityView::problem() const {
    if (m_offers->isChecked() && !m_hours->hours()) {
        return tr("Correct the hours.");
    }
    if (m_offers->isChecked() && !m_incall->isChecked() && !m_outcall->isChecked() &&
        !m_travel->isChecked()) {
        return tr("Choose at least one place.");
    }
    if (m_deposit->currentData().toInt() == static_cast<int>(DepositKind::Amount)) {
        const auto reading =
            models::read_money(m_amount->text().toStdString(), signs(), m_loaded.companion.currency);
        if (!reading.amount || reading.amount->minor <= 0) {
            return tr("Enter the amount of the deposit.");
        }
    }
    return {};
}

void AvailabilityView::check() {
    m_open_part->setVisible(m_offers->isChecked());
    const auto kind = static_cast<DepositKind>(m_deposit->currentData().toInt());
    const auto show = [this](QWidget *field, bool visible) {
        field->setVisible(visible);
        if (auto *label = findChild<QLabel *>(field->objectName() + QStringLiteral(".label"))) {
            label->setVisible(visible);
        }
    };
    show(m_amount, kind == DepositKind::Amount);
    show(m_percent, kind == DepositKind::Share);
    show(m_due, kind != DepositKind::None);
    const auto text = problem();
    m_problem->setText(text);
    m_save->setEnabled(m_is_edited && text.isEmpty());
    m_reload->setEnabled(m_is_edited);
}

db::BookingSettings AvailabilityView::settings() const {
    auto settings = m_loaded.settings;
    auto hours = models::read_availability(settings.availability);
    hours.weekly = m_hours->hours().value_or(hours.weekly);
    hours.exceptions = m_exceptions->exceptions();
    hours.buffer_minutes = m_buffer->value();
    hours.notice_minutes = m_notice->value() * minutes_an_hour;
    hours.max_days_ahead = m_ahead->value();
    hours.start_step_minutes = m_step->currentData().toInt();
    hours.hold_hours = m_hold->value();
    hours.default_places.clear();
    for (const auto &[box, place] : {std::pair(m_incall, models::ServicePlace::Incall),
                                     std::pair(m_outcall, models::ServicePlace::Outcall),
                                     std::pair(m_travel, models::ServicePlace::Travel)}) {
        if (box->isChecked()) {
            hours.default_places.push_back(place);
        }
    }
    const auto before = settings.availability.is_object() ? settings.availability : models::Json::object();
    settings.availability =
        m_offers->isChecked() ? models::write_availability(hours, before) : models::Json();
    auto rules = models::read_booking_rules(settings.rules);
    rules.answer_hours = m_answer->value();
    rules.deposit.kind = static_cast<DepositKind>(m_deposit->currentData().toInt());
    if (const auto amount =
            models::read_money(m_amount->text().toStdString(), signs(), m_loaded.companion.currency).amount) {
        rules.deposit.amount_minor = amount->minor;
    }
    rules.deposit.percent = m_percent->value();
    rules.deposit.due_hours = m_due->value();
    models::write_booking_rules(rules, settings.rules);
    return settings;
}

void AvailabilityView::save() {
    m_save->setEnabled(false);
    m_worker
        .run([id = to_tenant_id(companion()), settings = settings()](db::Session &session) {
            return db::AvailabilityStore(session).save(id, settings);
        })
        .then(this,
              [this](bool saved) {
                  if (saved) {
                      m_is_edited = false;
                      m_banner->show_message(Tone::Positive, tr("Saved. The site shows it within seconds."));
                      load();
                  } else {
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
            m_banner->show_message(Tone::Negative,
                                   tr("Not saved; your changes are still here. %1").arg(reason));
            check();
            emit failed(reason);
        });
}

} // namespace studio::ui
