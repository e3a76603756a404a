// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/fonts.h"
#include "ui/editor/fields/field.h"

class QComboBox;

namespace studio::ui {

// A choice of the font families that pages can use; each entry is shown in its own font.
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

// The name under which the desktop can use a family of models::font_families(). Loads its file on first use;
// "" where that fails.
QString loaded_family(const models::FontFamily &wanted);

} // namespace studio::ui
