// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QLockFile>
#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>

namespace studio::ui {

// Keeps what was typed on the bookings page in a file that only this person may read, so that it outlives the
// program's end. Each form has a part of its own. Nothing typed: no file. Of two programs with the same login
// only the first keeps anything.
class TypedJournal final : public QObject {
    Q_OBJECT

public:
    explicit TypedJournal(QObject *parent = nullptr);
    ~TypedJournal() override;
    // Reads it. "" keeps nothing.
    void open(const QString &path);
    // Empty where the file has none, or cannot be read.
    QJsonObject part(const QString &name) const { return m_parts.value(name).toObject(); }
    // Written a second later; an empty part goes.
    void keep(const QString &name, const QJsonObject &part);
    // Now. False where something typed is in no file.
    bool flush();

signals:
    void failed(const QString &path);

private:
    bool write() const;

    QString m_path;
    std::unique_ptr<QLockFile> m_lock;
    QJsonObject m_parts;
    bool m_is_written = true;
    QTimer m_timer;
};

} // namespace studio::ui
