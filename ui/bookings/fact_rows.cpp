// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/fact_rows.h"

#include "ui/widgets/style_sheet.h"

#include <QApplication>
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
    if (rows.size() != m_rows.size()) {
        build(rows.size());
    }
    m_rows = rows;
    for (int line = 0; line < static_cast<int>(rows.size()); ++line) {
        const auto &row = rows[static_cast<std::size_t>(line)];
        auto *label = label_at(line, 0), *text = label_at(line, 1);
        if (label->text() != row.label || text->text() != row.text) {
            label->setText(row.label);
            text->setText(row.text);
            text->setAccessibleName(row.label + QStringLiteral(": ") + row.text);
        }
    }
    setAccessibleName(text());
}

QLabel *FactRows::label_at(int line, int column) const {
    return qobject_cast<QLabel *>(m_grid->itemAtPosition(line, column)->widget());
}

void FactRows::build(std::size_t rows) {
    if (isAncestorOf(QApplication::focusWidget())) {
        parentWidget()->setFocus(); // with nothing focused the page's keys are dead
    }
    while (auto *item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (int line = 0; line < static_cast<int>(rows); ++line) {
        auto *label = new QLabel(this);
        set_text_role(label, TextRole::Muted);
        auto *text = new QLabel(this);
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_grid->addWidget(label, line, 0, Qt::AlignTop);
        m_grid->addWidget(text, line, 1, Qt::AlignTop);
    }
}

QString FactRows::text() const {
    QStringList lines;
    for (const auto &row : m_rows) {
        lines << row.label + QStringLiteral(": ") + row.text;
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace studio::ui
