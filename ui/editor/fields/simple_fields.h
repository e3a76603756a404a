// SPDX-License-Identifier: Apache-2.0
// Fields for one small value: money, a whole number, a choice, yes or no.
#pragma once

#include "models/values/money.h"
#include "ui/editor/fields/field.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QSlider>

namespace studio::ui {

// An amount, read and shown as the system's locale writes numbers (models/values/money.h). Empty means "no
// price". Text that is no amount, or could mean two, stays as typed and is reported by the validator.
class MoneyField final : public Field {
    Q_OBJECT

public:
    MoneyField(DraftDocument &document, FieldRegistry &registry, const QString &pointer, const QString &label,
               QWidget *parent = nullptr);
    void refresh() override;

private:
    std::optional<models::Money> read(const QString &typed);

    QLineEdit *m_line;
};

// A whole number by slider, in pixels.
class PixelField final : public Field {
    Q_OBJECT

public:
    PixelField(DraftDocument &document, FieldRegistry &registry, const QString &pointer, const QString &label,
               int highest, int usual, QWidget *parent = nullptr);
    void refresh() override;

private:
    QSlider *m_slider;
    QLabel *m_number;
    int m_usual;
};

// A choice of one of several texts. With `open`, any other text may be typed.
class ChoiceField final : public Field {
    Q_OBJECT

public:
    struct Choice {
        QString value, text;
    };
    ChoiceField(DraftDocument &document, FieldRegistry &registry, const QString &pointer,
                const QString &label, const QList<Choice> &choices, const QString &usual,
                QWidget *parent = nullptr);
    void refresh() override;
    void allow_search(); // typing any part of an entry finds it

private:
    QComboBox *m_combo;
    QString m_usual;
};

class ToggleField final : public Field {
    Q_OBJECT

public:
    ToggleField(DraftDocument &document, FieldRegistry &registry, const QString &pointer,
                const QString &label, bool usual, QWidget *parent = nullptr);
    void refresh() override;

private:
    QCheckBox *m_box;
    bool m_usual;
};

} // namespace studio::ui
