// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/forms/form_parts.h"

#include "ui/editor/draft/pointer.h"
#include "ui/editor/forms/section.h"

#include <QHBoxLayout>
#include <QScrollBar>
#include <QTimer>

#include <algorithm>

namespace studio::ui {

Form::Form(const QString &name, const FormParts &parts, QWidget *parent)
    : QScrollArea(parent), m_parts(parts) {
    setObjectName(name);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *ground = new QWidget(this);
    ground->setProperty("scrollGround", true);
    m_column = new QVBoxLayout(ground);
    m_column->setContentsMargins(8, 0, 12, 24);
    m_column->setSpacing(0);
    m_column->addStretch(1);
    setWidget(ground);
    connect(&m_parts.document, &DraftDocument::issues_changed, this, &Form::count_problems);
}

Section *Form::add_section(const QString &name, const QString &title, const QStringList &pointers,
                           std::function<void(QVBoxLayout *)> build) {
    auto *section = new Section(name, title, m_parts.registry, pointers, std::move(build), widget());
    m_column->insertWidget(m_column->count() - 1, section);
    heed(section);
    return section;
}

Section *Form::add_section_in(QVBoxLayout *column, const QString &name, const QString &title,
                              const QStringList &pointers, std::function<void(QVBoxLayout *)> build) {
    auto *section = new Section(name, title, m_parts.registry, pointers, std::move(build));
    column->addWidget(section);
    heed(section);
    count_problems();
    return section;
}

void Form::heed(Section *section) {
    m_sections.append(section);
    connect(section, &Section::opened_by_hand, this, [this, section] { show_section(section); });
}

void Form::count_problems() {
    for (auto *section : std::as_const(m_sections)) {
        int errors = 0, warnings = 0;
        for (const auto &issue : m_parts.document.issues()) {
            const auto pointer = QString::fromStdString(issue.pointer);
            const bool mine = std::any_of(section->pointers().begin(), section->pointers().end(),
                                          [&pointer](const auto &own) { return is_within(pointer, own); });
            if (mine) {
                ++(issue.severity == models::Severity::Error ? errors : warnings);
            }
        }
        section->set_problems(errors, warnings);
    }
}

void Form::show_field(QWidget *field) {
    // Waits until sections that have just opened are laid out.
    QTimer::singleShot(0, field, [this, field] {
        widget()->layout()->activate();
        ensureWidgetVisible(field, 0, 80);
    });
}

void Form::start_over() {
    verticalScrollBar()->setValue(0);
}

// Scrolls so that the whole section is visible, or as much as there is room for, beginning with its heading.
void Form::show_section(QWidget *section) {
    QTimer::singleShot(0, section, [this, section] {
        widget()->layout()->activate();
        auto *bar = verticalScrollBar();
        const int top = section->mapTo(widget(), QPoint(0, 0)).y();
        const int below = top + section->height() - 1 - viewport()->height();
        bar->setValue(std::max(bar->value(), std::min(top, below)));
    });
}

QWidget *pair_of(QWidget *left, QWidget *right) {
    auto *both = new QWidget;
    auto *row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(left, 1, Qt::AlignTop);
    row->addWidget(right, 1, Qt::AlignTop);
    return both;
}

} // namespace studio::ui
