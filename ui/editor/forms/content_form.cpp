// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/forms/content_form.h"

#include "models/documents/photos.h"
#include "models/editing/element_id.h"
#include "models/values/money.h"
#include "ui/editor/draft/pointer.h"
#include "ui/editor/fields/paragraph_field.h"
#include "ui/editor/fields/simple_fields.h"
#include "ui/editor/fields/text_field.h"
#include "ui/editor/fields/words_field.h"
#include "ui/editor/forms/list_editor.h"
#include "ui/editor/forms/section.h"
#include "ui/widgets/style_sheet.h"

namespace studio::ui {

ContentForm::ContentForm(const FormParts &parts, QWidget *parent)
    : Form(QStringLiteral("form:content"), parts, parent) {
    const auto at = [](std::initializer_list<const char *> keys) {
        QStringList pointers;
        for (const auto *key : keys) {
            pointers << QStringLiteral("/content/") + QLatin1String(key);
        }
        return pointers;
    };
    const auto add = [this](const char *name, const QString &title, const QStringList &pointers,
                            void (ContentForm::*build)(QVBoxLayout *)) {
        return add_section(QLatin1String(name), title, pointers,
                           [this, build](QVBoxLayout *column) { (this->*build)(column); });
    };
    add("introduction", tr("Introduction"), at({"name", "tagline", "bio", "shortBio", "cta"}),
        &ContentForm::build_introduction)
        ->set_open(true);
    add("services", tr("Services"), at({"services"}), &ContentForm::build_services);
    add("prices", tr("Prices"), at({"pricing"}), &ContentForm::build_prices);
    add("contact", tr("Contact"), at({"contact"}), &ContentForm::build_contact);
    add("social", tr("Social links"), at({"socialMedia"}), &ContentForm::build_social);
    add("testimonials", tr("Testimonials"), at({"testimonials"}), &ContentForm::build_testimonials);
    add("location", tr("Location and travel"), at({"location"}), &ContentForm::build_location);
    add("search", tr("Search engines"), at({"seo"}), &ContentForm::build_search);
    add("messages", tr("Emails about bookings"), at({"bookingEmails"}), &ContentForm::build_messages);
    add("replies", tr("Saved replies"), at({"replyTemplates"}), &ContentForm::build_replies);
    add("questions", tr("Questions to new clients"), at({"screeningFields"}), &ContentForm::build_questions);
    add("consent", tr("Consent and age"), at({"consent", "ageGate"}), &ContentForm::build_consent);
    add("legal", tr("Privacy and terms"), at({"privacyPolicy", "bookingTerms"}), &ContentForm::build_legal);
}

TextField *ContentForm::line(QVBoxLayout *column, const QString &pointer, const QString &label) {
    auto *field = new TextField(m_parts.document, m_parts.registry, pointer, label);
    if (column) {
        column->addWidget(field);
    }
    return field;
}

ParagraphField *ContentForm::paragraph(QVBoxLayout *column, const QString &pointer, const QString &label,
                                       bool markdown) {
    auto *field =
        new ParagraphField(m_parts.document, m_parts.registry, pointer, label,
                           markdown ? ParagraphField::Markup::Markdown : ParagraphField::Markup::Plain);
    column->addWidget(field);
    return field;
}

void ContentForm::build_introduction(QVBoxLayout *column) {
    line(column, QStringLiteral("/content/name"), tr("Name"));
    line(column, QStringLiteral("/content/tagline"), tr("Tagline"))
        ->set_placeholder(tr("One line below the name"));
    paragraph(column, QStringLiteral("/content/bio"), tr("About"), true);
    paragraph(column, QStringLiteral("/content/shortBio"), tr("Short version, for the list of companions"),
              false);
    line(column, QStringLiteral("/content/cta/label"), tr("Booking button"))
        ->set_placeholder(tr("Request a booking"));
}

void ContentForm::build_services(QVBoxLayout *column) {
    const auto list = QStringLiteral("/content/services");
    auto *editor = new ListEditor(
        m_parts, array_source(m_parts.document, list, {QStringLiteral("name")}, tr("service")), tr("Service"),
        [this](const QString &element, QVBoxLayout *fields) {
            line(fields, child(element, QStringLiteral("name")), tr("Name"));
            paragraph(fields, child(element, QStringLiteral("description")), tr("Description"), false);
            auto *duration = line(nullptr, child(element, QStringLiteral("duration")), tr("Duration"));
            duration->set_placeholder(tr("2 hours"));
            fields->addWidget(
                pair_of(duration, new MoneyField(m_parts.document, m_parts.registry,
                                                 child(element, QStringLiteral("price")), tr("Price"))));
            fields->addWidget(new ToggleField(m_parts.document, m_parts.registry,
                                              child(element, QStringLiteral("featured")), tr("Featured"),
                                              false));
        });
    editor->set_empty_text(tr("No services yet. The section is hidden until you add one."));
    editor->add_button(tr("Add service"), [this, list] {
        models::Json service;
        service["id"] = models::new_element_id("service");
        service["name"] = "";
        service["description"] = "";
        service["duration"] = "";
        m_parts.document.insert(list, m_parts.document.size(list), service, tr("Add service"));
    });
    column->addWidget(editor);
}

void ContentForm::build_prices(QVBoxLayout *column) {
    const auto money = [this](const char *key, const QString &label) {
        return new MoneyField(m_parts.document, m_parts.registry,
                              QStringLiteral("/content/pricing/") + QLatin1String(key), label);
    };
    QList<ChoiceField::Choice> currencies;
    for (const auto *code : {"AUD", "NZD", "USD", "CAD", "GBP", "EUR", "CHF", "SGD", "HKD", "JPY", "AED"}) {
        const auto text = QLatin1String(code);
        if (models::is_currency_code(code)) {
            currencies.append({text, text});
        }
    }
    auto *currency =
        new ChoiceField(m_parts.document, m_parts.registry, QStringLiteral("/content/pricing/currency"),
                        tr("Currency"), currencies, QStringLiteral("AUD"));
    column->addWidget(pair_of(money("hourly", tr("Hourly")), money("overnight", tr("Overnight"))));
    column->addWidget(pair_of(money("weekend", tr("Weekend")), currency));
    const auto list = QStringLiteral("/content/pricing/customRates");
    auto *editor =
        new ListEditor(m_parts,
                       array_source(m_parts.document, list,
                                    {QStringLiteral("duration"), QStringLiteral("description")}, tr("rate")),
                       tr("Rate"), [this](const QString &element, QVBoxLayout *fields) {
                           fields->addWidget(pair_of(
                               line(nullptr, child(element, QStringLiteral("duration")), tr("Duration")),
                               new MoneyField(m_parts.document, m_parts.registry,
                                              child(element, QStringLiteral("price")), tr("Price"))));
                           line(fields, child(element, QStringLiteral("description")), tr("Description"));
                       });
    editor->add_button(tr("Add rate"), [this, list] {
        models::Json rate;
        rate["id"] = models::new_element_id("rate");
        rate["duration"] = "";
        rate["description"] = "";
        m_parts.document.insert(list, m_parts.document.size(list), rate, tr("Add rate"));
    });
    auto *heading = new QLabel(tr("Other rates"));
    set_text_role(heading, TextRole::Small);
    column->addWidget(heading);
    column->addWidget(editor);
}

void ContentForm::build_contact(QVBoxLayout *column) {
    line(column, QStringLiteral("/content/contact/email"), tr("Email"));
    line(column, QStringLiteral("/content/contact/phone"), tr("Phone"));
    line(column, QStringLiteral("/content/contact/availableHours"), tr("Available hours"));
    column->addWidget(new ChoiceField(m_parts.document, m_parts.registry,
                                      QStringLiteral("/content/contact/preferredContact"),
                                      tr("Preferred contact"),
                                      {{QString(), tr("Not stated")},
                                       {QStringLiteral("email"), tr("Email")},
                                       {QStringLiteral("phone"), tr("Phone")},
                                       {QStringLiteral("form"), tr("Booking form")}},
                                      QString()));
    line(column, QStringLiteral("/content/contact/responseTime"), tr("Typical reply time"));
}

void ContentForm::build_testimonials(QVBoxLayout *column) {
    const auto list = QStringLiteral("/content/testimonials");
    auto *editor = new ListEditor(
        m_parts,
        array_source(m_parts.document, list, {QStringLiteral("author"), QStringLiteral("quote")},
                     tr("testimonial")),
        tr("Testimonial"), [this](const QString &element, QVBoxLayout *fields) {
            paragraph(fields, child(element, QStringLiteral("quote")), tr("Quote"), false);
            line(fields, child(element, QStringLiteral("author")), tr("Author"));
            QList<ChoiceField::Choice> photos{{QString(), tr("No photo")}};
            const auto known = models::read_photos(m_parts.document.documents().photos);
            for (const auto &photo : known.testimonials) {
                photos.append({QString::fromStdString(photo.id), QString::fromStdString(photo.id)});
            }
            fields->addWidget(new ChoiceField(m_parts.document, m_parts.registry,
                                              child(element, QStringLiteral("photoId")), tr("Photo"), photos,
                                              QString()));
        });
    editor->set_empty_text(tr("No testimonials yet. The section is hidden until you add one."));
    editor->add_button(tr("Add testimonial"), [this, list] {
        models::Json testimonial;
        testimonial["id"] = models::new_element_id("testimonial");
        testimonial["quote"] = "";
        testimonial["author"] = "";
        m_parts.document.insert(list, m_parts.document.size(list), testimonial, tr("Add testimonial"));
    });
    column->addWidget(editor);
}

void ContentForm::build_consent(QVBoxLayout *column) {
    auto *message =
        paragraph(column, QStringLiteral("/content/consent/message"), tr("Consent message"), false);
    message->set_placeholder(tr("Leave empty to use the standard wording"));
    message->set_hint(tr("Mention that visits are recognised for 180 days: that is what visitors accept."));
    auto *accept = line(nullptr, QStringLiteral("/content/consent/acceptLabel"), tr("Accept button"));
    accept->set_placeholder(tr("Accept"));
    auto *decline = line(nullptr, QStringLiteral("/content/consent/declineLabel"), tr("Decline button"));
    decline->set_placeholder(tr("Decline"));
    column->addWidget(pair_of(accept, decline));
    column->addWidget(new ToggleField(m_parts.document, m_parts.registry,
                                      QStringLiteral("/content/ageGate/enabled"),
                                      tr("Ask visitors to confirm that they are 18 or older"), true));
}

void ContentForm::build_legal(QVBoxLayout *column) {
    auto *privacy = paragraph(column, QStringLiteral("/content/privacyPolicy"), tr("Privacy policy"), true);
    privacy->set_placeholder(tr("Leave empty to use the standard policy"));
    paragraph(column, QStringLiteral("/content/bookingTerms"), tr("Booking terms"), true);
}

} // namespace studio::ui
