// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>
#include <QToolButton>
#include <QVBoxLayout>

namespace studio::ui {

class ListEditor;
class ElidedLabel;

// One row of a ListEditor: handle, title, a button to remove it, and the element's fields while it is open.
class ListRow final : public QFrame {
    Q_OBJECT

public:
    ListRow(ListEditor &editor, const QString &pointer, int index, const QString &title);

    void set_title(const QString &title);
    void set_open(bool open);
    void set_read_only(bool read_only);
    void focus_handle() { m_handle->setFocus(); }
    void focus_head() { m_head->setFocus(); }
    QVBoxLayout *body() const { return m_body; }
    bool is_empty() const { return m_body->isEmpty(); }

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    ListEditor &m_editor;
    int m_index;
    QToolButton *m_handle;
    QToolButton *m_head;
    QToolButton *m_remove;
    QWidget *m_holder;
    QVBoxLayout *m_body;
    bool m_dragging = false;
};

} // namespace studio::ui
