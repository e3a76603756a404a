// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/decision_panel.h"

#include "ui/bookings/block_fields.h"
#include "ui/bookings/booking_words.h"
#include "ui/bookings/coming_mail.h"
#include "ui/bookings/decision_mail.h"
#include "ui/bookings/deposit_fields.h"
#include "ui/bookings/mail_preview.h"
#include "ui/bookings/place_fields.h"
#include "ui/bookings/time_fields.h"
#include "ui/bookings/words_fields.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/tenant_id.h"

#include <QApplication>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace studio::ui {

DecisionPanel::DecisionPanel(const QString &name, QWidget *parent)
    : QFrame(parent), m_title(new QLabel(this)), m_banner(new Banner(name + QStringLiteral(".banner"), this)),
      m_time(new TimeFields(name, this)), m_place(new PlaceFields(name, this)),
      m_deposit_fields(new DepositFields(name, this)), m_block_fields(new BlockFields(name, this)),
      m_words(new WordsFields(name, this)),
      m_deposit(new QCheckBox(tr("Ask for the deposit that the companion’s rules name"), this)),
      m_mail_words(new QLabel(this)), m_mail(new QCheckBox(tr("Email the client"), this)),
      m_preview(new MailPreview(name + QStringLiteral(".preview"), this)), m_problem(new QLabel(this)),
      m_cancel(new QPushButton(tr("Keep as it is"), this)), m_submit(new QPushButton(this)) {
    name_fields(name);
    build_layout();
    connect_signals();
    hide();
}

void DecisionPanel::name_fields(const QString &name) {
    setObjectName(name);
    m_title->setObjectName(name + QStringLiteral(".title"));
    m_deposit->setObjectName(name + QStringLiteral(".with_deposit"));
    m_mail->setObjectName(name + QStringLiteral(".mail"));
    m_mail_words->setObjectName(name + QStringLiteral(".mail_words"));
    m_problem->setObjectName(name + QStringLiteral(".problem"));
    m_cancel->setObjectName(name + QStringLiteral(".cancel"));
    m_submit->setObjectName(name + QStringLiteral(".submit"));
}

void DecisionPanel::build_layout() {
    set_card(this);
    set_text_role(m_title, TextRole::Section);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    set_text_role(m_problem, TextRole::Negative);
    m_problem->setWordWrap(true);
    set_text_role(m_mail_words, TextRole::Small);
    m_mail_words->setWordWrap(true);
    m_submit->setToolTip(tr("Ctrl+Enter"));
    set_button_role(m_submit, ButtonRole::Primary);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_problem, 1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_submit);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(12);
    QWidget *const order[] = {m_title, m_banner,  m_time,       m_place, m_deposit_fields, m_block_fields,
                              m_words, m_deposit, m_mail_words, m_mail,  m_preview};
    for (auto *widget : order) {
        layout->addWidget(widget);
    }
    layout->addLayout(buttons);
}

void DecisionPanel::connect_signals() {
    connect(m_cancel, &QPushButton::clicked, this, &DecisionPanel::close_panel);
    connect(m_submit, &QPushButton::clicked, this, &DecisionPanel::submit);
    connect(m_banner, &Banner::action_requested, this, [this] {
        if (m_blocked) {
            submit_over_block();
        } else {
            emit other_requested(m_other);
        }
    });
    connect(m_words, &WordsFields::changed, this, &DecisionPanel::check);
    connect(m_place, &PlaceFields::changed, this, &DecisionPanel::check);
    connect(m_time, &TimeFields::changed, this, &DecisionPanel::check);
    connect(m_time, &TimeFields::changed, this, &DecisionPanel::heed_other_time);
    for (auto *box : {m_deposit, m_mail}) {
        connect(box, &QCheckBox::toggled, this, &DecisionPanel::check);
    }
    connect(m_deposit_fields, &DepositFields::changed, this, &DecisionPanel::check);
    connect(m_block_fields, &BlockFields::changed, this, &DecisionPanel::check);
}

