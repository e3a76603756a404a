// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/form_parts.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace studio::ui {

QPlainTextEdit *text_field(const QString &accessible, int lines, QWidget *parent) {
    auto *field = new QPlainTextEdit(parent);
    field->setAccessibleName(accessible);
    field->setTabChangesFocus(true);
    field->setFixedHeight(field->fontMetrics().lineSpacing() * lines + 20);
    return field;
}

QWidget *part(QWidget *parent, std::initializer_list<QWidget *> widgets) {
    auto *group = new QWidget(parent);
    auto *layout = new QVBoxLayout(group);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    for (auto *widget : widgets) {
        layout->addWidget(widget);
    }
    return group;
}

QWidget *pair(QWidget *first, QWidget *second, QWidget *parent) {
    auto *both = new QWidget(parent);
    auto *row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(first, 1);
    row->addWidget(second);
    return both;
}

} // namespace studio::ui
