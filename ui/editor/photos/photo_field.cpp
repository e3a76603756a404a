// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/photos/photo_field.h"

#include "models/documents/photos.h"
#include "ui/editor/draft/pointer.h"
#include "ui/editor/photos/crop_pair.h"
#include "ui/editor/photos/focal_picture.h"
#include "ui/editor/photos/photo_delivery.h"
#include "ui/editor/photos/thumbnails.h"
#include "ui/widgets/line_icon.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>

#include <cmath>

namespace studio::ui {

models::Json photo_object(const DraftDocument &document, const QString &pointer) {
    auto photo = document.value(pointer);
    if (photo.is_string()) {
        auto object = models::Json::object();
        object["url"] = photo;
        return object;
    }
    return photo.is_object() ? photo : models::Json::object();
}

QString photo_url(const DraftDocument &document, const QString &pointer) {
    const auto photo = photo_object(document, pointer);
    return photo.contains("url") ? text_of(photo["url"]) : QString();
}

models::Json imported_photo(const models::Photo &photo, models::Json before) {
    if (!before.is_object()) {
        before = models::Json::object();
    }
    auto fresh = models::to_json(photo);
    fresh.erase("id");
    fresh["alt"] = photo.alt;
    for (const auto *key : {"caption", "focalPoint"}) {
        before.erase(key);
    }
    before.update(fresh);
    return before;
}

PhotoField::PhotoField(FormParts parts, const QString &pointer, const QString &label, QWidget *parent)
    : Field(parts.document, parts.registry, pointer, label, parent), m_parts(parts),
      m_picture(new FocalPicture(this)), m_crops(new CropPair(this)) {
    set_editor(m_picture);
    auto *choose = new QPushButton(line_icon(QStringLiteral("photo")), tr("Choose a file…"), this);
    choose->setObjectName(QStringLiteral("choose-photo:") + pointer);
    auto *from_library = new QPushButton(tr("From the library…"), this);
    from_library->setObjectName(QStringLiteral("choose-from-library:") + pointer);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(choose);
    buttons->addWidget(from_library);
    buttons->addStretch(1);
    column()->insertLayout(2, buttons);
    column()->insertWidget(3, m_crops, 0, Qt::AlignLeft);
    refresh();
    connect(choose, &QPushButton::clicked, this, &PhotoField::choose_file);
    connect(from_library, &QPushButton::clicked, this,
            [this] { emit m_parts.photos.library_wanted(request()); });
    connect(m_picture, &FocalPicture::files_dropped, this, &PhotoField::import);
    connect(m_picture, &FocalPicture::point_picked, this, &PhotoField::commit_point);
    connect(&m_parts.thumbnails, &Thumbnails::ready, this, [this](const QString &url) {
        if (url == photo_url(document(), this->pointer())) {
            refresh();
        }
    });
}

void PhotoField::refresh() {
    const auto url = photo_url(document(), pointer());
    const auto image = url.isEmpty() ? QImage() : m_parts.thumbnails.find(url);
    m_picture->set_image(image, url.isEmpty() ? tr("Drop a photo here") : url);
    const auto photo = photo_object(document(), pointer());
    QPointF point(0.5, 0.5);
    if (photo.contains("focalPoint") && photo["focalPoint"].is_object()) {
        const auto number = [&photo](const char *key) {
            const auto &at = photo["focalPoint"];
            return at.contains(key) && at[key].is_number() ? at[key].get<double>() : 0.5;
        };
        point = {number("x"), number("y")};
    }
    m_picture->set_point(point);
    m_crops->show_photo(image, point);
}

void PhotoField::choose_file() {
    auto *dialog = new QFileDialog(this, tr("Choose a photo"), PhotoImports::pictures_folder(),
                                   PhotoImports::file_filter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::filesSelected, &m_parts.photos,
            [&photos = m_parts.photos, request = request()](const QStringList &files) {
                photos.offer(files.mid(0, 1), request);
            });
    dialog->open();
}

// Names the photo by its place in the document, because this widget may be replaced before the photo is
// ready.
void PhotoField::import(const QStringList &files) {
    if (files.size() > 1) {
        m_parts.photos.offer_for_gallery(files);
        return;
    }
    m_parts.photos.offer(files, request());
}

PhotoImport PhotoField::request() {
    return m_parts.photos.request(place_of_photo(document(), pointer()), false);
}

void PhotoField::commit_point(QPointF point) {
    const auto rounded = [](double share) { return std::round(share * 1000) / 1000; };
    models::Json at;
    at["x"] = rounded(point.x());
    at["y"] = rounded(point.y());
    if (value().is_object()) {
        document().set(child(pointer(), QStringLiteral("focalPoint")), at, tr("Focal point"));
        return;
    }
    auto photo = photo_object(document(), pointer());
    photo["focalPoint"] = at;
    commit(photo);
}

PhotoTextField::PhotoTextField(FormParts parts, const QString &photo, const QString &key,
                               const QString &label, QWidget *parent)
    : Field(parts.document, parts.registry, child(photo, key), label, parent), m_photo(photo),
      m_key(key.toStdString()), m_line(new QLineEdit(this)) {
    set_editor(m_line);
    refresh();
    connect(m_line, &QLineEdit::textEdited, this, [this](const QString &typed) {
        if (document().value(m_photo).is_object()) {
            commit(typed.toStdString());
            return;
        }
        auto object = photo_object(document(), m_photo);
        object[m_key] = typed.toStdString();
        document().set(m_photo, object, this->label());
    });
}

void PhotoTextField::refresh() {
    const auto now = text();
    if (m_line->text() != now) {
        m_line->setText(now);
        m_line->setCursorPosition(m_line->hasFocus() ? static_cast<int>(now.size()) : 0);
    }
}

} // namespace studio::ui
