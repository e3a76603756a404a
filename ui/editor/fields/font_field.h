// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/fonts.h"
#include "ui/editor/fields/field.h"

class QComboBox;

namespace studio::ui {

// A family of fonts that the pages bring along, each entry set in itself.
class FontField final : public Field {
    Q_OBJECT

public:
    enum class Use { Headings, Body };
    FontField(DraftDocument &document, FieldRegistry &registry, const QString &pointer, const QString &label,
              Use use, QWidget *parent = nullptr);
    void refresh() override;

private:
    QComboBox *m_combo;
    QString m_usual;
};

// The desktop's name of a family of models::font_families(), loading its file on first use; "" where it has
// none.
QString loaded_family(const models::FontFamily &wanted);

} // namespace studio::ui
