// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/forms/form_parts.h"

namespace studio::ui {

class ColorField;

// The form of the theme document: colours, fonts, layout, corners and shadow, and custom CSS.
class ThemeForm final : public Form {
    Q_OBJECT

public:
    explicit ThemeForm(const FormParts &parts, QWidget *parent = nullptr);

private:
    void build_colors(QVBoxLayout *column);
    void build_type(QVBoxLayout *column);
    void build_layout_choices(QVBoxLayout *column);
    void build_finish(QVBoxLayout *column);
    void build_css(QVBoxLayout *column);
    void show_contrast();

    QList<ColorField *> m_colors;
};

} // namespace studio::ui
