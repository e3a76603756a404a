// SPDX-License-Identifier: Apache-2.0
// The parts of the content form about what clients are written and asked: wordings of the emails, saved
// replies, questions to new clients.
#include "models/booking/reply_templates.h"
#include "models/booking/standard_emails.h"
#include "models/editing/element_id.h"
#include "ui/editor/draft/pointer.h"
#include "ui/editor/fields/paragraph_field.h"
#include "ui/editor/fields/simple_fields.h"
#include "ui/editor/fields/text_field.h"
#include "ui/editor/forms/content_form.h"
#include "ui/editor/forms/list_editor.h"
#include "ui/editor/forms/section.h"
#include "ui/widgets/style_sheet.h"

#include <QLocale>

#include <map>
#include <span>
#include <string_view>

namespace studio::ui {

namespace {

// The placeholders with their meanings.
QList<PlaceholderChoice> placeholder_choices(std::span<const std::string_view> names,
                                             models::EmailReader reader) {
    const bool to_companion = reader == models::EmailReader::Companion;
    const std::map<std::string_view, QString> meanings{
        {"name", ContentForm::tr("who asks")},
        {"email", ContentForm::tr("their email address")},
        {"companion", ContentForm::tr("your name")},
        {"service", ContentForm::tr("what they ask for")},
        {"date", ContentForm::tr("when, as they asked")},
        {"duration", ContentForm::tr("how long")},
        {"phone", ContentForm::tr("their telephone number")},
        {"message",
         to_companion ? ContentForm::tr("what they wrote") : ContentForm::tr("what you write to them")},
        {"start", ContentForm::tr("when it begins")},
        {"end", ContentForm::tr("when it ends")},
        {"place", ContentForm::tr("where, once it is agreed")},
        {"deposit", ContentForm::tr("the deposit")},
        {"due", ContentForm::tr("until when the deposit is due")},
        {"reference", ContentForm::tr("the reference for the bank transfer")},
        {"payment", ContentForm::tr("how to pay the deposit")},
        {"link", ContentForm::tr("the address of the request’s page")},
    };
    QList<PlaceholderChoice> choices;
    for (const auto name : names) {
        const auto text = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
        const auto meaning = meanings.find(name);
        choices.append({text, meaning == meanings.end() ? text : meaning->second});
    }
    return choices;
}

QString placeholder_line(const QList<PlaceholderChoice> &choices) {
    QStringList names;
    for (const auto &choice : choices) {
        names << QStringLiteral("{{%1}}").arg(choice.name);
    }
    return ContentForm::tr("Filled in: %1").arg(names.join(QStringLiteral(", ")));
}

QString mail_title(const models::BookingEmailKey &email) {
    const std::map<std::string_view, QString> titles{
        {"visitor", ContentForm::tr("To the visitor: the request arrived")},
        {"companion", ContentForm::tr("To you: a new request")},
        {"accepted", ContentForm::tr("Accepted")},
        {"declined", ContentForm::tr("Declined")},
        {"proposed", ContentForm::tr("Another time proposed")},
        {"question", ContentForm::tr("A question")},
        {"moved", ContentForm::tr("Moved")},
        {"kept", ContentForm::tr("The time stays")},
        {"cancelled", ContentForm::tr("Cancelled")},
        {"confirmed", ContentForm::tr("Deposit arrived")},
        {"released", ContentForm::tr("Deposit did not arrive")},
        {"expired", ContentForm::tr("Not answered in time")},
        {"reminder", ContentForm::tr("Reminder of the booking")},
        {"depositReminder", ContentForm::tr("Reminder of the deposit")},
    };
    const auto title = titles.find(email.key);
    return title == titles.end() ? QString::fromUtf8(email.label) : title->second;
}

QLabel *add_note(QVBoxLayout *column, const QString &text) {
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    set_text_role(label, TextRole::Muted);
    column->addWidget(label);
    return label;
}

QList<ChoiceField::Choice> languages() {
    QList<ChoiceField::Choice> choices{{QString(), ContentForm::tr("Not stated")}};
    for (const auto *code : {"en", "ar", "cs", "de", "el", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt",
                             "ru", "th", "uk", "vi", "zh"}) {
        const auto text = QString::fromLatin1(code);
        choices.append({text, QLocale::languageToString(QLocale(text).language())});
    }
    return choices;
}

} // namespace

void ContentForm::build_messages(QVBoxLayout *column) {
    add_note(column,
             tr("What the emails about bookings say. An empty field stands for the standard wording, which "
                "names neither you nor what it is about."));
    for (const auto &email : models::booking_email_keys()) {
        const auto object = child(QStringLiteral("/content/bookingEmails"), QLatin1String(email.key));
        add_section_in(column, QStringLiteral("mail:") + QLatin1String(email.key), mail_title(email),
                       {object}, [this, &email](QVBoxLayout *fields) { build_wording(email, fields); });
    }
}

void ContentForm::build_wording(const models::BookingEmailKey &email, QVBoxLayout *column) {
    const auto object = child(QStringLiteral("/content/bookingEmails"), QLatin1String(email.key));
    const auto &usual = models::default_booking_emails().*email.wording;
    const auto choices = placeholder_choices(models::placeholders_for(email.reader), email.reader);
    auto *subject = line(column, child(object, QStringLiteral("subject")), tr("Subject"));
    subject->set_placeholder(QString::fromStdString(usual.subject));
    subject->offer_placeholders(choices);
    auto *message = paragraph(column, child(object, QStringLiteral("message")), tr("Message"), true);
    message->set_standard(QString::fromStdString(usual.message));
    message->offer_placeholders(choices);
    add_note(column, placeholder_line(choices))
        ->setObjectName(QStringLiteral("placeholders:") + QLatin1String(email.key));
}

void ContentForm::build_replies(QVBoxLayout *column) {
    const auto list = QStringLiteral("/content/replyTemplates");
    const auto choices = placeholder_choices(models::reply_placeholders(), models::EmailReader::Client);
    add_note(column,
             tr("Texts to choose from where a request is answered. They go into the message of the email."));
    auto *editor = new ListEditor(
        m_parts, array_source(m_parts.document, list, {QStringLiteral("title")}, tr("saved reply")),
        tr("Saved reply"), [this, choices](const QString &element, QVBoxLayout *fields) {
            line(fields, child(element, QStringLiteral("title")), tr("Title"))
                ->set_placeholder(tr("Directions to the flat"));
            fields->addWidget(new ChoiceField(m_parts.document, m_parts.registry,
                                              child(element, QStringLiteral("language")), tr("Language"),
                                              languages(), QString()));
            auto *text = paragraph(fields, child(element, QStringLiteral("text")), tr("Text"), false);
            text->offer_placeholders(choices);
            text->set_hint(placeholder_line(choices));
        });
    editor->set_empty_text(tr("No saved replies yet."));
    editor->add_button(tr("Add saved reply"), [this, list] {
        models::Json reply;
        reply["id"] = models::new_element_id("reply");
        reply["title"] = "";
        reply["text"] = "";
        m_parts.document.insert(list, m_parts.document.size(list), reply, tr("Add saved reply"));
    });
    column->addWidget(editor);
}

void ContentForm::build_questions(QVBoxLayout *column) {
    const auto list = QStringLiteral("/content/screeningFields");
    add_note(column, tr("The booking form asks them in this order. The answers stand with the request."));
    auto *editor = new ListEditor(
        m_parts, array_source(m_parts.document, list, {QStringLiteral("label")}, tr("question")),
        tr("Question"), [this](const QString &element, QVBoxLayout *fields) {
            line(fields, child(element, QStringLiteral("label")), tr("Question"))
                ->set_placeholder(tr("Whom may I ask about you?"));
            line(fields, child(element, QStringLiteral("hint")), tr("Hint below the question"));
            fields->addWidget(new ToggleField(m_parts.document, m_parts.registry,
                                              child(element, QStringLiteral("required")),
                                              tr("Must be answered"), false));
        });
    editor->set_empty_text(tr("No questions. The form asks for name, contact, time and a message."));
    editor->add_button(tr("Add question"), [this, list] {
        models::Json question;
        question["id"] = models::new_element_id("question");
        question["label"] = "";
        question["required"] = false;
        m_parts.document.insert(list, m_parts.document.size(list), question, tr("Add question"));
    });
    column->addWidget(editor);
}

} // namespace studio::ui
