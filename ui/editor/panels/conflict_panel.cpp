// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/panels/conflict_panel.h"

#include "models/editing/describe_change.h"
#include "ui/editor/draft/pointer.h"
#include "ui/editor/panels/scroll_column.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/words.h"

#include <QButtonGroup>
#include <QRadioButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace studio::ui {

QString value_label(const models::Json &value) {
    if (value.is_null() || (value.is_string() && value.get_ref<const std::string &>().empty())) {
        return ConflictPanel::tr("(empty)");
    }
    if (value.is_boolean()) {
        return value.get<bool>() ? ConflictPanel::tr("yes") : ConflictPanel::tr("no");
    }
    if (value.is_structured()) {
        return shortened(
            QString::fromStdString(value.dump(-1, ' ', false, models::Json::error_handler_t::replace)), 240);
    }
    return text_of(value);
}

ConflictPanel::ConflictPanel(EditorSession &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_story(new QLabel(this)), m_lines(new QVBoxLayout),
      m_save(new QPushButton(tr("Save merged draft"), this)) {
    build_layout();
    connect(m_save, &QPushButton::clicked, this, &ConflictPanel::save);
    connect(&m_session.document(), &DraftDocument::changed, this, &ConflictPanel::follow_draft);
    connect(&m_session, &EditorSession::saved, this, &ConflictPanel::forget);
    connect(&m_session, &EditorSession::state_changed, this, [this] {
        if (m_session.state() != EditorSession::State::Ready) {
            forget();
        }
    });
}

void ConflictPanel::build_layout() {
    setObjectName(QStringLiteral("conflict-panel"));
    m_save->setObjectName(QStringLiteral("save-merged"));
    set_button_role(m_save, ButtonRole::Primary);
    m_story->setWordWrap(true);
    m_story->setObjectName(QStringLiteral("conflict-story"));
    m_lines->setSpacing(12);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(m_story);
    column->addWidget(scroll_column(m_lines, this), 1);
    column->addWidget(m_save);
}

void ConflictPanel::show_conflict(const SaveConflict &conflict) {
    const bool first = !m_conflict;
    const auto answered = choices();
    const auto asked = std::exchange(m_questions, {});
    m_conflict = conflict;
    m_saving = false;
    clear_lines(m_lines);
    m_story->setText(story());
    for (const auto &open : conflict.merge.conflicts) {
        const auto before = std::find_if(answered.begin(), answered.end(), [&open](const auto &one) {
            return same_conflict(one.conflict, open);
        });
        const bool seen = first || std::any_of(asked.begin(), asked.end(), [&open](const auto &one) {
                              return same_conflict(one.conflict, open);
                          });
        add_question(open, before == answered.end() ? std::nullopt : std::optional(before->side), !seen);
    }
    for (const auto &old : asked) {
        old.answer->deleteLater();
    }
    add_their_changes();
    show_save();
    if (first) {
        focus_first();
    }
}

// Gives the focus to the first unanswered question, or to the button if there is none.
void ConflictPanel::focus_first() {
    if (m_questions.isEmpty()) {
        m_save->setFocus();
    } else {
        m_questions.first().answer->buttons().first()->setFocus();
    }
}

QString ConflictPanel::story() const {
    const auto clashes = static_cast<int>(m_conflict->merge.conflicts.size());
    return tr("%1 saved revision %2 while you were editing. Your edits are safe but not yet saved.\n\n%3")
        .arg(author_label(m_conflict->theirs.summary.author))
        .arg(m_conflict->theirs.summary.number)
        .arg(clashes == 0 ? tr("Your edits and theirs touch different fields, so both are kept.")
                          : counted(clashes, tr("You both changed one field. Choose a version."),
                                    tr("You both changed %1 fields. Choose a version for each.")));
}

void ConflictPanel::add_their_changes() {
    if (m_conflict->their_changes.empty()) {
        return;
    }
    QStringList changes;
    for (const auto &change : m_conflict->their_changes) {
        changes << QStringLiteral("• ") + change;
    }
    auto *list = new QLabel(
        tr("What %1 changed:\n%2")
            .arg(author_label(m_conflict->theirs.summary.author), changes.join(QLatin1Char('\n'))));
    list->setWordWrap(true);
    list->setTextFormat(Qt::PlainText);
    set_text_role(list, TextRole::Muted);
    m_lines->addWidget(list);
}

void ConflictPanel::add_question(const models::MergeConflict &conflict, std::optional<models::MergeSide> side,
                                 bool is_new) {
    const auto index = m_questions.size();
    auto *card = new QFrame;
    set_card(card);
    auto *column = new QVBoxLayout(card);
    auto *group = new QButtonGroup(this);
    m_questions.append({conflict, group});
    models::Change change{models::ChangeKind::Changed, conflict.pointer, conflict.base, conflict.mine};
    const auto described = QString::fromStdString(
        models::describe(change, m_session.document().base(), m_session.document().documents()));
    const auto field = described.section(QStringLiteral(": "), 0, 0);
    auto *title = new QLabel(is_new ? tr("%1 (just changed, choose a version)").arg(field) : field);
    title->setWordWrap(true);
    set_text_role(title, TextRole::Section);
    column->addWidget(title);
    const auto add = [&](models::MergeSide which, const QString &who, const models::Json &value) {
        auto *button = new QRadioButton(tr("%1:").arg(who), card);
        button->setObjectName(QStringLiteral("choose:%1:%2")
                                  .arg(index)
                                  .arg(which == models::MergeSide::Mine ? "mine" : "theirs"));
        auto *words = new QLabel(value_label(value), card);
        words->setWordWrap(true);
        words->setTextFormat(Qt::PlainText);
        words->setContentsMargins(24, 0, 0, 0);
        button->setAccessibleName(field + QStringLiteral(", ") + who + QStringLiteral(": ") + words->text());
        group->addButton(button, static_cast<int>(which));
        column->addWidget(button);
        column->addWidget(words);
        button->setChecked(side == which);
    };
    add(models::MergeSide::Mine, tr("Yours"), conflict.mine);
    add(models::MergeSide::Theirs, author_label(m_conflict->theirs.summary.author), conflict.theirs);
    connect(group, &QButtonGroup::idClicked, this, &ConflictPanel::show_save);
    m_lines->addWidget(card);
}

// The draft can be edited while this panel is open, so the questions follow it.
void ConflictPanel::follow_draft() {
    if (!m_conflict || m_saving || m_session.state() != EditorSession::State::Ready) {
        return;
    }
    const auto now = m_session.conflict_with(m_conflict->theirs);
    const bool same = std::equal(
        now.merge.conflicts.begin(), now.merge.conflicts.end(), m_questions.begin(), m_questions.end(),
        [](const auto &open, const auto &question) { return same_conflict(open, question.conflict); });
    if (!same) {
        show_conflict(now);
    }
}

void ConflictPanel::show_save() {
    const bool answered = std::all_of(m_questions.begin(), m_questions.end(),
                                      [](const auto &one) { return one.answer->checkedId() >= 0; });
    m_save->setEnabled(answered);
    m_save->setToolTip(answered ? QString() : tr("Choose a version for every field first."));
}

std::vector<ConflictChoice> ConflictPanel::choices() const {
    std::vector<ConflictChoice> all;
    for (const auto &question : m_questions) {
        if (const int id = question.answer->checkedId(); id >= 0) {
            all.push_back({question.conflict, static_cast<models::MergeSide>(id)});
        }
    }
    return all;
}

void ConflictPanel::forget() {
    m_saving = false;
    m_conflict.reset();
    for (const auto &question : std::exchange(m_questions, {})) {
        question.answer->deleteLater();
    }
    clear_lines(m_lines);
}

void ConflictPanel::save() {
    if (!m_conflict) {
        return;
    }
    m_saving = true;
    emit settled();
    m_session.save_merged(m_conflict->theirs, choices());
}

} // namespace studio::ui