void DecisionPanel::begin(Act act, const db::Booking &booking, const CompanionFacts &companion) {
    const auto id = QString::fromStdString(booking.id);
    const bool goes_on = is_open() && m_booking == id; // what is typed stays
    const bool is_another_act = !goes_on || m_act != act;
    m_act = act;
    m_is_bulk = false;
    m_booking = id;
    m_bookings = {booking};
    m_companions = {{to_text(booking.tenant_id), companion}};
    m_words->set_replies(companion.replies);
    m_title->setText(form_title(act, short_name(QString::fromStdString(booking.client_name))));
    const bool accepts = act == Act::Accept || act == Act::AcceptWith;
    const bool times = accepts || act == Act::Propose || act == Act::Move;
    const bool ends = act == Act::Decline || act == Act::Cancel;
    show_parts(times, times, ends, times || ends || act == Act::Ask || act == Act::Keep);
    const auto &deposit = booking.deposit.state;
    m_deposit->setVisible(accepts && (deposit.empty() || deposit == "returned"));
    m_deposit_fields->setVisible(act == Act::Deposit);
    m_block_fields->setVisible(act == Act::Block);
    if (!goes_on) {
        begin_fields(booking, companion);
    }
    if (is_another_act && act == Act::Deposit) {
        m_deposit_fields->begin(booking, companion.zone, companion.currency);
    } else if (is_another_act && act == Act::Block) {
        m_block_fields->begin(booking);
    }
    begin_words(goes_on);
}

void DecisionPanel::begin_fields(const db::Booking &booking, const CompanionFacts &companion) {
    m_keeps_words = false;
    m_deposit->setChecked(true);
    m_time->set_zone(companion.zone,
                     QString::fromStdString(booking.client_time_zone.empty() ? booking.time_zone
                                                                             : booking.client_time_zone));
    fill_time(booking, companion);
    m_place->begin(booking);
}

// Where no time was asked for, the form suggests the length that the service has on the companion's page.
void DecisionPanel::fill_time(const db::Booking &booking, const CompanionFacts &companion) {
    m_time->set_usual_length(companion.length_of(QString::fromStdString(booking.service_type)));
    m_time->set_span(booking.start, booking.end);
}

void DecisionPanel::begin_bulk(Act act, std::vector<db::Booking> bookings, const Companions &companions) {
    m_act = act;
    m_is_bulk = true;
    m_booking.clear();
    m_bookings = std::move(bookings);
    m_companions = companions;
    m_words->set_replies({});
    m_title->setText(tr("%1 %2 bookings").arg(act_title(act)).arg(m_bookings.size()));
    show_parts(false, false, act == Act::Decline, act == Act::Decline);
    m_deposit->hide();
    m_deposit_fields->hide();
    m_block_fields->hide();
    begin_words(std::exchange(m_keeps_words, true));
}

// Somebody else may have moved it: fields that nobody touched follow.
void DecisionPanel::follow(const db::Booking &booking, const CompanionFacts &companion) {
    if (is_open() && m_booking == QString::fromStdString(booking.id)) {
        const auto before = m_bookings.front();
        m_bookings = {booking};
        m_companions = {{to_text(booking.tenant_id), companion}};
        if (m_act == Act::Deposit &&
            (before.deposit.state != booking.deposit.state || before.status != booking.status)) {
            const auto entered =
                m_deposit_fields->is_edited() ? std::optional(m_deposit_fields->entry()) : std::nullopt;
            m_deposit_fields->begin(booking, companion.zone, companion.currency);
            if (entered) {
                m_deposit_fields->enter(*entered);
            }
        }
        if (!m_time->is_edited()) {
            fill_time(booking, companion);
        }
        m_place->follow(booking);
        check();
    }
}

void DecisionPanel::show_parts(bool time, bool place, bool reason, bool message) {
    m_time->setVisible(time);
    m_place->setVisible(place);
    m_words->show_parts(reason, message);
}

void DecisionPanel::begin_words(bool goes_on) {
    m_other.clear();
    m_blocked.reset();
    m_is_possible = true;
    m_says_missing = false;
    m_banner->clear();
    if (!goes_on) {
        m_words->clear();
    }
    m_words->set_is_question(m_act == Act::Ask);
    const auto &booking = m_bookings.front();
    m_mail->setEnabled(can_be_written_to(booking));
    m_usual_mail = is_usually_written_to(booking);
    if (!goes_on || !m_mail->isEnabled()) {
        m_mail->setChecked(m_usual_mail);
    }
    m_mail_words->setText(m_act == Act::Block ? tr("The client is not told.")
                                              : tr("The reason and the note stay with your team."));
    m_mail_words->setVisible(m_act == Act::Block || m_words->has_reason());
    m_submit->setText(submit_title(m_act));
    set_button_role(m_submit,
                    m_act == Act::Block || m_act == Act::Cancel ? ButtonRole::Danger : ButtonRole::Primary);
    set_busy(false);
    show();
    check();
    QWidget *first = m_words->first_field();
    if (!m_time->isHidden()) {
        first = m_time->first_field();
    } else if (m_words->isHidden()) {
        first = m_submit;
    }
    first->setFocus();
}

