// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/forms/form_parts.h"

#include <QFrame>
#include <QPushButton>

class QLabel;

namespace studio::ui {

class ListRow;

// What a list editor edits: a list in a document, or an object whose keys have an order.
struct ListSource {
    QString pointer; // pointer of the list or object
    std::function<int()> count;
    std::function<QString(int)> element; // pointer of an element
    std::function<void(int, int)> move;
    std::function<void(int)> remove;
    std::function<QString(int)> title; // title of an element's closed row; "" for none
};

// Shows the elements of a list as rows; each row opens to show its fields. Rows are reordered by dragging the
// handle or with Alt+Up and Alt+Down.
class ListEditor final : public QWidget {
    Q_OBJECT

public:
    // Creates the fields of the element at a pointer.
    using Build = std::function<void(const QString &element, QVBoxLayout *column)>;

    ListEditor(const FormParts &parts, ListSource source, const QString &what, Build build,
               QWidget *parent = nullptr);

    // `add` creates the element; its row is then opened and its first field gets the focus.
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
    int row_with_focus() const;
    void focus_row(int index);

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
    int m_moved_to = -1; // the row whose handle keeps moving it
    QPushButton *m_add = nullptr;
};

// A list in a document. An element's title is the value of the first of `title_keys` that it has.
ListSource array_source(DraftDocument &document, const QString &pointer, const QStringList &title_keys,
                        const QString &what);
// An object whose keys are the elements, such as socialMedia.
ListSource keys_source(DraftDocument &document, const QString &pointer,
                       const std::function<QString(const QString &)> &name, const QString &what);

} // namespace studio::ui
