// SPDX-License-Identifier: Apache-2.0
#include "ui/photos/release_fields.h"

#include "ui/widgets/style_sheet.h"
#include "ui/widgets/wrapped_check_box.h"

#include <QCheckBox>
#include <QDate>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

namespace studio::ui {

namespace {

QLineEdit *line(const QString &name, const QString &label, const QString &hint, QFormLayout *form) {
    auto *field = new QLineEdit;
    field->setObjectName(name);
    field->setAccessibleName(label);
    field->setPlaceholderText(hint);
    form->addRow(label, field);
    return field;
}

std::string text(const QLineEdit *field) {
    return field->text().trimmed().toStdString();
}

} // namespace

ReleaseFields::ReleaseFields(const QString &name, QWidget *parent) : QWidget(parent), m_problem(new QLabel) {
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    m_person = line(name + QStringLiteral(".person"), tr("Person"), tr("Name"), form);
    m_person->setMaxLength(100);
    m_scope = line(name + QStringLiteral(".scope"), tr("For"), tr("Everything here"), form);
    m_scope->setMaxLength(200);
    m_from = line(name + QStringLiteral(".from"), tr("From"), tr("2026-12-01, or empty"), form);
    m_until = line(name + QStringLiteral(".until"), tr("Until"), tr("2027-12-01, or empty"), form);
    auto *adult = new WrappedCheckBox(tr("I confirm that this person is an adult and agreed"));
    m_adult = adult->box();
    m_adult->setObjectName(name + QStringLiteral(".adult"));
    form->addRow(adult);
    m_problem->setObjectName(name + QStringLiteral(".problem"));
    m_problem->setWordWrap(true);
    set_text_role(m_problem, TextRole::Negative);
    m_problem->hide();
    form->addRow(m_problem);
    for (auto *field : {m_person, m_scope, m_from, m_until}) {
        connect(field, &QLineEdit::textChanged, this, &ReleaseFields::forget_problem);
    }
    connect(m_adult, &QCheckBox::toggled, this, &ReleaseFields::forget_problem);
}

// What was said to be missing is not said any longer once somebody does something about it.
void ReleaseFields::forget_problem() {
    m_problem->hide();
    for (auto *field : {m_person, m_from, m_until}) {
        set_invalid(field, false);
    }
}

bool ReleaseFields::is_empty() const {
    return text(m_person).empty() && text(m_scope).empty() && text(m_from).empty() && text(m_until).empty() &&
           !m_adult->isChecked();
}

bool ReleaseFields::check_day(QLineEdit *field) {
    const auto day = field->text().trimmed();
    const bool right = day.isEmpty() || QDate::fromString(day, Qt::ISODate).isValid();
    set_invalid(field, !right);
    return right;
}

std::optional<db::PhotoRelease> ReleaseFields::release() {
    const bool days_right = check_day(m_from) && check_day(m_until);
    QString problem;
    if (text(m_person).empty()) {
        problem = tr("Enter the name of the person who agreed.");
    } else if (!m_adult->isChecked()) {
        problem = tr("Confirm that %1 is an adult and agreed.").arg(m_person->text().trimmed());
    } else if (!days_right) {
        problem = tr("Write days as 2027-03-01, or leave them empty.");
    } else if (!text(m_from).empty() && !text(m_until).empty() && text(m_until) < text(m_from)) {
        problem = tr("The last day is before the first.");
    }
    set_invalid(m_person, text(m_person).empty());
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    if (!problem.isEmpty()) {
        return std::nullopt;
    }
    db::PhotoRelease release;
    release.person = text(m_person);
    release.scope = text(m_scope);
    release.valid_from = text(m_from);
    release.valid_until = text(m_until);
    release.adult = true;
    return release;
}

void ReleaseFields::clear() {
    for (auto *field : {m_person, m_scope, m_from, m_until}) {
        field->clear();
        set_invalid(field, false);
    }
    m_adult->setChecked(false);
    m_problem->hide();
}

} // namespace studio::ui