void DecisionPanel::close_panel() {
    m_keeps_words = false;
    leave();
}

void DecisionPanel::put_away() {
    leave();
}

void DecisionPanel::leave() {
    const bool had_focus = isAncestorOf(QApplication::focusWidget());
    m_booking.clear();
    m_is_bulk = false;
    hide();
    emit closed(had_focus);
}

std::optional<DecisionDraft> DecisionPanel::draft() const {
    if (m_is_bulk || !is_open()) {
        return std::nullopt;
    }
    DecisionDraft draft;
    draft.act = m_act;
    draft.place_kind = m_place->kind();
    draft.place = m_place->place();
    m_words->write_to(draft);
    draft.deposit = m_deposit->isChecked();
    draft.mail = m_mail->isChecked();
    if (m_time->is_edited()) {
        draft.start = m_time->start();
        draft.end = m_time->end();
    }
    if (m_act == Act::Deposit && m_deposit_fields->is_edited()) {
        draft.money = m_deposit_fields->entry();
    }
    if (m_act == Act::Block && m_block_fields->is_edited()) {
        draft.block = m_block_fields->entry();
    }
    const bool is_empty = m_words->is_empty() && !draft.start && !m_place->is_edited() && draft.deposit &&
                          draft.mail == m_usual_mail && !draft.money && !draft.block;
    return is_empty ? std::nullopt : std::optional(draft);
}

std::optional<DecisionDraft> DecisionPanel::bulk_draft() const {
    if (m_words->is_empty() || !((is_open() && m_is_bulk) || m_keeps_words)) {
        return std::nullopt;
    }
    DecisionDraft draft;
    draft.act = m_act;
    m_words->write_to(draft);
    return draft;
}

void DecisionPanel::keep_bulk(const DecisionDraft &draft) {
    if (bulk_draft()) {
        return;
    }
    m_keeps_words = true;
    m_words->enter(draft);
}

void DecisionPanel::restore(const DecisionDraft &draft) {
    m_place->enter(draft.place_kind, draft.place);
    m_words->enter(draft);
    m_deposit->setChecked(draft.deposit);
    m_mail->setChecked(draft.mail && m_mail->isEnabled());
    if (draft.start && draft.end) {
        m_time->enter_span(*draft.start, *draft.end);
    }
    if (draft.money && m_act == Act::Deposit) {
        m_deposit_fields->enter(*draft.money);
    }
    if (draft.block && m_act == Act::Block) {
        m_block_fields->enter(*draft.block);
    }
}

void DecisionPanel::show_changed(const QString &text, bool possible) {
    m_is_possible = possible;
    m_other.clear();
    m_blocked.reset();
    m_banner->show_message(Tone::Caution, text, {}, Banner::Dismissal::Never);
    check();
}

void DecisionPanel::show_refusal(const QString &text, const QString &other) {
    m_other = other;
    m_blocked.reset();
    m_banner->action_button()->setToolTip({});
    m_banner->show_message(Tone::Negative, text, other.isEmpty() ? QString() : tr("Open the other booking"),
                           Banner::Dismissal::Never);
}

void DecisionPanel::show_blocked(const QString &text, const Decision &refused) {
    show_refusal(text, {});
    const auto &decision = std::get<db::BookingDecision>(refused.what);
    if (m_act != refused.act || !has_time_of(decision)) { // something else was entered meanwhile
        return;
    }
    m_blocked = decision;
    m_banner->action_button()->setToolTip(tr("Ctrl+Shift+Enter"));
    m_banner->show_message(Tone::Negative, text, over_block_title(m_act), Banner::Dismissal::Never);
}

void DecisionPanel::submit_over_block() {
    if (!m_blocked || !m_submit->isEnabled()) {
        return;
    }
    auto over = decision();
    std::get<db::BookingDecision>(over.what).over_block = true;
    emit submitted(over);
}

