// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/bookings/decision_draft.h"

#include <QHash>
#include <QLockFile>
#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>

namespace studio::ui {

// A note that was typed and is not stored, and whom it is about.
struct TypedNote {
    QString client, text;
    bool operator==(const TypedNote &) const = default;
};

// What was typed about bookings, by the booking's id.
struct TypedWords {
    QHash<QString, TypedNote> notes;
    QHash<QString, DecisionDraft> decisions;
    bool is_empty() const { return notes.isEmpty() && decisions.isEmpty(); }
    bool operator==(const TypedWords &) const = default;
};

// Keeps it in a file that only this person may read, so that it outlives the program's end. Nothing typed:
// no file. Of two programs with the same login only the first keeps anything.
class TypedJournal final : public QObject {
    Q_OBJECT

public:
    // "" keeps nothing.
    explicit TypedJournal(QObject *parent = nullptr);
    ~TypedJournal() override;
    // What the file has; nothing where it cannot be read.
    TypedWords open(const QString &path);
    // Written a second later.
    void keep(const TypedWords &words);
    // Now. False where something typed is in no file.
    bool flush();

signals:
    void failed(const QString &path);

private:
    bool write() const;

    QString m_path;
    std::unique_ptr<QLockFile> m_lock;
    TypedWords m_words;
    bool m_is_written = true;
    QTimer m_timer;
};

} // namespace studio::ui
