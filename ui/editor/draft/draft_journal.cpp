// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/draft/draft_journal.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QUrl>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int write_delay_ms = 500;
constexpr int max_programs = 16; // programs on one machine that may have the same tenant open

QString encoded(const QString &text) {
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

QByteArray bytes_of(const JournalEntry &entry) {
    models::Json json;
    json["base"] = entry.base_number;
    json["writtenAt"] = entry.written_at.toUTC().toString(Qt::ISODateWithMs).toStdString();
    json["pendingKey"] = entry.pending_key;
    json["theme"] = entry.documents.theme;
    json["content"] = entry.documents.content;
    json["photos"] = entry.documents.photos;
    return QByteArray::fromStdString(json.dump(-1, ' ', false, models::Json::error_handler_t::replace));
}

// Returns what went wrong, or "" on success.
QString write_file(const QString &name, const QByteArray &bytes) {
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly)) {
        return file.errorString();
    }
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (file.write(bytes) != bytes.size() || !file.commit()) {
        return file.errorString();
    }
    return {};
}

} // namespace

DraftJournal::DraftJournal(const QString &directory, const QString &login, QObject *parent)
    : QObject(parent), m_directory(directory), m_login(login) {
    m_pool.setMaxThreadCount(1);
    m_timer.setSingleShot(true);
    m_timer.setInterval(write_delay_ms);
    connect(&m_timer, &QTimer::timeout, this, &DraftJournal::write);
}

DraftJournal::~DraftJournal() {
    close();
}

void DraftJournal::close() {
    flush();
    m_file.clear();
    m_photos_file.clear();
    m_lock.reset();
}

bool DraftJournal::take(const QString &file) {
    auto lock = std::make_unique<QLockFile>(file + QStringLiteral(".lock"));
    lock->setStaleLockTime(0); // so that only the end of its program frees the lock
    if (!lock->tryLock(0)) {
        return false;
    }
    m_lock = std::move(lock);
    m_file = file;
    return true;
}

void DraftJournal::open(const QString &database_id, const QString &tenant_id, Snapshot snapshot) {
    close();
    QDir folder(m_directory);
    folder.mkpath(encoded(database_id));
    folder.cd(encoded(database_id));
    const auto stem = folder.filePath(encoded(m_login) + QLatin1Char('@') + encoded(tenant_id));
    m_photos_file = stem + QStringLiteral(".photos.json");
    QStringList left_behind, others;
    for (int program = 1; program <= max_programs; ++program) {
        const auto suffix = program == 1 ? QString() : QStringLiteral("-%1").arg(program);
        const auto file = stem + suffix + QStringLiteral(".json");
        (QFile::exists(file) ? left_behind : others) << file;
    }
    const auto files = left_behind + others;
    const bool taken =
        std::any_of(files.begin(), files.end(), [this](const auto &file) { return take(file); });
    m_snapshot = std::move(snapshot);
    if (!taken) {
        emit failed(tr("%1 cannot be written").arg(folder.path()));
    }
}

std::optional<JournalEntry> DraftJournal::read() const {
    QFile file(m_file);
    if (m_file.isEmpty() || !file.open(QIODevice::ReadOnly)) {
        return std::nullopt;
    }
    const auto json = models::Json::parse(file.readAll().toStdString(), nullptr, false);
    const auto is_object = [&json](const char *key) { return json.contains(key) && json[key].is_object(); };
    if (!json.is_object() || !json.contains("base") || !json["base"].is_number_integer() ||
        !is_object("theme") || !is_object("content") || !is_object("photos")) {
        file.close();
        QFile::rename(m_file, m_file + QDateTime::currentDateTime().toString(
                                           QStringLiteral("'.broken-'yyyyMMddhhmmss")));
        return std::nullopt;
    }
    JournalEntry entry;
    entry.base_number = json["base"].get<int>();
    if (json.contains("writtenAt") && json["writtenAt"].is_string()) {
        entry.written_at = QDateTime::fromString(QString::fromStdString(json["writtenAt"].get<std::string>()),
                                                 Qt::ISODateWithMs);
    }
    entry.pending_key = json.value("pendingKey", std::string());
    entry.documents = {json["theme"], json["content"], json["photos"]};
    return entry;
}

void DraftJournal::edited() {
    if (!m_file.isEmpty() && !m_timer.isActive()) {
        m_timer.start();
    }
}

void DraftJournal::write() {
    m_pool.start([this, name = m_file, entry = m_snapshot()] {
        const auto problem = write_file(name, bytes_of(entry));
        if (!problem.isEmpty()) {
            QMetaObject::invokeMethod(this, [this, problem] {
                emit failed(problem);
                edited();
            });
        }
    });
}

void DraftJournal::clear() {
    m_timer.stop();
    if (!m_file.isEmpty()) {
        m_pool.start([name = m_file] { QFile::remove(name); });
    }
}

void DraftJournal::flush() {
    if (m_timer.isActive()) {
        m_timer.stop();
        write();
    }
    m_pool.waitForDone();
}

} // namespace studio::ui
