// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/enter_panel.h"

#include "base/telephone.h"
#include "db/bookings/booking_client_store.h"
#include "db/connection/error.h"
#include "models/values/timezone.h"
#include "models/values/web_address.h"
#include "ui/async/worker.h"
#include "ui/bookings/blocked_time.h"
#include "ui/bookings/booking_decider.h"
#include "ui/bookings/booking_words.h"
#include "ui/bookings/time_fields.h"
#include "ui/bookings/typed_journal.h"
#include "ui/bookings/typed_values.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/tab_order.h"
#include "ui/widgets/tenant_id.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <tuple>

namespace studio::ui {

namespace {

// As on the site.
constexpr int max_email = 255;
constexpr int max_phone = 40;
constexpr int max_service = 100;
constexpr int max_place = 200;
constexpr int max_message = 4000;

// In the journal.
QString part_name() {
    return QStringLiteral("enter");
}
QString companion_key() {
    return QStringLiteral("companion");
}
QString values_key() {
    return QStringLiteral("values");
}
QString usual_length_key() {
    return QStringLiteral("usualLength");
}

// What became of a booking that was sent: its id, or the block that is in its way.
struct Entry {
    std::string id;
    std::optional<BlockInTheWay> block;
};

Entry store(db::Session &session, const db::EnteredBooking &booking) {
    try {
        return {db::BookingClientStore(session).enter(booking), std::nullopt};
    } catch (const db::Error &error) {
        if (error.constraint() != db::time_blocked_constraint) {
            throw;
        }
        const auto block = block_in_the_way(session, booking.tenant_id, *booking.start, *booking.end);
        if (!block) { // it was freed meanwhile: entering it again works
            throw;
        }
        return {{}, block};
    }
}

} // namespace

EnterPanel::EnterPanel(Worker &worker, const QString &own_companion, QWidget *parent)
    : QFrame(parent), m_worker(worker), m_own(own_companion), m_scroll(new QScrollArea(this)),
      m_body(new QWidget(m_scroll->viewport())), m_companion(new QComboBox(m_body)),
      m_source(new QComboBox(m_body)), m_service(new QComboBox(m_body)), m_place_kind(new QComboBox(m_body)),
      m_name(new QLineEdit(m_body)), m_email(new QLineEdit(m_body)), m_phone(new QLineEdit(m_body)),
      m_place(new QLineEdit(m_body)), m_has_time(new QCheckBox(tr("The time is known"), m_body)),
      m_time(new TimeFields(QStringLiteral("enter"), m_body)), m_message(new QPlainTextEdit(m_body)),
      m_mail(new QCheckBox(tr("Email the client that the request arrived"), m_body)),
      m_companion_label(new QLabel(tr("Companion"), m_body)), m_problem(new QLabel(m_body)),
      m_banner(new Banner(QStringLiteral("enter.banner"), m_body)),
      m_cancel(new QPushButton(tr("Cancel"), m_body)), m_enter(new QPushButton(tr("Enter booking"), m_body)) {
    set_card(this);
    name_fields();
    build_layout();
    connect_signals();
    clear();
}

void EnterPanel::name_fields() {
    setObjectName(QStringLiteral("enter_panel"));
    const std::tuple<QWidget *, const char *, QString> names[] = {
        {m_companion, "enter.companion", tr("Companion")},
        {m_source, "enter.source", tr("How it came")},
        {m_service, "enter.service", tr("Service")},
        {m_place_kind, "enter.place_kind", tr("Kind of place")},
        {m_name, "enter.name", tr("Client’s name")},
        {m_email, "enter.email", tr("Client’s email address")},
        {m_phone, "enter.phone", tr("Client’s phone number")},
        {m_place, "enter.place", tr("Area or address")},
        {m_has_time, "enter.has_time", m_has_time->text()},
        {m_message, "enter.message", tr("What was said")},
        {m_mail, "enter.mail", m_mail->text()},
        {m_problem, "enter.problem", {}},
        {m_cancel, "enter.cancel", m_cancel->text()},
        {m_enter, "enter.enter", m_enter->text()}};
    for (const auto &[widget, name, words] : names) {
        widget->setObjectName(QLatin1String(name));
        widget->setAccessibleName(words);
    }
    for (const auto *source : {"phone", "message", "in_person"}) {
        m_source->addItem(source_word(source), QString::fromLatin1(source));
    }
    m_place_kind->addItem(tr("Place not said"), QString());
    for (const auto *kind : {"incall", "outcall", "travel"}) {
        m_place_kind->addItem(place_word(kind), QString::fromLatin1(kind));
    }
    m_companion->setVisible(m_own.isEmpty());
    m_companion_label->setVisible(m_own.isEmpty());
    m_companion->setPlaceholderText(tr("Choose a companion"));
    m_service->setEditable(true);
    m_service->lineEdit()->setMaxLength(max_service);
    m_email->setMaxLength(max_email);
    m_phone->setMaxLength(max_phone);
    m_place->setMaxLength(max_place);
    m_place->setPlaceholderText(tr("Area or address"));
    m_message->setTabChangesFocus(true);
    m_message->setFixedHeight(m_message->fontMetrics().lineSpacing() * 3 + 20);
}

void EnterPanel::build_layout() {
    m_body->setProperty("scrollGround", true);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(10);
    grid->setColumnStretch(1, 1);
    int row = 0;
    const auto add = [grid, &row](QWidget *label, QWidget *field) {
        grid->addWidget(label, row, 0, Qt::AlignTop);
        grid->addWidget(field, row, 1);
        label->setMinimumHeight(std::min(32, field->sizeHint().height()));
        ++row;
    };
    add(m_companion_label, m_companion);
    add(new QLabel(tr("How it came"), m_body), m_source);
    add(new QLabel(tr("Name"), m_body), m_name);
    add(new QLabel(tr("Email"), m_body), m_email);
    add(new QLabel(tr("Phone"), m_body), m_phone);
    add(new QLabel(tr("Service"), m_body), m_service);
    grid->addWidget(m_has_time, row++, 0, 1, 2);
    grid->addWidget(m_time, row++, 0, 1, 2);
    add(new QLabel(tr("Place"), m_body), m_place_kind);
    add(new QLabel(m_body), m_place);
    add(new QLabel(tr("What was said"), m_body), m_message);
    grid->addWidget(m_mail, row++, 0, 1, 2);
    QWidget *const order[] = {m_companion, m_source,   m_name,   m_email,      m_phone,
                              m_service,   m_has_time, m_time,   m_place_kind, m_place,
                              m_message,   m_mail,     m_cancel, m_enter,      m_scroll};
    set_tab_order(order);
    auto *layout = new QVBoxLayout(m_body);
    layout->setContentsMargins(20, 16, 20, 20);
    layout->setSpacing(12);
    layout->addWidget(section_header(
        tr("Enter booking"), tr("It joins the queue as pending. Nobody is written to unless you tick it."),
        m_body));
    layout->addWidget(m_banner);
    layout->addLayout(grid);
    set_text_role(m_problem, TextRole::Negative);
    m_problem->setWordWrap(true);
    set_button_role(m_enter, ButtonRole::Primary);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_problem, 1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_enter);
    layout->addLayout(buttons);
    layout->addStretch(1);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(m_body);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(1, 1, 1, 1);
    outer->addWidget(m_scroll);
}

