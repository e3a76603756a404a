// SPDX-License-Identifier: Apache-2.0
#include "ui/photos/people_editor.h"

#include "ui/photos/release_fields.h"
#include "ui/photos/release_list.h"
#include "ui/widgets/style_sheet.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <utility>

namespace studio::ui {

namespace {
constexpr int most_people = 50;
}

PeopleEditor::PeopleEditor(const QString &name, QWidget *parent)
    : QWidget(parent), m_count(new QSpinBox(this)), m_state(new QLabel(this)),
      m_releases(new ReleaseList(name, true, this)), m_fields(new ReleaseFields(name, this)),
      m_record(new QPushButton(tr("Record this release"), this)) {
    setObjectName(name);
    auto *question = new QLabel(tr("How many people can be recognised?"), this);
    question->setBuddy(m_count);
    question->setWordWrap(true);
    m_count->setObjectName(name + QStringLiteral(".count"));
    m_count->setAccessibleName(question->text());
    m_count->setRange(-1, most_people);
    m_count->setSpecialValueText(tr("Not said yet"));
    m_count->setKeyboardTracking(false);
    m_count->setToolTip(tr("0 where nobody can be recognised: the photo then needs one release, hers."));
    m_state->setObjectName(name + QStringLiteral(".state"));
    m_state->setWordWrap(true);
    m_state->setTextFormat(Qt::PlainText);
    set_text_role(m_state, TextRole::Muted);
    m_record->setObjectName(name + QStringLiteral(".record"));
    auto *first = new QHBoxLayout;
    first->addWidget(question, 1);
    first->addWidget(m_count);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 0, 0, 8);
    column->setSpacing(8);
    column->addLayout(first);
    column->addWidget(m_state);
    column->addWidget(m_releases);
    column->addWidget(m_fields);
    column->addWidget(m_record, 0, Qt::AlignLeft);
    connect(m_count, &QSpinBox::valueChanged, this, [this](int people) {
        if (people >= 0) {
            emit people_said(people, std::exchange(m_seen, people));
        }
    });
    connect(m_releases, &ReleaseList::withdrawn, this, &PeopleEditor::withdrawn);
    connect(m_record, &QPushButton::clicked, this, [this] {
        if (const auto release = m_fields->release()) {
            emit release_given(*release);
        }
    });
}

void PeopleEditor::show_photo(const QString &key, const QString &title, const ReleaseState &state,
                              const std::vector<db::PhotoRelease> &releases, std::optional<int> people,
                              bool in_library) {
    if (std::exchange(m_key, key) != key) {
        m_fields->clear();
    }
    const QSignalBlocker quiet(m_count);
    m_count->setValue(people.value_or(-1));
    m_count->setEnabled(in_library);
    m_state->setText(
        in_library
            ? state_words(state)
            : tr("%1. Add the photo again to record how many people it shows.").arg(state_words(state)));
    m_seen = people;
    m_releases->show_releases(key, title, releases);
}

void PeopleEditor::clear_fields() {
    m_fields->clear();
}

} // namespace studio::ui
