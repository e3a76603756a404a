// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/panels/scroll_column.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace studio::ui {

QScrollArea *scroll_column(QVBoxLayout *lines, QWidget *parent) {
    auto *scroll = new QScrollArea(parent);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *ground = new QWidget(scroll);
    ground->setProperty("scrollGround", true);
    auto *column = new QVBoxLayout(ground);
    column->setContentsMargins(0, 0, 8, 0);
    column->addLayout(lines);
    column->addStretch(1);
    scroll->setWidget(ground);
    return scroll;
}

void clear_lines(QVBoxLayout *lines) {
    while (auto *old = lines->takeAt(0)) {
        old->widget()->deleteLater();
        delete old;
    }
}

} // namespace studio::ui
