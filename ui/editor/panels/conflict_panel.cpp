// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/panels/conflict_panel.h"

#include "ui/editor/panels/scroll_column.h"
#include "ui/editor/pointer.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/style_sheet.h"

#include <QButtonGroup>
#include <QRadioButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace studio::ui {

QString value_words(const models::Json &value) {
    if (value.is_null() || (value.is_string() && value.get_ref<const std::string &>().empty())) {
        return ConflictPanel::tr("(empty)");
    }
    if (value.is_boolean()) {
        return value.get<bool>() ? ConflictPanel::tr("yes") : ConflictPanel::tr("no");
    }
    if (value.is_structured()) {
        return QString::fromStdString(value.dump(-1, ' ', false, models::Json::error_handler_t::replace))
            .left(240);
    }
    return text_of(value);
}

ConflictPanel::ConflictPanel(EditorSession &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_story(new QLabel(this)), m_lines(new QVBoxLayout),
      m_save(new QPushButton(tr("Save the merged draft"), this)) {
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
    connect(m_save, &QPushButton::clicked, this, &ConflictPanel::save);
}

void ConflictPanel::show_conflict(const SaveConflict &conflict) {
    m_conflict = conflict;
    qDeleteAll(m_choices);
    m_choices.clear();
    clear_lines(m_lines);
    const auto author = QString::fromStdString(conflict.theirs.summary.author);
    const auto clashes = static_cast<int>(conflict.merge.conflicts.size());
    m_story->setText(
        tr("%1 saved revision %2 while you were editing. Nothing of yours was saved or lost.\n\n%3")
            .arg(author)
            .arg(conflict.theirs.summary.number)
            .arg(clashes == 0
                     ? tr("Your edits and theirs touch different fields, so both are kept.")
                     : counted(clashes, tr("One field was changed by both. Choose which words stay."),
                               tr("%1 fields were changed by both. Choose for each."))));
    for (std::size_t i = 0; i < conflict.merge.conflicts.size(); ++i) {
        add_choice(conflict.merge.conflicts[i], i);
    }
    if (!conflict.their_changes.empty()) {
        QStringList changes;
        for (const auto &change : conflict.their_changes) {
            changes << QStringLiteral("• ") + change;
        }
        auto *list = new QLabel(tr("What %1 changed:\n%2").arg(author, changes.join(QLatin1Char('\n'))));
        list->setWordWrap(true);
        list->setTextFormat(Qt::PlainText);
        set_text_role(list, TextRole::Muted);
        m_lines->addWidget(list);
    }
    m_save->setFocus();
}

void ConflictPanel::add_choice(const models::MergeConflict &conflict, std::size_t index) {
    auto *card = new QFrame;
    set_card(card);
    auto *column = new QVBoxLayout(card);
    auto *group = new QButtonGroup(this);
    m_choices.append(group);
    models::Change change{models::ChangeKind::Changed, conflict.pointer, conflict.base, conflict.mine};
    const auto described = QString::fromStdString(
        models::describe(change, m_session.document().base(), m_session.document().documents()));
    auto *title = new QLabel(described.section(QStringLiteral(": "), 0, 0));
    set_text_role(title, TextRole::Section);
    column->addWidget(title);
    const auto add = [&](models::MergeSide side, const QString &who, const models::Json &value) {
        auto *button = new QRadioButton(tr("%1:").arg(who), card);
        button->setObjectName(QStringLiteral("choose:%1:%2")
                                  .arg(index)
                                  .arg(side == models::MergeSide::Mine ? "mine" : "theirs"));
        auto *words = new QLabel(value_words(value), card);
        words->setWordWrap(true);
        words->setTextFormat(Qt::PlainText);
        words->setContentsMargins(24, 0, 0, 0);
        button->setAccessibleName(who + QStringLiteral(": ") + words->text());
        group->addButton(button, static_cast<int>(side));
        column->addWidget(button);
        column->addWidget(words);
        button->setChecked(side == models::MergeSide::Mine);
    };
    add(models::MergeSide::Mine, tr("Yours"), conflict.mine);
    add(models::MergeSide::Theirs, QString::fromStdString(m_conflict->theirs.summary.author),
        conflict.theirs);
    m_lines->addWidget(card);
}

void ConflictPanel::save() {
    if (!m_conflict) {
        return;
    }
    std::vector<models::MergeSide> chosen;
    for (const auto *group : std::as_const(m_choices)) {
        chosen.push_back(static_cast<models::MergeSide>(group->checkedId()));
    }
    const auto conflict = *std::exchange(m_conflict, std::nullopt);
    emit settled();
    m_session.save_merged(conflict, chosen);
}

} // namespace studio::ui
