// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/booking_detail.h"

#include "ui/async/worker.h"
#include "ui/bookings/action_bar.h"
#include "ui/bookings/booking_facts.h"
#include "ui/bookings/booking_words.h"
#include "ui/bookings/client_card_view.h"
#include "ui/bookings/mail_notice.h"
#include "ui/bookings/typed_journal.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/style_sheet.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTextCursor>
#include <QVBoxLayout>

namespace studio::ui {

namespace {

QWidget *section(const QString &title, QWidget *content, QWidget *parent) {
    auto *part = new QWidget(parent);
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(section_header(title, {}, part));
    layout->addWidget(content);
    return part;
}

} // namespace

BookingDetail::BookingDetail(Worker &worker, QWidget *parent)
    : QFrame(parent), m_worker(worker), m_content(new QWidget(this)),
      m_state(new StateStack(m_content, Skeleton::Shape::Form, this)), m_scroll(new QScrollArea(m_content)),
      m_body(new QWidget(m_scroll->viewport())), m_name(new ElidedLabel({}, m_content)),
      m_line(new ElidedLabel({}, m_content)), m_status(new Badge(m_content)),
      m_actions(new ActionBar(m_content)), m_banner(new Banner(QStringLiteral("booking.banner"), m_content)),
      m_caution(new Banner(QStringLiteral("booking.caution"), m_content)),
      m_panel(new DecisionPanel(QStringLiteral("decision"), m_body)),
      m_mail(new MailNotice(QStringLiteral("booking.mail"), m_body)),
      m_request(new FactRows(QStringLiteral("booking.request"), m_body)),
      m_screening(new FactRows(QStringLiteral("booking.screening"), m_body)),
      m_deposit(new FactRows(QStringLiteral("booking.deposit"), m_body)),
      m_notes(new FactRows(QStringLiteral("booking.notes"), m_body)),
      m_history(new FactRows(QStringLiteral("booking.history"), m_body)),
      m_client(new ClientCardView(worker, m_body)), m_note(new QPlainTextEdit(m_body)),
      m_add_note(new QPushButton(tr("Add note"), m_body)) {
    setObjectName(QStringLiteral("booking_detail"));
    setAccessibleName(tr("Booking"));
    set_card(this);
    build_layout();
    connect_signals();
    show_nothing();
}

QWidget *BookingDetail::build_head() {
    auto *head = new QWidget(m_content);
    set_text_role(m_name, TextRole::Title);
    m_name->setObjectName(QStringLiteral("booking.name"));
    set_text_role(m_line, TextRole::Muted);
    m_status->setObjectName(QStringLiteral("booking.status"));
    auto *top = new QHBoxLayout;
    top->setSpacing(12);
    top->addWidget(m_name, 1);
    top->addWidget(m_status, 0, Qt::AlignVCenter);
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(20, 16, 20, 12);
    layout->setSpacing(4);
    layout->addLayout(top);
    layout->addWidget(m_line);
    layout->addSpacing(8);
    layout->addWidget(m_actions);
    return head;
}

QWidget *BookingDetail::build_notes() {
    auto *part = new QWidget(m_body);
    m_note->setObjectName(QStringLiteral("booking.note"));
    m_note->setAccessibleName(tr("New note"));
    m_note->setPlaceholderText(tr("A note for your team"));
    m_note->setTabChangesFocus(true);
    m_note->setFixedHeight(m_note->fontMetrics().lineSpacing() * 2 + 20);
    m_add_note->setObjectName(QStringLiteral("booking.add_note"));
    m_add_note->setEnabled(false);
    auto *row = new QHBoxLayout;
    row->addWidget(m_note, 1);
    row->addWidget(m_add_note, 0, Qt::AlignBottom);
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_notes);
    layout->addLayout(row);
    return part;
}

