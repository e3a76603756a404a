// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/tab_order.h"

#include <QWidget>

#include <vector>

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

void set_tab_order(std::span<QWidget *const> fields) {
    std::vector<QWidget *> order;
    for (auto *field : fields) {
        add_fields(order, field);
    }
    for (std::size_t next = 1; next < order.size(); ++next) {
        QWidget::setTabOrder(order[next - 1], order[next]);
    }
}

} // namespace studio::ui
