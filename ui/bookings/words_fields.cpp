// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/words_fields.h"

#include "ui/bookings/booking_words.h"
#include "ui/bookings/reply_menu.h"
#include "ui/widgets/phrases.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int max_characters = 4000;
constexpr int note_lines = 2;
constexpr int message_lines = 3;

QPlainTextEdit *text_field(const QString &name, const QString &accessible, int lines, QWidget *parent) {
    auto *field = new QPlainTextEdit(parent);
    field->setObjectName(name);
    field->setAccessibleName(accessible);
    field->setTabChangesFocus(true);
    field->setFixedHeight(field->fontMetrics().lineSpacing() * lines + 20);
    return field;
}

QVBoxLayout *lines_of(QWidget *part) {
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    return layout;
}

} // namespace

WordsFields::WordsFields(const QString &name, QWidget *parent)
    : QWidget(parent), m_reason_part(new QWidget(this)), m_message_part(new QWidget(this)),
      m_reason(new QComboBox(m_reason_part)),
      m_note(text_field(name + QStringLiteral(".note"), tr("Note for your team"), note_lines, m_reason_part)),
      m_label(new QLabel(m_message_part)),
      m_replies(new ReplyMenu(name + QStringLiteral(".replies"), m_message_part)),
      m_message(text_field(name + QStringLiteral(".message"), tr("Message to the client"), message_lines,
                           m_message_part)) {
    m_reason->setObjectName(name + QStringLiteral(".reason"));
    build_layout();
    connect(m_reason, &QComboBox::currentIndexChanged, this, &WordsFields::changed);
    connect(m_note, &QPlainTextEdit::textChanged, this, &WordsFields::changed);
    connect(m_message, &QPlainTextEdit::textChanged, this, &WordsFields::changed);
    connect(m_replies, &ReplyMenu::chosen, this, &WordsFields::insert_reply);
}

void WordsFields::build_layout() {
    m_reason->setAccessibleName(tr("Reason"));
    for (const auto &code : reason_codes()) {
        m_reason->addItem(reason_word(code), QString::fromStdString(code));
    }
    m_note->setPlaceholderText(tr("Stays with your team"));
    m_message->setToolTip(
        tr("Filled in when it is sent: %1")
            .arg(QString::fromStdString(models::listed_placeholders(models::reply_placeholders()))));
    auto *reason = lines_of(m_reason_part);
    reason->addWidget(m_reason);
    reason->addWidget(m_note);
    auto *head = new QHBoxLayout;
    head->addWidget(m_label, 1);
    head->addWidget(m_replies);
    auto *message = lines_of(m_message_part);
    message->addLayout(head);
    message->addWidget(m_message);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(m_reason_part);
    layout->addWidget(m_message_part);
}

void WordsFields::show_parts(bool reason, bool message) {
    m_reason_part->setVisible(reason);
    m_message_part->setVisible(message);
    setVisible(reason || message);
}

void WordsFields::set_is_question(bool is_question) {
    m_label->setText(is_question ? tr("Question to the client") : tr("Message to the client (optional)"));
}

void WordsFields::set_replies(const std::vector<models::ReplyTemplate> &replies) {
    m_replies->set_replies(replies);
}

bool WordsFields::has_reason() const {
    return !m_reason_part->isHidden();
}

bool WordsFields::has_message() const {
    return !m_message_part->isHidden();
}

QString WordsFields::reason() const {
    return m_reason->currentData().toString();
}

QString WordsFields::note() const {
    return m_note->toPlainText();
}

QString WordsFields::message() const {
    return m_message->toPlainText();
}

bool WordsFields::is_empty() const {
    return (note() + message()).trimmed().isEmpty() && m_reason->currentIndex() == 0;
}

void WordsFields::clear() {
    m_note->clear();
    m_message->clear();
    m_reason->setCurrentIndex(0);
}

void WordsFields::write_to(DecisionDraft &draft) const {
    draft.note = note();
    draft.message = message();
    draft.reason = reason();
}

void WordsFields::enter(const DecisionDraft &draft) {
    m_note->setPlainText(draft.note);
    m_message->setPlainText(draft.message);
    m_reason->setCurrentIndex(std::max(0, m_reason->findData(draft.reason)));
}

QString WordsFields::problem() const {
    if (std::max(character_count(message()), character_count(note())) > max_characters) {
        return tr("At most %1 characters.").arg(max_characters);
    }
    const auto unknown =
        has_message() ? models::placeholder_unknown_in_reply(message().toStdString()) : std::nullopt;
    return unknown
               ? tr("%1 cannot be filled in here. What can be is %2.")
                     .arg(QString::fromStdString(*unknown),
                          QString::fromStdString(models::listed_placeholders(models::reply_placeholders())))
               : QString();
}

QWidget *WordsFields::first_field() const {
    return has_reason() ? static_cast<QWidget *>(m_reason) : m_message;
}

void WordsFields::focus_message() {
    m_message->setFocus();
}

// Into an empty message, or where the cursor is.
void WordsFields::insert_reply(const QString &text) {
    m_message->insertPlainText(text);
    m_message->setFocus();
}

} // namespace studio::ui
