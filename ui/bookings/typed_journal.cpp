// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/typed_journal.h"

#include "base/time.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int write_after_ms = 1000;

QString text(const std::optional<std::string> &words) {
    return QString::fromStdString(words.value_or(std::string()));
}

QJsonObject written(const DecisionDraft &draft) {
    QJsonObject object{{QStringLiteral("act"), QString::fromLatin1(entry_of(draft.act).name)},
                       {QStringLiteral("note"), draft.note},
                       {QStringLiteral("message"), draft.message},
                       {QStringLiteral("reason"), draft.reason},
                       {QStringLiteral("deposit"), draft.deposit},
                       {QStringLiteral("mail"), draft.mail}};
    if (draft.place_kind) {
        object[QStringLiteral("placeKind")] = text(draft.place_kind);
    }
    if (draft.place) {
        object[QStringLiteral("place")] = text(draft.place);
    }
    if (draft.start && draft.end) {
        object[QStringLiteral("startUs")] = static_cast<qint64>(base::to_microseconds(*draft.start));
        object[QStringLiteral("endUs")] = static_cast<qint64>(base::to_microseconds(*draft.end));
    }
    if (draft.money) {
        object[QStringLiteral("money")] =
            QJsonObject{{QStringLiteral("what"), draft.money->what},
                        {QStringLiteral("amount"), draft.money->amount},
                        {QStringLiteral("method"), draft.money->method},
                        {QStringLiteral("day"), draft.money->day.toString(Qt::ISODate)}};
    }
    if (draft.block) {
        object[QStringLiteral("block")] = QJsonObject{{QStringLiteral("email"), draft.block->email},
                                                      {QStringLiteral("phone"), draft.block->phone},
                                                      {QStringLiteral("address"), draft.block->address},
                                                      {QStringLiteral("hours"), draft.block->hours},
                                                      {QStringLiteral("reason"), draft.block->reason}};
    }
    return object;
}

std::optional<std::string> words(const QJsonObject &object, QLatin1String key) {
    return object.contains(key) ? std::optional(object[key].toString().toStdString()) : std::nullopt;
}

// nullopt where its act is not one that this program knows.
std::optional<DecisionDraft> read_draft(const QJsonObject &object) {
    const auto name = object[QStringLiteral("act")].toString();
    const auto entries = act_entries();
    const auto found = std::ranges::find_if(
        entries, [&name](const ActEntry &entry) { return name == QLatin1String(entry.name); });
    if (found == entries.end()) {
        return std::nullopt;
    }
    DecisionDraft draft;
    draft.act = found->act;
    draft.note = object[QStringLiteral("note")].toString();
    draft.message = object[QStringLiteral("message")].toString();
    draft.reason = object[QStringLiteral("reason")].toString();
    draft.deposit = object[QStringLiteral("deposit")].toBool(true);
    draft.mail = object[QStringLiteral("mail")].toBool(true);
    draft.place_kind = words(object, QLatin1String("placeKind"));
    draft.place = words(object, QLatin1String("place"));
    if (object.contains(QStringLiteral("startUs")) && object.contains(QStringLiteral("endUs"))) {
        draft.start = base::from_microseconds(object[QStringLiteral("startUs")].toInteger());
        draft.end = base::from_microseconds(object[QStringLiteral("endUs")].toInteger());
    }
    if (const auto money = object[QStringLiteral("money")].toObject(); !money.isEmpty()) {
        draft.money = {money[QStringLiteral("what")].toString(), money[QStringLiteral("amount")].toString(),
                       money[QStringLiteral("method")].toString(),
                       QDate::fromString(money[QStringLiteral("day")].toString(), Qt::ISODate)};
    }
    if (const auto block = object[QStringLiteral("block")].toObject(); !block.isEmpty()) {
        draft.block = {block[QStringLiteral("email")].toBool(), block[QStringLiteral("phone")].toBool(),
                       block[QStringLiteral("address")].toBool(), block[QStringLiteral("hours")].toInt(),
                       block[QStringLiteral("reason")].toString()};
    }
    return draft;
}

} // namespace

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

TypedWords TypedJournal::open(const QString &path) {
    if (path.isEmpty() || !QDir().mkpath(QFileInfo(path).path())) {
        return {};
    }
    m_lock = std::make_unique<QLockFile>(path + QStringLiteral(".lock"));
    m_lock->setStaleLockTime(0); // it is held for as long as the program runs
    if (!m_lock->tryLock()) {
        return {};
    }
    m_path = path;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    const auto all = QJsonDocument::fromJson(file.readAll()).object();
    const auto notes = all[QStringLiteral("notes")].toObject();
    for (auto note = notes.begin(); note != notes.end(); ++note) {
        const auto object = note.value().toObject();
        m_words.notes.insert(note.key(), {object[QStringLiteral("client")].toString(),
                                          object[QStringLiteral("text")].toString()});
    }
    const auto decisions = all[QStringLiteral("decisions")].toObject();
    for (auto decision = decisions.begin(); decision != decisions.end(); ++decision) {
        if (const auto draft = read_draft(decision.value().toObject())) {
            m_words.decisions.insert(decision.key(), *draft);
        }
    }
    return m_words;
}

void TypedJournal::keep(const TypedWords &words) {
    if (words == m_words) {
        return;
    }
    m_words = words;
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
    if (m_words.is_empty()) {
        return m_path.isEmpty() || !QFile::exists(m_path) || QFile::remove(m_path);
    }
    QJsonObject notes, decisions;
    for (auto note = m_words.notes.begin(); note != m_words.notes.end(); ++note) {
        notes[note.key()] =
            QJsonObject{{QStringLiteral("client"), note->client}, {QStringLiteral("text"), note->text}};
    }
    for (auto draft = m_words.decisions.begin(); draft != m_words.decisions.end(); ++draft) {
        decisions[draft.key()] = written(*draft);
    }
    if (m_path.isEmpty()) {
        return false;
    }
    QSaveFile file(m_path);
    const auto text =
        QJsonDocument(QJsonObject{{QStringLiteral("notes"), notes}, {QStringLiteral("decisions"), decisions}})
            .toJson();
    return file.open(QIODevice::WriteOnly) &&
           file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
           file.write(text) == text.size() && file.commit();
}

} // namespace studio::ui