void EnterPanel::connect_signals() {
    connect(m_companion, &QComboBox::currentIndexChanged, this, &EnterPanel::read_companion);
    connect(m_has_time, &QCheckBox::toggled, m_time, &QWidget::setEnabled);
    for (auto *field : {m_name, m_email, m_phone}) {
        connect(field, &QLineEdit::textChanged, this, &EnterPanel::check);
    }
    connect(m_message, &QPlainTextEdit::textChanged, this, &EnterPanel::check);
    connect(m_time, &TimeFields::changed, this, &EnterPanel::check);
    connect(m_has_time, &QCheckBox::toggled, this, &EnterPanel::check);
    connect(m_service, &QComboBox::currentTextChanged, this, &EnterPanel::follow_service);
    connect(m_place, &QLineEdit::textChanged, this, &EnterPanel::keep_typed);
    connect(m_mail, &QCheckBox::toggled, this, &EnterPanel::keep_typed);
    for (auto *combo : {m_source, m_service, m_place_kind}) {
        connect(combo, &QComboBox::currentTextChanged, this, &EnterPanel::keep_typed);
    }
    connect(m_cancel, &QPushButton::clicked, this, &EnterPanel::closed);
    connect(m_enter, &QPushButton::clicked, this, &EnterPanel::enter);
    connect(m_banner, &Banner::action_requested, this, &EnterPanel::enter_over_block);
    connect(m_time, &TimeFields::changed, this, &EnterPanel::heed_other_time);
    connect(m_has_time, &QCheckBox::toggled, this, &EnterPanel::heed_other_time);
    connect(m_companion, &QComboBox::currentIndexChanged, this, &EnterPanel::heed_other_time);
}

