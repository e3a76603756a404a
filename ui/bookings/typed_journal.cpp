// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/typed_journal.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>

namespace studio::ui {

namespace {
constexpr int write_after_ms = 1000;
}

TypedJournal::TypedJournal(QObject *parent) : QObject(parent) {
    m_timer.setSingleShot(true);
    m_timer.setInterval(write_after_ms);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (!flush() && !m_path.isEmpty()) {
            emit failed(m_path);
        }
    });
}

TypedJournal::~TypedJournal() {
    flush();
}

void TypedJournal::open(const QString &path) {
    if (path.isEmpty() || !QDir().mkpath(QFileInfo(path).path())) {
        return;
    }
    m_lock = std::make_unique<QLockFile>(path + QStringLiteral(".lock"));
    m_lock->setStaleLockTime(0); // it is held for as long as the program runs
    if (!m_lock->tryLock()) {
        return;
    }
    m_path = path;
    QFile file(path);
    if (file.open(QIODevice::ReadOnly)) {
        m_parts = QJsonDocument::fromJson(file.readAll()).object();
    }
}

void TypedJournal::keep(const QString &name, const QJsonObject &part) {
    if (part == this->part(name)) {
        return;
    }
    if (part.isEmpty()) {
        m_parts.remove(name);
    } else {
        m_parts.insert(name, part);
    }
    m_is_written = false;
    if (!m_timer.isActive()) {
        m_timer.start();
    }
}

bool TypedJournal::flush() {
    m_timer.stop();
    m_is_written = m_is_written || write();
    return m_is_written;
}

bool TypedJournal::write() const {
    if (m_parts.isEmpty()) {
        return m_path.isEmpty() || !QFile::exists(m_path) || QFile::remove(m_path);
    }
    if (m_path.isEmpty()) {
        return false;
    }
    QSaveFile file(m_path);
    const auto text = QJsonDocument(m_parts).toJson();
    return file.open(QIODevice::WriteOnly) &&
           file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
           file.write(text) == text.size() && file.commit();
}

} // namespace studio::ui
