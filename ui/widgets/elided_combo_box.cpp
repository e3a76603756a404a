// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/elided_combo_box.h"

#include <QEvent>
#include <QStylePainter>

namespace studio::ui {

ElidedComboBox::ElidedComboBox(QWidget *parent) : QComboBox(parent) {}

bool ElidedComboBox::event(QEvent *event) {
    if (event->type() == QEvent::ToolTip) {
        setToolTip(shown_text() == currentText() ? QString() : currentText());
    }
    return QComboBox::event(event);
}

QStyleOptionComboBox ElidedComboBox::elided_option() const {
    QStyleOptionComboBox option;
    initStyleOption(&option);
    const auto room =
        style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this);
    option.currentText = fontMetrics().elidedText(option.currentText, Qt::ElideRight, room.width() - 2);
    return option;
}

QString ElidedComboBox::shown_text() const {
    return elided_option().currentText;
}

void ElidedComboBox::paintEvent(QPaintEvent *) {
    const auto option = elided_option();
    QStylePainter painter(this);
    painter.drawComplexControl(QStyle::CC_ComboBox, option);
    painter.drawControl(QStyle::CE_ComboBoxLabel, option);
}

} // namespace studio::ui
