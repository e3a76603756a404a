// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/async/worker.h"
#include "ui/library/library_changes.h"
#include "ui/library/library_services.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <map>

namespace studio::ui {

// Whose photos an action is about: the answer may come when another companion is shown.
struct ActionTarget {
    models::TenantId tenant;
    QString name;
};

// What is done with photos, each on the worker's session. Every action is answered by done() or failed().
class PhotoActions final : public QObject {
    Q_OBJECT

public:
    PhotoActions(Worker &worker, const LibraryServices &services, QObject *parent = nullptr);

    // `labels` name the pictures in messages and in the receipt.
    void pause(const ActionTarget &target, const QStringList &pictures, const QStringList &labels);
    void resume(const ActionTarget &target, const QStringList &pictures, const QStringList &labels);
    void take_down(const ActionTarget &target, const QStringList &pictures, const QStringList &labels);
    void replace(const ActionTarget &target, const std::string &picture, const std::string &by,
                 const QString &note);
    void move(const ActionTarget &target, const QStringList &pictures, const QString &before);
    void record_release(const ActionTarget &target, const std::string &picture,
                        const db::PhotoRelease &release);
    // The photo leaves every page and its files are removed. `url` is an address of the photo, `person` ""
    // for the release of the whole photo.
    void withdraw_release(const ActionTarget &target, const std::string &url, const QString &person);
    void change_bulk(const ActionTarget &target, const QStringList &pictures, const BulkChange &change);
    void save_shares(const ActionTarget &target, const std::map<std::string, int> &shares);

    enum class Kind { Pause, Resume, TakeDown, Replace, Move, Release, Withdrawal, Bulk, Shares };

signals:
    void done(studio::ui::PhotoActions::Kind kind, const studio::ui::ActionTarget &target,
              const QString &message);
    void failed(studio::ui::PhotoActions::Kind kind, const studio::ui::ActionTarget &target,
                const QString &message);
    // Steps of these pictures are to be carried out; kind is TakeDown, Pause or Resume.
    void steps_made(studio::ui::PhotoActions::Kind kind, const studio::ui::ActionTarget &target,
                    const QStringList &pictures, const QStringList &labels);

private:
    using Message = std::function<QString(int)>; // of the number that the change gave
    void run(Kind kind, const ActionTarget &target, std::function<int(db::Session &)> change, Message message,
             std::function<void()> then = {});
    using Change = int (db::PhotoLibrary::*)(const models::TenantId &, const std::vector<std::string> &);
    void run_steps(Kind kind, const ActionTarget &target, const QStringList &pictures,
                   const QStringList &labels, Change change, Message message);

    Worker &m_worker;
    const LibraryServices &m_services;
};

} // namespace studio::ui
