// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/photos.h"
#include "ui/editor/fields/field.h"
#include "ui/editor/forms/form_parts.h"

#include <QLineEdit>

namespace studio::ui {

class CropPair;
class FocalPicture;
struct PhotoImport;

// One photo of the documents, stored as a plain URL or as an object: the picture with its focal point, and
// buttons to replace it.
class PhotoField final : public Field {
    Q_OBJECT

public:
    PhotoField(FormParts parts, const QString &pointer, const QString &label, QWidget *parent = nullptr);
    void refresh() override;

private:
    void choose_file();
    void import(const QStringList &files);
    PhotoImport request();
    void commit_point(QPointF point);

    FormParts m_parts;
    FocalPicture *m_picture;
    CropPair *m_crops;
};

// A text of a photo ("alt", "caption"). Setting it turns a photo stored as a plain URL into an object.
class PhotoTextField final : public Field {
    Q_OBJECT

public:
    PhotoTextField(FormParts parts, const QString &photo, const QString &key, const QString &label,
                   QWidget *parent = nullptr);
    void refresh() override;
    void set_placeholder(const QString &text) { m_line->setPlaceholderText(text); }

private:
    QString m_photo;
    std::string m_key;
    QLineEdit *m_line;
};

// The photo at a pointer as an object, even if it is stored as a plain URL.
models::Json photo_object(const DraftDocument &document, const QString &pointer);
QString photo_url(const DraftDocument &document, const QString &pointer);
// The JSON of an imported photo that replaces `before`, whose id and unknown keys stay.
models::Json imported_photo(const models::Photo &photo, models::Json before);

} // namespace studio::ui
