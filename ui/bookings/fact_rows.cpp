// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/fact_rows.h"

#include "ui/widgets/style_sheet.h"

#include <QGridLayout>
#include <QLabel>

namespace studio::ui {

namespace {
constexpr int label_width = 112;
}

FactRows::FactRows(const QString &name, QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
    setObjectName(name);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(16);
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnMinimumWidth(0, label_width);
    m_grid->setColumnStretch(1, 1);
}

void FactRows::show_rows(const std::vector<FactRow> &rows) {
    if (rows == m_rows) {
        return; // a selection in a text survives reading again
    }
    m_rows = rows;
    while (auto *item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int line = 0;
    for (const auto &row : rows) {
        auto *label = new QLabel(row.label, this);
        set_text_role(label, TextRole::Muted);
        auto *text = new QLabel(row.text, this);
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        text->setAccessibleName(row.label + QStringLiteral(": ") + row.text);
        m_grid->addWidget(label, line, 0, Qt::AlignTop);
        m_grid->addWidget(text, line, 1, Qt::AlignTop);
        ++line;
    }
    setAccessibleName(text());
}

QString FactRows::text() const {
    QStringList lines;
    for (const auto &row : m_rows) {
        lines << row.label + QStringLiteral(": ") + row.text;
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace studio::ui
