// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/fields/field.h"

#include <QLineEdit>
#include <QListWidget>

namespace studio::ui {

// A list of short texts (cities, keywords): type and press Enter to add, double-click to change, Delete to
// remove, drag or Alt+Up and Alt+Down to reorder.
class WordsField final : public Field {
    Q_OBJECT

public:
    WordsField(DraftDocument &document, FieldRegistry &registry, const QString &pointer, const QString &label,
               const QString &placeholder, QWidget *parent = nullptr);
    void refresh() override;
    void settle() override { add(); }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void add();
    void commit_list();
    bool handle_key(int key, Qt::KeyboardModifiers modifiers);
    QStringList words() const;

    QLineEdit *m_line;
    QListWidget *m_list;
};

} // namespace studio::ui
