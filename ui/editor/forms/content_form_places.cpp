// SPDX-License-Identifier: Apache-2.0
// The sections of the content form for social links, location and search engines.
#include "models/documents/social_links.h"
#include "models/values/timezone.h"
#include "ui/editor/draft/pointer.h"
#include "ui/editor/fields/paragraph_field.h"
#include "ui/editor/fields/simple_fields.h"
#include "ui/editor/fields/text_field.h"
#include "ui/editor/fields/words_field.h"
#include "ui/editor/forms/content_form.h"
#include "ui/editor/forms/list_editor.h"
#include "ui/editor/forms/search_result.h"

#include <QMenu>
#include <QTimeZone>

namespace studio::ui {

namespace {

QString platform_name(const QString &key) {
    const auto label = models::social_label(key.toStdString());
    return label.empty() ? key : QString::fromStdString(label);
}

QList<ChoiceField::Choice> time_zones() {
    QList<ChoiceField::Choice> choices;
    for (const auto &id : QTimeZone::availableTimeZoneIds()) {
        const auto name = QString::fromLatin1(id);
        const bool a_place = name.contains(QLatin1Char('/')) && !name.startsWith(QLatin1String("Etc/")) &&
                             !name.startsWith(QLatin1String("SystemV/"));
        if (a_place) {
            choices.append({name, QString(name).replace(QLatin1Char('_'), QLatin1Char(' '))});
        }
    }
    return choices;
}

} // namespace

void ContentForm::build_social(QVBoxLayout *column) {
    const auto object = QStringLiteral("/content/socialMedia");
    auto *editor = new ListEditor(
        m_parts, keys_source(m_parts.document, object, platform_name, tr("link")), tr("Link"),
        [this](const QString &element, QVBoxLayout *fields) {
            line(fields, element, tr("Handle or address"))->set_placeholder(QStringLiteral("@name"));
        });
    editor->set_empty_text(tr("No links yet."));
    auto *button = editor->add_button(tr("Add link"), [] {});
    auto *menu = new QMenu(button);
    button->disconnect(editor);
    button->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu, editor, object] {
        menu->clear();
        for (const auto *key :
             {"instagram", "twitter", "bluesky", "facebook", "tiktok", "linkedin", "threads", "youtube"}) {
            const auto pointer = child(object, QLatin1String(key));
            if (m_parts.document.value(pointer).is_null()) {
                menu->addAction(platform_name(QLatin1String(key)), editor, [this, pointer] {
                    m_parts.document.set(pointer, "", tr("Add link"));
                    QMetaObject::invokeMethod(
                        this, [this, pointer] { m_parts.registry.focus(pointer); }, Qt::QueuedConnection);
                });
            }
        }
    });
    column->addWidget(editor);
}

void ContentForm::build_location(QVBoxLayout *column) {
    line(column, QStringLiteral("/content/location/city"), tr("Home city"));
    column->addWidget(new WordsField(m_parts.document, m_parts.registry,
                                     QStringLiteral("/content/location/travelCities"), tr("Travels to"),
                                     tr("Type a city and press Enter")));
    auto *zone =
        new ChoiceField(m_parts.document, m_parts.registry, QStringLiteral("/content/location/timezone"),
                        tr("Time zone"), time_zones(), QString::fromLatin1(models::default_timezone));
    zone->allow_search();
    column->addWidget(zone);
}

void ContentForm::build_search(QVBoxLayout *column) {
    column->addWidget(new SearchResult(m_parts.document));
    line(column, QStringLiteral("/content/seo/title"), tr("Title"))->set_best_length(60);
    paragraph(column, QStringLiteral("/content/seo/description"), tr("Description"), false)
        ->set_best_length(160);
    column->addWidget(new WordsField(m_parts.document, m_parts.registry,
                                     QStringLiteral("/content/seo/keywords"), tr("Keywords"),
                                     tr("Type a word and press Enter")));
    line(column, QStringLiteral("/content/seo/ogImage"), tr("Image for shared links"))
        ->set_placeholder(tr("Leave empty to use the hero photo"));
}

} // namespace studio::ui