void BookingDetail::build_layout() {
    m_body->setProperty("scrollGround", true);
    auto *sections = new QVBoxLayout(m_body);
    sections->setContentsMargins(20, 12, 20, 20);
    sections->setSpacing(20);
    sections->addWidget(m_panel);
    sections->addWidget(m_mail);
    sections->addWidget(section(tr("Request"), m_request, m_body));
    m_screening_part = section(tr("Screening answers"), m_screening, m_body);
    m_deposit_part = section(tr("Deposit"), m_deposit, m_body);
    sections->addWidget(m_screening_part);
    sections->addWidget(m_deposit_part);
    sections->addWidget(m_client);
    sections->addWidget(section(tr("Notes"), build_notes(), m_body));
    sections->addWidget(section(tr("History"), m_history, m_body));
    sections->addStretch(1);
    m_scroll->setObjectName(QStringLiteral("booking.scroll"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(m_body);
    setTabOrder(m_add_note, m_scroll);
    auto *layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_banner->set_margins({20, 0, 20, 8});
    m_caution->set_margins({20, 0, 20, 8});
    layout->addWidget(build_head());
    layout->addWidget(m_banner);
    layout->addWidget(m_caution);
    layout->addWidget(divider(m_content));
    layout->addWidget(m_scroll, 1);
    m_state->setObjectName(QStringLiteral("booking.state"));
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(1, 1, 1, 1);
    outer->addWidget(m_state);
}

void BookingDetail::connect_signals() {
    connect(m_actions, &ActionBar::act_requested, this, &BookingDetail::act_requested);
    connect(m_state, &StateStack::retry_requested, this, &BookingDetail::retry_requested);
    connect(m_client, &ClientCardView::other_requested, this, &BookingDetail::booking_requested);
    connect(m_client, &ClientCardView::failed, this, &BookingDetail::say_failure);
    connect(m_panel, &DecisionPanel::closed, this, &BookingDetail::offer_mail);
    connect(m_panel, &DecisionPanel::closed, this, &BookingDetail::keep_typed);
    connect(m_panel, &DecisionPanel::changed, this, &BookingDetail::keep_typed);
    connect(m_panel, &DecisionPanel::other_requested, this, &BookingDetail::booking_requested);
    connect(m_banner, &Banner::action_requested, this, [this] {
        if (m_over_block) {
            submit_over_block();
        } else {
            emit booking_requested(m_other);
        }
    });
    connect(m_note, &QPlainTextEdit::textChanged, this, &BookingDetail::keep_note);
    connect(m_add_note, &QPushButton::clicked, this, &BookingDetail::add_note);
}

void BookingDetail::keep_note() {
    const auto text = m_note->toPlainText();
    m_add_note->setEnabled(!text.trimmed().isEmpty() && !m_sending.contains(booking()));
    if (m_reading && text.trimmed().isEmpty()) {
        m_drafts.remove(booking());
    } else if (m_reading) {
        m_drafts[booking()] = {QString::fromStdString(m_reading->booking.client_name), text};
    }
    keep_typed();
}

void BookingDetail::keep_in(TypedJournal *journal) {
    m_journal = journal;
    m_drafts = read_notes(journal->part(QStringLiteral("notes")));
    m_begun = read_decisions(journal->part(QStringLiteral("decisions")));
    if (!m_drafts.isEmpty() || !m_begun.isEmpty()) {
        drop_what_is_gone();
    }
}

void BookingDetail::keep_typed() {
    if (m_journal == nullptr) {
        return;
    }
    auto decisions = m_begun;
    if (const auto draft = m_panel->draft()) {
        decisions.insert(m_panel->booking(), *draft);
    }
    m_journal->keep(QStringLiteral("notes"), written(m_drafts));
    m_journal->keep(QStringLiteral("decisions"), written(decisions));
}

// Nothing stays on this computer about bookings that were erased or that this login may not see any more.
void BookingDetail::drop_what_is_gone() {
    m_worker
        .run([ids = m_drafts.keys() + m_begun.keys()](db::Session &session) {
            db::BookingStore store(session);
            QStringList gone;
            for (const auto &id : ids) {
                const auto booking = store.find(id.toStdString());
                if (!booking || booking->erased) {
                    gone << id;
                }
            }
            return gone;
        })
        .then(this,
              [this](const QStringList &gone) {
                  for (const auto &id : gone) {
                      m_drafts.remove(id);
                      m_begun.remove(id);
                  }
                  keep_typed();
              })
        .onFailed(this, [](const std::exception &) {}); // the next start asks again
}

void BookingDetail::add_note() {
    m_sending.insert(booking());
    m_add_note->setEnabled(false);
    emit note_added(booking(), m_note->toPlainText());
}

QString BookingDetail::booking() const {
    return m_reading ? QString::fromStdString(m_reading->booking.id) : QString();
}

void BookingDetail::show_reading(const BookingReading &reading) {
    const bool is_another = !m_reading || m_reading->booking.id != reading.booking.id;
    const auto before = m_reading;
    if (m_panel->booking() != QString::fromStdString(reading.booking.id)) {
        put_panel_away();
    }
    m_reading = reading;
    if (is_another) {
        m_banner->clear();
        m_mail->close();
        m_scroll->verticalScrollBar()->setValue(0);
        m_note->setPlainText(m_drafts.value(booking()).text);
        keep_note();
        open_panel_again();
    } else {
        m_panel->follow(reading.booking, reading.companion);
        heed_change(*before);
        if (m_over_block && before->booking.version != reading.booking.version) {
            m_banner->clear(); // the time that was refused may be another now
        }
        if (!m_panel->is_open()) {
            open_panel_again();
        }
    }
    show_facts();
    m_state->show_content();
}

void BookingDetail::show_facts() {
    const auto &booking = m_reading->booking;
    m_name->set_full_text(booking.erased ? tr("Erased") : QString::fromStdString(booking.client_name));
    m_line->set_full_text(m_reading->companion.name);
    m_status->set(status_word(booking.status), status_tone(booking.status));
    m_actions->show_booking(booking);
    if (const auto caution = caution_of(booking); caution.isEmpty()) {
        m_caution->clear();
    } else {
        m_caution->show_message(Tone::Caution, caution, {}, Banner::Dismissal::Never);
    }
    m_request->show_rows(request_rows(*m_reading));
    const auto screening = screening_rows(*m_reading);
    m_screening_part->setVisible(!screening.empty());
    m_screening->show_rows(screening);
    const auto deposit = deposit_rows(*m_reading);
    m_deposit_part->setVisible(!deposit.empty());
    m_deposit->show_rows(deposit);
    const auto notes = note_rows(*m_reading);
    m_notes->show_rows(notes);
    m_notes->setVisible(!notes.empty());
    m_history->show_rows(history_rows(*m_reading));
    m_client->show_booking(this->booking(), m_reading->companion.zone);
    m_client->setVisible(!booking.erased);
    offer_mail();
}

// What one press on "Accept" would send, unless a form shows an email of its own.
void BookingDetail::offer_mail() {
    std::optional<ComingMail> mail;
    if (m_reading && !m_panel->is_open() && allows(m_reading->booking, Act::Accept) &&
        !needs_form(m_reading->booking, Act::Accept)) {
        mail = coming_mail(m_reading->booking, m_reading->companion, {Act::Accept, db::BookingDecision()},
                           base::now());
    }
    m_mail->offer(mail);
}

void BookingDetail::show_going_out(const ComingMail &mail) {
    m_mail->show_going_out(mail);
}

void BookingDetail::mail_is_over() {
    m_mail->is_over();
}

// What was entered waits until its booking is shown again.
void BookingDetail::put_panel_away() {
    if (!m_panel->is_open()) {
        return;
    }
    if (const auto draft = m_panel->draft()) {
        m_begun.insert(m_panel->booking(), *draft);
    }
    m_panel->put_away();
}

void BookingDetail::open_panel_again() {
    const auto found = m_begun.constFind(booking());
    if (found == m_begun.constEnd()) {
        return;
    }
    const auto draft = *found;
    auto *focus = QApplication::focusWidget(); // who goes through the list goes on there
    m_begun.erase(found);
    m_panel->begin(draft.act, m_reading->booking, m_reading->companion);
    m_panel->restore(draft);
    if (focus != nullptr) {
        focus->setFocus();
    }
    if (!allows(m_reading->booking, draft.act)) {
        m_panel->show_changed(
            tr("This decision is not possible any more: the booking is “%1”. What you typed is "
               "kept until you close the panel.")
                .arg(status_word(m_reading->booking.status)),
            false);
    }
}

void BookingDetail::decision_is_taken(const QString &booking) {
    m_begun.remove(booking);
    if (m_over_block && booking == this->booking()) {
        m_banner->clear();
    }
    if (m_panel->is_open() && m_panel->booking() == booking) {
        m_panel->close_panel();
    }
    keep_typed();
}

// The form opens with the next reading, which shows the booking as it is now.
void BookingDetail::decision_is_taken_back(const QString &booking, const DecisionDraft &draft) {
    m_begun.insert(booking, draft);
    keep_typed();
}

void BookingDetail::discard_decisions() {
    m_begun.clear();
    m_panel->close_panel();
}

// Somebody decided while the panel for another decision is open: it is said before the person presses.
void BookingDetail::heed_change(const BookingReading &before) {
    const auto &booking = m_reading->booking;
    if (before.booking.version == booking.version || !m_panel->is_open() || m_panel->is_bulk() ||
        m_reading->history.empty()) {
        return;
    }
    const bool possible = allows(booking, m_panel->act());
    auto text =
        history_sentence(m_reading->history.back(), m_reading->companion.zone, m_reading->companion.currency);
    text +=
        QLatin1Char(' ') + (possible ? tr("What you typed is kept. Decide again if it still holds.")
                                     : tr("This decision is not possible any more. What you typed is kept "
                                          "until you close the panel."));
    m_panel->show_changed(text, possible);
}

void BookingDetail::show_nothing() {
    put_panel_away();
    m_reading.reset();
    m_state->show_empty(QStringLiteral("calendar"), tr("No booking selected"),
                        tr("Select one to see what was asked. Press ? for all keys."), {});
}

void BookingDetail::show_bulk(int bookings) {
    put_panel_away();
    m_reading.reset();
    m_state->show_empty(QStringLiteral("calendar"), tr("%1 bookings selected").arg(bookings),
                        tr("Decline them or mark them as spam with the buttons above the list."), {});
}

void BookingDetail::show_loading() {
    put_panel_away();
    m_reading.reset();
    m_state->show_loading();
}

void BookingDetail::show_error(const QString &booking, const QString &reason) {
    if (m_reading && booking == this->booking()) {
        say(Tone::Caution, tr("This may be out of date. %1").arg(reason));
    } else {
        put_panel_away();
        m_reading.reset(); // nobody decides about another one than was chosen
        m_state->show_error(tr("Could not load the booking"), reason);
    }
}

void BookingDetail::begin(Act act) {
    if (m_reading) {
        m_banner->clear();
        m_mail->close();
        m_panel->begin(act, m_reading->booking, m_reading->companion);
    }
}

void BookingDetail::say(Tone tone, const QString &text, const QString &other) {
    m_other = other;
    m_over_block.reset();
    m_banner->action_button()->setToolTip({});
    m_banner->show_message(tone, text, other.isEmpty() ? QString() : tr("Open the other booking"));
}

void BookingDetail::say_blocked(const QString &text, const Decision &refused) {
    say(Tone::Negative, text);
    m_over_block = refused;
    std::get<db::BookingDecision>(m_over_block->what).over_block = true;
    m_banner->action_button()->setToolTip(tr("O"));
    m_banner->show_message(Tone::Negative, text, over_block_title(refused.act));
}

void BookingDetail::submit_over_block() {
    if (m_panel->is_open()) {
        m_panel->submit_over_block();
    } else if (m_over_block && !m_banner->isHidden()) {
        const auto decision = *m_over_block; // an answer at once may drop it
        emit submitted(decision);
    }
}

void BookingDetail::note_failed(const QString &booking, const QString &text) {
    m_sending.remove(booking);
    keep_note();
    say_failure(booking, text);
}

void BookingDetail::say_failure(const QString &booking, const QString &text) {
    if (booking == this->booking()) {
        say(Tone::Negative, text);
    } else {
        emit failed_elsewhere(text);
    }
}

void BookingDetail::note_is_stored(const QString &booking, const QString &sent) {
    m_sending.remove(booking);
    const auto draft = m_drafts.value(booking);
    const auto rest = draft.text.startsWith(sent) ? draft.text.mid(sent.size()) : draft.text;
    if (rest.trimmed().isEmpty()) {
        m_drafts.remove(booking);
    } else {
        m_drafts[booking] = {draft.client, rest};
    }
    if (booking == this->booking() && rest != m_note->toPlainText()) {
        QTextCursor stored(m_note->document());
        stored.setPosition(static_cast<int>(sent.size()), QTextCursor::KeepAnchor);
        stored.removeSelectedText(); // the cursor of a person who types on stays
    }
    keep_note();
}

void BookingDetail::read_client_again() {
    m_client->read_again();
}

void BookingDetail::focus_note() {
    m_note->setFocus();
}

QStringList BookingDetail::unsaved_notes() const {
    QStringList clients;
    for (const auto &note : m_drafts) {
        clients << short_name(note.client);
    }
    clients.sort(Qt::CaseInsensitive);
    return clients;
}

void BookingDetail::discard_notes() {
    m_drafts.clear();
    m_note->clear();
    keep_typed();
}

} // namespace studio::ui
