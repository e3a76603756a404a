// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/forms/list_editor.h"

#include "ui/editor/draft/pointer.h"
#include "ui/editor/fields/field.h"
#include "ui/editor/forms/list_row.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/style_sheet.h"

#include <QApplication>
#include <QVBoxLayout>

#include <algorithm>

namespace studio::ui {

ListEditor::ListEditor(const FormParts &parts, ListSource source, const QString &what, Build build,
                       QWidget *parent)
    : QWidget(parent), m_parts(parts), m_source(std::move(source)), m_what(what), m_build(std::move(build)),
      m_column(new QVBoxLayout(this)), m_rows_column(new QVBoxLayout), m_empty(new QLabel(this)),
      m_problem(new QLabel(this)), m_drop_line(new QFrame(this)) {
    setObjectName(QStringLiteral("list:") + m_source.pointer);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(8);
    m_rows_column->setSpacing(6);
    m_column->addWidget(m_empty);
    m_column->addLayout(m_rows_column);
    m_column->addWidget(m_problem);
    m_problem->setObjectName(QStringLiteral("message:") + m_source.pointer);
    m_problem->setWordWrap(true);
    set_text_role(m_problem, TextRole::Negative);
    m_empty->setWordWrap(true);
    set_text_role(m_empty, TextRole::Muted);
    m_drop_line->setObjectName(QStringLiteral("drop-line"));
    m_drop_line->setAutoFillBackground(true);
    m_drop_line->setBackgroundRole(QPalette::Highlight);
    m_drop_line->hide();
    rebuild();
    show_problem();
    connect(&m_parts.document, &DraftDocument::issues_changed, this, &ListEditor::show_problem);
    connect(&m_parts.document, &DraftDocument::read_only_changed, this, &ListEditor::rebuild_soon);
    // Only list_changed needs new rows: a change within an element is shown by the element's own fields.
    connect(&m_parts.document, &DraftDocument::list_changed, this, [this](const QString &list) {
        if (is_within(m_source.pointer, list) || parent_of(list) == m_source.pointer) {
            rebuild_soon();
        }
    });
    connect(&m_parts.document, &DraftDocument::changed, this, [this](const QString &pointer) {
        if (pointer.isEmpty() ||
            (are_related(m_source.pointer, pointer) && m_source.count() != m_rows.size())) {
            rebuild_soon();
        } else if (is_within(pointer, m_source.pointer)) {
            refresh_titles();
        }
    });
    m_parts.registry.add_revealer(this, m_source.pointer, [this](const QString &pointer) {
        if (m_rebuild_asked) {
            rebuild();
        }
        for (int i = 0; i < m_rows.size(); ++i) {
            if (is_within(pointer, m_source.element(i))) {
                open(i);
            }
        }
    });
}

QPushButton *ListEditor::add_button(const QString &text, std::function<void()> add) {
    auto *button = new QPushButton(line_icon(QStringLiteral("plus")), text, this);
    button->setObjectName(QStringLiteral("add:") + m_source.pointer);
    m_add = button;
    m_column->addWidget(button, 0, Qt::AlignLeft);
    button->setEnabled(!m_parts.document.read_only());
    connect(&m_parts.document, &DraftDocument::read_only_changed, button, &QWidget::setDisabled);
    connect(button, &QPushButton::clicked, this, [this, add = std::move(add)] {
        m_open = m_source.count();
        m_focus_opened = true;
        add();
        rebuild_soon();
    });
    return button;
}

void ListEditor::set_empty_text(const QString &text) {
    m_empty->setText(text);
}

// Rebuilds from the event loop, because the row may contain the button whose click is being handled.
void ListEditor::rebuild_soon() {
    if (!m_rebuild_asked) {
        m_rebuild_asked = true;
        QMetaObject::invokeMethod(this, &ListEditor::rebuild, Qt::QueuedConnection);
    }
}

void ListEditor::rebuild() {
    m_rebuild_asked = false;
    const int focused = row_with_focus();
    if (focused >= 0) {
        setFocus(); // without a focused widget the window's shortcuts would not work
    }
    qDeleteAll(m_rows);
    m_rows.clear();
    const int count = m_source.count();
    for (int i = 0; i < count; ++i) {
        auto *row = new ListRow(*this, m_source.element(i), i, {});
        row->set_read_only(m_parts.document.read_only());
        m_rows.append(row);
        m_rows_column->addWidget(row);
    }
    refresh_titles();
    m_empty->setVisible(count == 0 && !m_empty->text().isEmpty());
    const int opened = std::exchange(m_open, -1);
    open(opened < count ? opened : -1);
    if (std::exchange(m_focus_opened, false) && m_open >= 0) {
        m_parts.registry.focus(m_source.element(m_open));
    }
    if (focused >= 0 && hasFocus()) {
        focus_row(focused);
    }
    m_moved_to = -1;
}

// The index of the row with the focus; -1 for none.
int ListEditor::row_with_focus() const {
    const auto *focus = QApplication::focusWidget();
    const auto found = std::ranges::find_if(m_rows, [focus](const ListRow *row) {
        return focus != nullptr && (row == focus || row->isAncestorOf(focus));
    });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

// Gives the focus to the row that was moved, else to the row at the index or the last one, else to the button
// that adds one.
void ListEditor::focus_row(int index) {
    if (m_moved_to >= 0 && m_moved_to < m_rows.size()) {
        m_rows[m_moved_to]->focus_handle();
    } else if (!m_rows.isEmpty()) {
        m_rows[std::min(index, static_cast<int>(m_rows.size()) - 1)]->focus_head();
    } else if (m_add != nullptr) {
        m_add->setFocus();
    }
}

void ListEditor::refresh_titles() {
    for (int i = 0; i < m_rows.size() && i < m_source.count(); ++i) {
        const auto title = m_source.title(i);
        m_rows[i]->set_title(title.isEmpty() ? tr("%1 %2").arg(m_what).arg(i + 1) : title);
    }
}

void ListEditor::show_problem() {
    QStringList problems;
    for (const auto &issue : m_parts.document.issues()) {
        if (QString::fromStdString(issue.pointer) == m_source.pointer) {
            problems << QString::fromStdString(issue.message);
        }
    }
    m_problem->setText(problems.join(QLatin1Char('\n')));
    m_problem->setVisible(!problems.isEmpty());
}

void ListEditor::open(int index) {
    m_open = index;
    for (int i = 0; i < m_rows.size(); ++i) {
        if (i == index && m_rows[i]->is_empty()) {
            m_build(m_source.element(i), m_rows[i]->body());
        }
        m_rows[i]->set_open(i == index);
    }
}

void ListEditor::move(int from, int to) {
    if (from == to || to < 0 || to >= m_source.count()) {
        return;
    }
    if (m_open == from) {
        m_open = to;
        m_focus_opened = true;
    } else {
        m_open = -1;
    }
    m_moved_to = to;
    m_source.move(from, to);
    rebuild_soon();
}

void ListEditor::remove(int index) {
    m_open = -1;
    m_source.remove(index);
    rebuild_soon();
}

int ListEditor::index_at(int y) const {
    int index = 0;
    while (index < m_rows.size() && m_rows[index]->geometry().center().y() < y) {
        ++index;
    }
    return index;
}

void ListEditor::drag_to(ListRow *row, int y) {
    const int index = index_at(y);
    const int line = index < m_rows.size() ? m_rows[index]->y() - 4 : m_rows.last()->geometry().bottom() + 2;
    m_drop_line->setGeometry(row->x(), line, row->width(), 2);
    m_drop_line->raise();
    m_drop_line->show();
}

void ListEditor::drop(ListRow *row, int y) {
    m_drop_line->hide();
    const int from = static_cast<int>(m_rows.indexOf(row));
    const int before = index_at(y);
    move(from, before > from ? before - 1 : before);
}

ListSource array_source(DraftDocument &document, const QString &pointer, const QStringList &title_keys,
                        const QString &what) {
    ListSource source;
    source.pointer = pointer;
    source.count = [&document, pointer] { return static_cast<int>(document.size(pointer)); };
    source.element = [pointer](int index) { return child(pointer, static_cast<std::size_t>(index)); };
    source.move = [&document, pointer, what](int from, int to) {
        document.move(pointer, static_cast<std::size_t>(from), static_cast<std::size_t>(to),
                      ListEditor::tr("Move %1").arg(what));
    };
    source.remove = [&document, pointer, what](int index) {
        document.remove(child(pointer, static_cast<std::size_t>(index)),
                        ListEditor::tr("Remove %1").arg(what));
    };
    source.title = [&document, pointer, title_keys](int index) {
        for (const auto &key : title_keys) {
            const auto text = document.text(child(child(pointer, static_cast<std::size_t>(index)), key));
            if (!text.trimmed().isEmpty()) {
                return text.simplified();
            }
        }
        return QString();
    };
    return source;
}

namespace {

QStringList keys_of(const models::Json &object) {
    QStringList keys;
    if (object.is_object()) {
        for (const auto &item : object.items()) {
            keys << QString::fromStdString(item.key());
        }
    }
    return keys;
}

} // namespace

ListSource keys_source(DraftDocument &document, const QString &pointer,
                       const std::function<QString(const QString &)> &name, const QString &what) {
    ListSource source;
    const auto keys = [&document, pointer] { return keys_of(document.value(pointer)); };
    source.pointer = pointer;
    source.count = [keys] { return static_cast<int>(keys().size()); };
    source.element = [keys, pointer](int index) { return child(pointer, keys().value(index)); };
    source.move = [&document, pointer, keys, what](int from, int to) {
        auto order = keys();
        order.move(from, to);
        const auto before = document.value(pointer);
        auto after = models::Json::object();
        for (const auto &key : order) {
            after[key.toStdString()] = before[key.toStdString()];
        }
        document.set(pointer, after, ListEditor::tr("Move %1").arg(what));
    };
    source.remove = [&document, pointer, keys, what](int index) {
        document.remove(child(pointer, keys().value(index)), ListEditor::tr("Remove %1").arg(what));
    };
    source.title = [&document, pointer, keys, name](int index) {
        const auto key = keys().value(index);
        const auto value = document.text(child(pointer, key));
        return value.isEmpty() ? name(key) : name(key) + QStringLiteral(" · ") + value;
    };
    return source;
}

} // namespace studio::ui