void EnterPanel::set_companions(const std::vector<CompanionChoice> &companions) {
    const QSignalBlocker quiet(m_companion);
    const auto chosen = companion();
    m_companion->clear();
    for (const auto &companion : companions) {
        m_companion->addItem(companion.name, companion.id);
    }
    m_companion->setCurrentIndex(m_companion->findData(chosen));
    m_kept_companion.clear();
    read_companion();
}

void EnterPanel::begin() {
    m_banner->clear();
    (m_own.isEmpty() && m_companion->currentIndex() < 0 ? static_cast<QWidget *>(m_companion) : m_name)
        ->setFocus();
}

QString EnterPanel::companion() const {
    if (!m_own.isEmpty()) {
        return m_own;
    }
    return m_companion->currentIndex() < 0 ? m_kept_companion : m_companion->currentData().toString();
}

void EnterPanel::keep_in(TypedJournal *journal) {
    const auto typed = journal->part(part_name());
    m_kept_companion = typed[companion_key()].toString();
    restore_values(*this, typed[values_key()].toObject().toVariantHash());
    if (typed.contains(usual_length_key())) {
        m_time->set_has_usual_length(typed[usual_length_key()].toBool());
    }
    m_journal = journal;
}

void EnterPanel::keep_typed() {
    if (m_journal == nullptr) {
        return;
    }
    QJsonObject typed;
    if (has_words()) {
        typed = {
            {companion_key(), companion()},
            {usual_length_key(), m_time->has_usual_length()},
            {values_key(), QJsonObject::fromVariantHash(typed_values(*this, {QStringLiteral("enter.")}))}};
    }
    m_journal->keep(part_name(), typed);
}

// Her clock and her services.
void EnterPanel::read_companion() {
    check();
    const auto id = companion();
    if (id.isEmpty() || id == m_facts.id) {
        return;
    }
    const auto number = m_loads.next();
    m_worker
        .run([id](db::Session &session) { return read_companions(session, {to_tenant_id(id)}).value(id); })
        .then(this,
              [this, number](const CompanionFacts &facts) {
                  if (m_loads.is_latest(number)) {
                      m_facts = facts;
                      m_time->set_zone(facts.zone);
                      const auto typed = m_service->currentText();
                      m_service->clear();
                      m_service->addItems(facts.services);
                      m_service->setCurrentText(typed);
                      follow_service();
                      check();
                  }
              })
        .onFailed(this, [this, number](const std::exception &error) {
            if (m_loads.is_latest(number)) {
                emit failed(QString::fromUtf8(error.what()));
            }
        });
}

// The length that the chosen service has on her page.
void EnterPanel::follow_service() {
    m_time->set_usual_length(m_facts.length_of(m_service->currentText()));
}

QString EnterPanel::problem() const {
    const auto chosen = companion();
    if (chosen.isEmpty()) {
        return tr("Choose a companion.");
    }
    if (chosen != m_facts.id) {
        return tr("Her details are being read …");
    }
    const auto name = m_name->text().trimmed();
    if (name.isEmpty()) {
        return tr("Enter a name.");
    }
    if (character_count(name) > max_name_characters) {
        return name_length_problem(name, max_name_characters);
    }
    if (const auto time = m_has_time->isChecked() ? m_time->problem() : QString(); !time.isEmpty()) {
        return time;
    }
    if (character_count(m_message->toPlainText().trimmed()) > max_message) {
        return tr("What was said can have at most %1 characters.").arg(QLocale().toString(max_message));
    }
    return m_email->text().trimmed().isEmpty() || has_address() ? QString() : tr("This is no email address.");
}

bool EnterPanel::has_address() const {
    return models::is_email(m_email->text().trimmed().toStdString());
}

