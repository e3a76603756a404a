// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/fields/words_field.h"

#include "ui/editor/draft/pointer.h"
#include "ui/widgets/boxed_list.h"

#include <QKeyEvent>
#include <QSignalBlocker>

#include <algorithm>

namespace studio::ui {

WordsField::WordsField(DraftDocument &document, FieldRegistry &registry, const QString &pointer,
                       const QString &label, const QString &placeholder, QWidget *parent)
    : Field(document, registry, pointer, label, parent), m_line(new QLineEdit(this)),
      m_list(new QListWidget(this)) {
    m_line->setPlaceholderText(placeholder);
    set_editor(m_line);
    set_boxed(m_list);
    m_list->setObjectName(QStringLiteral("words:") + pointer);
    m_list->setAccessibleName(label);
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setDefaultDropAction(Qt::MoveAction);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->installEventFilter(this);
    column()->insertWidget(2, m_list);
    refresh();
    connect(m_line, &QLineEdit::editingFinished, this,
            &WordsField::add); // emitted on Enter and when the focus moves to another field
    connect(m_list, &QListWidget::itemChanged, this, &WordsField::commit_list);
    connect(m_list->model(), &QAbstractItemModel::rowsMoved, this, &WordsField::commit_list);
}

QStringList WordsField::words() const {
    QStringList all;
    for (int i = 0; i < m_list->count(); ++i) {
        const auto word = m_list->item(i)->text().trimmed();
        if (!word.isEmpty()) {
            all << word;
        }
    }
    return all;
}

// Adds what was typed; several texts separated by commas, as after pasting a list, are added one by one.
void WordsField::add() {
    if (m_line->text().trimmed().isEmpty()) {
        m_line->clear();
        return;
    }
    const auto typed = m_line->text().split(QLatin1Char(','), Qt::SkipEmptyParts);
    auto all = words();
    for (const auto &word : typed) {
        if (!word.trimmed().isEmpty() && !all.contains(word.trimmed(), Qt::CaseInsensitive)) {
            all << word.trimmed();
        }
    }
    m_line->clear();
    models::Json list = models::Json::array();
    std::for_each(all.begin(), all.end(), [&list](const auto &word) { list.push_back(word.toStdString()); });
    commit(list);
}

void WordsField::commit_list() {
    models::Json list = models::Json::array();
    for (const auto &word : words()) {
        list.push_back(word.toStdString());
    }
    commit(list);
}

void WordsField::refresh() {
    QStringList now;
    const auto list = value();
    if (list.is_array()) {
        std::for_each(list.begin(), list.end(), [&now](const auto &word) { now << text_of(word); });
    }
    if (now != words() || m_list->count() != now.size()) {
        const QSignalBlocker quiet(m_list);
        const int row = m_list->currentRow();
        m_list->clear();
        for (const auto &word : now) {
            auto *item = new QListWidgetItem(word, m_list);
            item->setFlags((item->flags() | Qt::ItemIsEditable) & ~Qt::ItemIsDropEnabled);
        }
        m_list->setCurrentRow(std::min(row, m_list->count() - 1));
    }
    m_list->setVisible(!now.isEmpty());
    const auto rows = std::clamp(static_cast<int>(now.size()), 1, 6);
    m_list->setFixedHeight(rows * std::max(26, m_list->sizeHintForRow(0)) + 10);
}

bool WordsField::eventFilter(QObject *watched, QEvent *event) {
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (handle_key(key->key(), key->modifiers())) {
            return true;
        }
    }
    return Field::eventFilter(watched, event);
}

bool WordsField::handle_key(int key, Qt::KeyboardModifiers modifiers) {
    const int row = m_list->currentRow();
    if (row < 0) {
        return false;
    }
    if (key == Qt::Key_Delete || key == Qt::Key_Backspace) {
        delete m_list->takeItem(row);
        commit_list();
        return true;
    }
    const int to = key == Qt::Key_Up ? row - 1 : (key == Qt::Key_Down ? row + 1 : -1);
    if (!(modifiers & Qt::AltModifier) || to < 0 || to >= m_list->count()) {
        return false;
    }
    m_list->insertItem(to, m_list->takeItem(row));
    m_list->setCurrentRow(to);
    commit_list();
    return true;
}

} // namespace studio::ui
