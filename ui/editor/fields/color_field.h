// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/color/palette.h"
#include "ui/editor/fields/field.h"

#include <QAbstractButton>
#include <QLineEdit>

namespace studio::ui {

// A button that shows the colour and opens the colour picker.
class ColorSwatch final : public QAbstractButton {
    Q_OBJECT

public:
    explicit ColorSwatch(QWidget *parent = nullptr);
    void set_color(const QColor &color);
    QColor color() const { return m_color; }
    QSize sizeHint() const override { return {36, 32}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QColor m_color;
};

// A colour as swatch and hexadecimal code, with hints where text in two of the page's colours is hard to
// read.
class ColorField final : public Field {
    Q_OBJECT

public:
    ColorField(DraftDocument &document, FieldRegistry &registry, const QString &pointer, const QString &label,
               const QString &use, QWidget *parent = nullptr);
    void refresh() override;
    // Shows those low-contrast pairs of the report that another value of this colour could correct.
    void show_contrast(const std::vector<models::ContrastPair> &report);

private:
    void pick();
    void add_hint(const models::ContrastPair &pair);

    ColorSwatch *m_swatch;
    QLineEdit *m_hex;
    QWidget *m_hints;
    std::vector<models::ContrastPair> m_failing;
};

} // namespace studio::ui
