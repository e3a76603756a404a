// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/draft/draft_document.h"

#include <QHash>
#include <QObject>

#include <functional>

namespace studio::ui {

class Field;

// All fields that exist, by pointer: keeps them showing the document, hands out validation messages, and
// finds the one that belongs to a pointer, opening what hides it.
class FieldRegistry final : public QObject {
    Q_OBJECT

public:
    explicit FieldRegistry(DraftDocument &document, QObject *parent = nullptr);

    void add(Field *field);
    void remove(Field *field);
    // Where fields below `pointer` appear only once they are asked for: `reveal` makes them. Ends with
    // `owner`.
    void add_revealer(QObject *owner, const QString &pointer, std::function<void(const QString &)> reveal);

    Field *
    find(const QString &pointer) const; // exact, else of the nearest enclosing pointer, else of one below it
    // Opens what hides the field, scrolls to it and puts the cursor in. False where no field belongs to the
    // pointer.
    bool focus(const QString &pointer);

    // Before a save: nothing that was typed is left out.
    void settle();

signals:
    // The field is to be made visible by whoever scrolls.
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
