// SPDX-License-Identifier: Apache-2.0
#include "ui/library/bulk_panel.h"

#include "ui/library/focal_view.h"
#include "ui/library/thumbnail_source.h"
#include "ui/photos/release_fields.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/style_sheet.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace studio::ui {

namespace {

QLineEdit *line(const QString &name, const QString &label, QFormLayout *form) {
    auto *field = new QLineEdit;
    field->setObjectName(name);
    field->setAccessibleName(label);
    field->setPlaceholderText(BulkPanel::tr("As each photo has it"));
    field->setMaxLength(300);
    form->addRow(label, field);
    return field;
}

std::optional<std::string> typed(const QLineEdit *field) {
    const auto text = field->text().trimmed();
    return text.isEmpty() ? std::nullopt : std::optional(text.toStdString());
}

} // namespace

BulkPanel::BulkPanel(ThumbnailSource &thumbnails, bool may_edit, bool may_record_releases, QWidget *parent)
    : QScrollArea(parent), m_may_edit(may_edit), m_count(new QLabel), m_people(new QSpinBox),
      m_use_point(new QCheckBox(tr("Set this focal point"))),
      m_view(new FocalView(thumbnails, QStringLiteral("library.bulk.focal"))),
      m_release(new ReleaseFields(QStringLiteral("library.bulk.release"))),
      m_apply(new QPushButton(tr("Apply"))), m_pause(new QPushButton), m_resume(new QPushButton),
      m_take_down(new QPushButton) {
    setObjectName(QStringLiteral("library.bulk"));
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(16, 12, 16, 16);
    column->setSpacing(10);
    m_count->setObjectName(QStringLiteral("library.bulk.count"));
    set_text_role(m_count, TextRole::Section);
    column->addWidget(m_count);
    auto *form = new QFormLayout;
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    m_alt = line(QStringLiteral("library.bulk.alt"), tr("Alt text"), form);
    m_caption = line(QStringLiteral("library.bulk.caption"), tr("Caption"), form);
    m_people->setObjectName(QStringLiteral("library.bulk.people"));
    m_people->setAccessibleName(tr("People who can be recognised"));
    m_people->setRange(-1, 50);
    m_people->setValue(-1);
    m_people->setSpecialValueText(tr("As each photo has it"));
    form->addRow(tr("People"), m_people);
    column->addLayout(form);
    m_use_point->setObjectName(QStringLiteral("library.bulk.use_focal"));
    m_use_point->setAccessibleName(m_use_point->text());
    column->addWidget(m_view);
    column->addWidget(m_use_point);
    auto *releases = new QLabel(tr("A release for all of them"));
    set_text_role(releases, TextRole::Section);
    column->addWidget(releases);
    column->addWidget(m_release);
    releases->setVisible(may_record_releases);
    m_release->setVisible(may_record_releases);
    m_apply->setObjectName(QStringLiteral("library.bulk.apply"));
    set_button_role(m_apply, ButtonRole::Primary);
    column->addWidget(m_apply);
    m_pause->setObjectName(QStringLiteral("library.bulk.pause"));
    m_resume->setObjectName(QStringLiteral("library.bulk.resume"));
    m_take_down->setObjectName(QStringLiteral("library.bulk.take_down"));
    set_button_role(m_take_down, ButtonRole::Danger);
    for (auto *button : {m_pause, m_resume, m_take_down}) {
        column->addWidget(button);
    }
    column->addStretch(1);
    content->setEnabled(may_edit);
    setWidget(content);
    connect(m_view, &FocalView::point_picked, this, [this] { m_use_point->setChecked(true); });
    connect(m_apply, &QPushButton::clicked, this, &BulkPanel::apply);
    connect(m_pause, &QPushButton::clicked, this, &BulkPanel::pause_wanted);
    connect(m_resume, &QPushButton::clicked, this, &BulkPanel::resume_wanted);
    connect(m_take_down, &QPushButton::clicked, this, &BulkPanel::takedown_wanted);
}

void BulkPanel::show_selection(int photos, int paused, const models::Photo &first) {
    m_count->setText(tr("%1 photos selected").arg(photos));
    m_apply->setText(tr("Apply to %1 photos").arg(photos));
    m_pause->setText(counted(photos - paused, tr("Pause 1 photo…"), tr("Pause %1 photos…")));
    m_pause->setVisible(paused < photos);
    m_resume->setText(counted(paused, tr("Resume 1 photo…"), tr("Resume %1 photos…")));
    m_resume->setVisible(paused > 0);
    m_take_down->setText(tr("Take down %1 photos…").arg(photos));
    const auto picked = m_view->point();
    m_view->show_photo(first);
    if (m_use_point->isChecked()) {
        m_view->set_point(picked);
    }
}

void BulkPanel::set_busy(bool busy) {
    for (auto *button : {m_apply, m_pause, m_resume, m_take_down}) {
        button->setEnabled(!busy && m_may_edit);
    }
}

void BulkPanel::clear() {
    m_alt->clear();
    m_caption->clear();
    m_people->setValue(-1);
    m_use_point->setChecked(false);
    m_release->clear();
}

void BulkPanel::apply() {
    BulkChange change;
    change.alt = typed(m_alt);
    change.caption = typed(m_caption);
    if (m_use_point->isChecked()) {
        change.focal_point = m_view->point();
    }
    if (m_people->value() >= 0) {
        change.people = m_people->value();
    }
    if (!m_release->is_empty()) {
        change.release = m_release->release();
        if (!change.release) {
            return; // what is wrong stands beside the fields
        }
    }
    emit apply_wanted(change);
}

} // namespace studio::ui
