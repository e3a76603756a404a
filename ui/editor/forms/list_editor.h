// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/forms/form_parts.h"

#include <QFrame>
#include <QPushButton>

class QLabel;

namespace studio::ui {

class ListRow;

// What a list editor edits: a list in a document, or an object whose keys are in an order.
struct ListSource {
    QString pointer; // of the list or object
    std::function<int()> count;
    std::function<QString(int)> element; // pointer of one
    std::function<void(int, int)> move;
    std::function<void(int)> remove;
    std::function<QString(int)> title; // what names an element in the closed row; "" where nothing does
};

// Elements of a list of objects below each other; each opens to its fields. Order by dragging the handle or
// with Alt+Up and Alt+Down.
class ListEditor final : public QWidget {
    Q_OBJECT

public:
    // Makes the fields of the element at a pointer.
    using Build = std::function<void(const QString &element, QVBoxLayout *column)>;

    ListEditor(const FormParts &parts, ListSource source, const QString &what, Build build,
               QWidget *parent = nullptr);

    // `add` makes the element; it is then opened and its first field gets the cursor.
    QPushButton *add_button(const QString &text, std::function<void()> add);
    void set_empty_text(const QString &text);
    void open(int index);
    int opened() const { return m_open; }
    void move(int from, int to);
    void remove(int index);

private:
    friend class ListRow;
    void rebuild_soon();
    void rebuild();
    void refresh_titles();
    void show_problem();
    void drag_to(ListRow *row, int y);
    void drop(ListRow *row, int y);
    int index_at(int y) const;

    FormParts m_parts;
    ListSource m_source;
    QString m_what;
    Build m_build;
    QVBoxLayout *m_column;
    QVBoxLayout *m_rows_column;
    QLabel *m_empty;
    QLabel *m_problem; // of the list itself: too many elements
    QFrame *m_drop_line;
    QList<ListRow *> m_rows;
    int m_open = -1;
    bool m_rebuild_asked = false;
    bool m_focus_opened = false;
};

// A list in a document. `title_keys`: the first of them that an element has names it.
ListSource array_source(DraftDocument &document, const QString &pointer, const QStringList &title_keys,
                        const QString &what);
// An object whose keys are the elements, such as socialMedia.
ListSource keys_source(DraftDocument &document, const QString &pointer,
                       const std::function<QString(const QString &)> &name, const QString &what);

} // namespace studio::ui
