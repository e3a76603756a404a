// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/tab_before.h"

#include <QLayout>
#include <QWidget>

namespace studio::ui {

namespace {

void add_fields(std::vector<QWidget *> &fields, QWidget *part) {
    if (part->focusPolicy() != Qt::NoFocus) {
        fields.push_back(part);
        return;
    }
    for (auto *inner : part->findChildren<QWidget *>(Qt::FindDirectChildrenOnly)) {
        add_fields(fields, inner);
    }
}

} // namespace

void set_tab_before(QWidget *field, const std::vector<QWidget *> &parts) {
    auto *last = field->previousInFocusChain();
    while (last != field && last->focusPolicy() == Qt::NoFocus) {
        last = last->previousInFocusChain();
    }
    std::vector<QWidget *> fields;
    for (auto *part : parts) {
        add_fields(fields, part);
    }
    for (auto *next : fields) {
        if (next != last) {
            QWidget::setTabOrder(last, next);
        }
        last = next;
    }
}

void set_tab_before(QWidget *field, const QLayout *lines) {
    set_tab_before(field, lines_of(lines));
}

std::vector<QWidget *> lines_of(const QLayout *lines) {
    std::vector<QWidget *> widgets;
    for (int line = 0; line < lines->count(); ++line) {
        if (auto *widget = lines->itemAt(line)->widget()) {
            widgets.push_back(widget);
        }
    }
    return widgets;
}

} // namespace studio::ui