void EnterPanel::check() {
    const auto text = problem();
    m_problem->setText(m_name->text().isEmpty() && m_email->text().isEmpty() ? QString() : text);
    m_enter->setEnabled(text.isEmpty() && !m_is_busy);
    m_mail->setEnabled(has_address());
    keep_typed();
}

db::EnteredBooking EnterPanel::booking() const {
    db::EnteredBooking booking;
    booking.tenant_id = to_tenant_id(m_facts.id);
    booking.source = m_source->currentData().toString().toStdString();
    booking.client_name = m_name->text().trimmed().toStdString();
    booking.client_email = m_email->text().trimmed().toStdString();
    booking.client_phone = m_phone->text().trimmed().toStdString();
    booking.client_phone_normal =
        base::normal_telephone(booking.client_phone, models::region_of_timezone(m_facts.zone.toStdString()))
            .value_or("");
    booking.service_type = m_service->currentText().trimmed().toStdString();
    booking.message = m_message->toPlainText().trimmed().toStdString();
    booking.time_zone = m_facts.zone.toStdString();
    booking.place_kind = m_place_kind->currentData().toString().toStdString();
    booking.place = m_place->text().trimmed().toStdString();
    booking.mail = m_mail->isEnabled() && m_mail->isChecked();
    if (m_has_time->isChecked()) {
        booking.start = m_time->start();
        booking.end = m_time->end();
    }
    return booking;
}

void EnterPanel::send(bool over_block) {
    auto wanted = booking();
    wanted.over_block = over_block;
    m_is_busy = true;
    check();
    m_worker.run([wanted](db::Session &session) { return store(session, wanted); })
        .then(this,
              [this, sent = typed_values(*this, {QStringLiteral("enter.")})](const Entry &entry) {
                  m_is_busy = false;
                  const bool has_changed = typed_values(*this, {QStringLiteral("enter.")}) != sent;
                  entry.block ? show_blocked(*entry.block, has_changed) : show_entered(entry.id, has_changed);
              })
        .onFailed(this, [this](const std::exception &error) {
            m_is_busy = false;
            check();
            const auto text =
                refusal_words(tr("The booking was not entered; what you typed is kept."), error);
            m_offers_over_block = false;
            m_banner->show_message(Tone::Negative, text);
            emit failed(text);
        });
}

void EnterPanel::show_entered(const std::string &id, bool has_changed) {
    m_offers_over_block = false;
    if (has_changed) {
        check();
        m_banner->show_message(Tone::Positive,
                               tr("The booking is entered; what you typed since is still here."));
    } else {
        clear();
    }
    emit entered(QString::fromStdString(id));
}

void EnterPanel::show_blocked(const BlockInTheWay &block, bool has_changed) {
    check();
    m_offers_over_block = !has_changed;
    m_banner->action_button()->setToolTip(tr("Ctrl+Shift+Enter"));
    m_banner->show_message(
        Tone::Negative,
        tr("The booking was not entered; what you typed is kept. %1").arg(block_words(block, m_facts.zone)),
        has_changed ? QString() : tr("Enter over the blocked time"));
}

void EnterPanel::enter_over_block() {
    if (m_offers_over_block && !m_banner->isHidden() && m_enter->isEnabled()) {
        send(true);
    }
}

// What was said of the blocked time does not hold for another one.
void EnterPanel::heed_other_time() {
    if (m_offers_over_block) {
        m_offers_over_block = false;
        m_banner->clear();
    }
}

bool EnterPanel::has_words() const {
    const auto words =
        m_name->text() + m_email->text() + m_phone->text() + m_place->text() + m_message->toPlainText();
    return !words.trimmed().isEmpty();
}

void EnterPanel::clear() {
    for (auto *field : {m_name, m_email, m_phone, m_place}) {
        field->clear();
    }
    m_message->clear();
    m_mail->setChecked(false);
    m_service->clearEditText();
    m_place_kind->setCurrentIndex(0);
    m_has_time->setChecked(true);
    m_time->set_span(std::nullopt, std::nullopt);
    m_kept_companion.clear();
    m_banner->clear();
    check();
}

void EnterPanel::keyPressEvent(QKeyEvent *event) {
    if (event->key() == Qt::Key_Escape) {
        emit closed();
        return;
    }
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier)) {
        enter_over_block();
        return;
    }
    QFrame::keyPressEvent(event);
}

} // namespace studio::ui
