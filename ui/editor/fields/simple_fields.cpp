// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/fields/simple_fields.h"

#include "models/documents/content.h"

#include <QCompleter>
#include <QHBoxLayout>
#include <QLocale>
#include <QSignalBlocker>

namespace studio::ui {

namespace {

// The signs with which the person's system writes numbers.
models::NumberSigns number_signs() {
    const QLocale locale;
    return {locale.decimalPoint().toStdString(), locale.groupSeparator().toStdString()};
}

} // namespace

MoneyField::MoneyField(DraftDocument &document, FieldRegistry &registry, const QString &pointer,
                       const QString &label, QWidget *parent)
    : Field(document, registry, pointer, label, parent), m_line(new QLineEdit(this)) {
    m_line->setAlignment(Qt::AlignRight);
    m_line->setPlaceholderText(tr("no price"));
    set_editor(m_line);
    refresh();
    connect(m_line, &QLineEdit::textEdited, this, [this](const QString &typed) {
        if (typed.trimmed().isEmpty()) {
            commit_nothing();
        } else if (const auto amount = read(typed)) {
            commit(amount->to_json());
        } else {
            commit(typed.toStdString());
        }
    });
}

std::optional<models::Money> MoneyField::read(const QString &typed) {
    const auto currency = models::read_content(document().documents().content).pricing.currency;
    return models::read_money(typed.toStdString(), number_signs(), currency).amount;
}

void MoneyField::refresh() {
    const auto amount = models::Money::from_json(value());
    if (m_line->hasFocus() && amount && read(m_line->text()) == amount) {
        return; // text such as "10." is not replaced, because "10.50" may be meant
    }
    const auto now =
        amount ? QString::fromStdString(models::editable_money(*amount, number_signs())) : text();
    if (m_line->text() != now) {
        m_line->setText(now);
    }
}

PixelField::PixelField(DraftDocument &document, FieldRegistry &registry, const QString &pointer,
                       const QString &label, int highest, int usual, QWidget *parent)
    : Field(document, registry, pointer, label, parent), m_slider(new QSlider(Qt::Horizontal, this)),
      m_number(new QLabel(this)), m_usual(usual) {
    m_slider->setRange(0, highest);
    set_editor(m_slider);
    auto *row = new QHBoxLayout;
    column()->removeWidget(m_slider);
    row->addWidget(m_slider, 1);
    m_number->setMinimumWidth(m_number->fontMetrics().horizontalAdvance(QStringLiteral("32 px ")));
    m_number->setAlignment(Qt::AlignRight);
    row->addWidget(m_number);
    column()->insertLayout(1, row);
    refresh();
    connect(m_slider, &QSlider::valueChanged, this, [this](int pixels) { commit(pixels); });
}

namespace {

// "8px", "8 px" and 8 are the same.
int pixels_of(const models::Json &value, int usual) {
    if (value.is_number()) {
        return static_cast<int>(value.get<double>());
    }
    if (!value.is_string()) {
        return usual;
    }
    auto text = QString::fromStdString(value.get<std::string>());
    bool ok = false;
    const auto number = text.remove(QStringLiteral("px")).trimmed().toInt(&ok);
    return ok ? number : usual;
}

} // namespace

void PixelField::refresh() {
    const QSignalBlocker quiet(m_slider);
    m_slider->setValue(pixels_of(value(), m_usual));
    m_number->setText(tr("%1 px").arg(m_slider->value()));
}

ChoiceField::ChoiceField(DraftDocument &document, FieldRegistry &registry, const QString &pointer,
                         const QString &label, const QList<Choice> &choices, const QString &usual,
                         QWidget *parent)
    : Field(document, registry, pointer, label, parent), m_combo(new QComboBox(this)), m_usual(usual) {
    for (const auto &choice : choices) {
        m_combo->addItem(choice.text, choice.value);
    }
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_combo->setMinimumContentsLength(8);
    set_editor(m_combo);
    refresh();
    connect(m_combo, &QComboBox::activated, this, [this](int index) {
        const auto chosen = m_combo->itemData(index).toString();
        if (chosen.isEmpty()) {
            commit_nothing();
        } else {
            commit(chosen.toStdString());
        }
    });
}

void ChoiceField::refresh() {
    const auto now = value().is_null() ? m_usual : text();
    auto index = m_combo->findData(now);
    if (index < 0) {
        m_combo->addItem(now, now); // a value that this version does not know is kept
        index = m_combo->count() - 1;
    }
    m_combo->setCurrentIndex(index);
}

void ChoiceField::allow_search() {
    m_combo->setEditable(true);
    m_combo->setInsertPolicy(QComboBox::NoInsert);
    m_combo->completer()->setFilterMode(Qt::MatchContains);
    m_combo->completer()->setCompletionMode(QCompleter::PopupCompletion);
    share_shortcuts(m_combo->lineEdit());
    connect(m_combo->lineEdit(), &QLineEdit::editingFinished, this, [this] {
        const auto index = m_combo->findText(m_combo->currentText(), Qt::MatchFixedString);
        if (index >= 0) {
            commit(m_combo->itemData(index).toString().toStdString());
        }
        refresh();
    });
}

ToggleField::ToggleField(DraftDocument &document, FieldRegistry &registry, const QString &pointer,
                         const QString &label, bool usual, QWidget *parent)
    : Field(document, registry, pointer, label, parent), m_box(new QCheckBox(label, this)), m_usual(usual) {
    set_editor(m_box);
    column()->itemAt(0)->widget()->hide(); // the check box has the label
    refresh();
    connect(m_box, &QCheckBox::clicked, this, [this](bool on) { commit(on); });
}

void ToggleField::refresh() {
    const auto now = value();
    m_box->setChecked(now.is_boolean() ? now.get<bool>() : m_usual);
}

} // namespace studio::ui
