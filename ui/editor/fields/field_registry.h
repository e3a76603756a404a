// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/draft/draft_document.h"

#include <QHash>
#include <QObject>

#include <functional>

namespace studio::ui {

class Field;

// All existing fields by pointer. Refreshes them when the document changes, passes validation messages on to
// them, and finds the field of a pointer, opening the sections and rows that hide it.
class FieldRegistry final : public QObject {
    Q_OBJECT

public:
    explicit FieldRegistry(DraftDocument &document, QObject *parent = nullptr);

    void add(Field *field);
    void remove(Field *field);
    // Registers `reveal`, which creates the fields below `pointer` when one of them is needed. Removed with
    // `owner`.
    void add_revealer(QObject *owner, const QString &pointer, std::function<void(const QString &)> reveal);

    Field *find(const QString &pointer)
        const; // the field of the pointer, else of the nearest enclosing one, else of one below it
    // Opens what hides the field, scrolls to it and gives it the focus. False where no field belongs to the
    // pointer.
    bool focus(const QString &pointer);

    // Puts unconfirmed text of all fields into the document; to be called before a save.
    void settle();

signals:
    // The field got the focus: the scroll area around it should make it visible.
    void shown(studio::ui::Field *field);

private:
    void refresh(const QString &pointer);
    void hand_out_issues();
    void hand_out_issues(Field *field);
    void reveal(const QString &pointer);

    struct Revealer {
        QString pointer;
        std::function<void(const QString &)> reveal;
    };

    DraftDocument &m_document;
    QList<Field *> m_fields;
    QHash<QObject *, QList<Revealer>> m_revealers;
};

} // namespace studio::ui
