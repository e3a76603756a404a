// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/draft_journal.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QUrl>

namespace studio::ui {

namespace {

constexpr int write_delay_ms = 500;

QByteArray bytes_of(const JournalEntry &entry) {
    models::Json json;
    json["base"] = entry.base_number;
    json["writtenAt"] = entry.written_at.toUTC().toString(Qt::ISODateWithMs).toStdString();
    json["theme"] = entry.documents.theme;
    json["content"] = entry.documents.content;
    json["photos"] = entry.documents.photos;
    return QByteArray::fromStdString(json.dump(-1, ' ', false, models::Json::error_handler_t::replace));
}

// "" where it went well.
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
    flush();
}

void DraftJournal::open(const QString &tenant_id, Snapshot snapshot) {
    flush();
    QDir().mkpath(m_directory);
    const auto name = QString::fromLatin1(QUrl::toPercentEncoding(m_login)) + QLatin1Char('@') +
                      QString::fromLatin1(QUrl::toPercentEncoding(tenant_id)) + QLatin1String(".json");
    m_file = QDir(m_directory).filePath(name);
    m_snapshot = std::move(snapshot);
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
