// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/forms/photos_form.h"

#include "models/documents/photos.h"
#include "models/editing/element_id.h"
#include "ui/editor/draft/pointer.h"
#include "ui/editor/forms/list_editor.h"
#include "ui/editor/forms/section.h"
#include "ui/editor/photos/gallery_editor.h"
#include "ui/editor/photos/photo_field.h"
#include "ui/editor/photos/variant_weights.h"

#include <QVBoxLayout>

#include <algorithm>

namespace studio::ui {

namespace {

// An id such as "a-7k2m9qxd": the letter is the position in the list, for people; the rest makes it unique.
std::string new_variant_id(std::size_t place) {
    return models::new_element_id(place < 26 ? std::string(1, static_cast<char>('a' + place)) : "v");
}

} // namespace

PhotosForm::PhotosForm(const FormParts &parts, QWidget *parent)
    : Form(QStringLiteral("form:photos"), parts, parent) {
    add_section(QStringLiteral("hero"), tr("Hero photo"), {QStringLiteral("/photos/hero")},
                [this](QVBoxLayout *column) { build_hero(column); })
        ->set_open(true);
    add_section(QStringLiteral("gallery"), tr("Gallery"), {gallery_pointer},
                [this](QVBoxLayout *column) { build_gallery(column); });
    add_section(QStringLiteral("testimonial-photos"), tr("Testimonial photos"),
                {QStringLiteral("/photos/testimonials")},
                [this](QVBoxLayout *column) { build_testimonials(column); });
}

void PhotosForm::build_hero(QVBoxLayout *column) {
    const auto control = QStringLiteral("/photos/hero/control");
    column->addWidget(new PhotoField(m_parts, control, tr("Control: variants are compared with this photo")));
    column->addWidget(new PhotoTextField(m_parts, control, QStringLiteral("alt"), tr("Alt text")));
    build_variants(column);
}

void PhotosForm::build_variants(QVBoxLayout *column) {
    const auto list = QStringLiteral("/photos/hero/variants");
    auto source = array_source(m_parts.document, list, {QStringLiteral("id")}, tr("variant"));
    source.title = [this, list](int index) {
        const auto variant = child(list, static_cast<std::size_t>(index));
        const auto weight = m_parts.document.value(child(variant, QStringLiteral("weight")));
        const auto percent = weight.is_number() ? qRound(weight.get<double>() * 100) : 0;
        return tr("Variant %1 · %2 %")
            .arg(QString::fromStdString(models::variant_letter(static_cast<std::size_t>(index))))
            .arg(percent);
    };
    auto *editor =
        new ListEditor(m_parts, source, tr("Variant"), [this](const QString &element, QVBoxLayout *fields) {
            const auto photo = child(element, QStringLiteral("url"));
            fields->addWidget(new PhotoField(m_parts, photo, tr("Photo")));
            fields->addWidget(new PhotoTextField(m_parts, photo, QStringLiteral("alt"), tr("Alt text")));
            fields->addWidget(new WeightField(m_parts.document, m_parts.registry,
                                              child(element, QStringLiteral("weight")),
                                              tr("Share of visitors")));
        });
    editor->add_button(tr("Add variant"), [this, list] {
        const auto hero = models::read_photos(m_parts.document.documents().photos).hero;
        models::Json variant;
        variant["id"] = new_variant_id(m_parts.document.size(list));
        variant["url"] = "";
        variant["weight"] = std::min(0.5, std::floor(hero.control_weight() * 50) / 100);
        m_parts.document.insert(list, m_parts.document.size(list), variant, tr("Add variant"));
    });
    column->addWidget(new WeightsPicture(m_parts));
    column->addWidget(editor);
}

void PhotosForm::build_gallery(QVBoxLayout *column) {
    column->addWidget(new GalleryEditor(m_parts));
}

void PhotosForm::build_testimonials(QVBoxLayout *column) {
    const auto list = QStringLiteral("/photos/testimonials");
    auto *editor = new ListEditor(
        m_parts, array_source(m_parts.document, list, {QStringLiteral("id")}, tr("photo")), tr("Photo"),
        [this](const QString &element, QVBoxLayout *fields) {
            const auto photo = child(element, QStringLiteral("photo"));
            fields->addWidget(new PhotoField(m_parts, photo, tr("Photo")));
            fields->addWidget(new PhotoTextField(m_parts, photo, QStringLiteral("alt"), tr("Alt text")));
        });
    editor->set_empty_text(tr("Photos for testimonials. Choose them under Content, Testimonials."));
    editor->add_button(tr("Add photo"), [this, list] {
        models::Json photo;
        photo["id"] = models::new_element_id("photo");
        photo["photo"] = "";
        m_parts.document.insert(list, m_parts.document.size(list), photo, tr("Add photo"));
    });
    column->addWidget(editor);
}

} // namespace studio::ui