bool DecisionPanel::has_time_of(const db::BookingDecision &decision) const {
    return decision.start == m_time->start() && decision.end == m_time->end();
}

// What was said of the blocked time does not hold for another one.
void DecisionPanel::heed_other_time() {
    if (m_blocked && !has_time_of(*m_blocked)) {
        m_blocked.reset();
        m_banner->clear();
    }
}

void DecisionPanel::set_busy(bool busy) {
    m_is_busy = busy;
    check();
}

QString DecisionPanel::problem() const {
    if (const auto time = m_time->isHidden() ? QString() : m_time->problem(); !time.isEmpty()) {
        return time;
    }
    if (const auto words = m_words->problem(); !words.isEmpty()) {
        return words;
    }
    return m_act == Act::Deposit ? m_deposit_fields->problem() : QString();
}

QString DecisionPanel::missing() const {
    if (m_act == Act::Ask && m_words->message().trimmed().isEmpty()) {
        return tr("Write what the client should answer.");
    }
    if (m_act == Act::Block && m_block_fields->block().kinds.empty()) {
        return tr("Choose what to block.");
    }
    return m_act == Act::Deposit ? m_deposit_fields->missing() : QString();
}

void DecisionPanel::ask_for_missing() {
    m_says_missing = true;
    check();
    if (m_act == Act::Ask) {
        m_words->focus_message();
    } else if (m_act == Act::Deposit) {
        m_deposit_fields->focus_amount();
    }
}

// The email as it will go, with what was entered so far.
void DecisionPanel::show_mail() {
    if (m_bookings.empty()) {
        return;
    }
    if (m_is_bulk) {
        m_mail->hide();
        m_preview->setVisible(has_mail(m_bookings.front(), decision()));
        preview_mails(m_preview, m_bookings, m_companions, decision());
        return;
    }
    const auto &booking = m_bookings.front();
    const bool unclear = m_act == Act::Deposit && !m_deposit_fields->deposit();
    if (unclear || !has_mail(booking, decision())) {
        m_mail->hide();
        m_preview->hide();
        return;
    }
    m_mail->show();
    m_preview->show();
    preview_mail(m_preview, booking, m_companions, decision());
}

void DecisionPanel::check() {
    const auto text = problem();
    m_asked_to_discard = false;
    m_problem->setText(text.isEmpty() && m_says_missing ? missing() : text);
    show_mail();
    m_submit->setEnabled(text.isEmpty() && m_is_possible && !m_is_busy);
    emit changed();
}

Decision DecisionPanel::decision() const {
    if (m_act == Act::Deposit) {
        auto deposit = *m_deposit_fields->deposit();
        deposit.mail = m_mail->isChecked();
        return {m_act, deposit};
    }
    if (m_act == Act::Block) {
        return {m_act, m_block_fields->block()};
    }
    db::BookingDecision decision;
    decision.action = *entry_of(m_act).action;
    if (!m_time->isHidden()) {
        decision.start = m_time->start();
        decision.end = m_time->end();
        decision.place_kind = m_place->kind();
        decision.place = m_place->place();
    }
    if (m_words->has_reason()) {
        decision.reason_code = m_words->reason().toStdString();
        decision.reason = m_words->note().trimmed().toStdString();
    }
    if (m_words->has_message()) {
        decision.message = m_words->message().trimmed().toStdString();
    }
    decision.with_deposit = m_deposit->isChecked();
    if (!m_is_bulk) {
        decision.mail = m_mail->isChecked();
    }
    return {m_act, decision};
}

void DecisionPanel::submit() {
    if (m_submit->isEnabled() && !missing().isEmpty()) {
        ask_for_missing();
    } else if (m_submit->isEnabled()) {
        emit submitted(decision());
    }
}

void DecisionPanel::keyPressEvent(QKeyEvent *event) {
    if (event->key() == Qt::Key_Escape) {
        if (!m_asked_to_discard && (draft() || bulk_draft())) {
            m_asked_to_discard = true;
            m_problem->setText(tr("Esc again discards what you entered."));
        } else {
            close_panel();
        }
        return;
    }
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers().testFlag(Qt::ControlModifier)) {
        m_blocked && event->modifiers().testFlag(Qt::ShiftModifier) ? submit_over_block() : submit();
        return;
    }
    QFrame::keyPressEvent(event);
}

} // namespace studio::ui
