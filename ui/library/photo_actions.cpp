// SPDX-License-Identifier: Apache-2.0
#include "ui/library/photo_actions.h"

#include "ui/widgets/phrases.h"

#include <QUuid>

namespace studio::ui {

namespace {

std::string unique_key() {
    return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
}

std::vector<std::string> to_vector(const QStringList &list) {
    std::vector<std::string> result;
    for (const auto &text : list) {
        result.push_back(text.toStdString());
    }
    return result;
}

} // namespace

PhotoActions::PhotoActions(Worker &worker, const LibraryServices &services, QObject *parent)
    : QObject(parent), m_worker(worker), m_services(services) {}

void PhotoActions::run(Kind kind, const ActionTarget &target, std::function<int(db::Session &)> change,
                       Message message, std::function<void()> then) {
    m_worker.run([change = std::move(change)](db::Session &session) { return change(session); })
        .then(this,
              [this, kind, target, message = std::move(message), then = std::move(then)](int number) {
                  if (then) {
                      then();
                  }
                  emit done(kind, target, message(number));
              })
        .onFailed(this, [this, kind, target](const std::exception &error) {
            emit failed(kind, target, QString::fromUtf8(error.what()));
        });
}

void PhotoActions::run_steps(Kind kind, const ActionTarget &target, const QStringList &pictures,
                             const QStringList &labels, Change change, Message message) {
    run(
        kind, target,
        [tenant = target.tenant, pictures = to_vector(pictures), change](db::Session &session) {
            db::PhotoLibrary library(session);
            return (library.*change)(tenant, pictures);
        },
        std::move(message),
        [this, kind, target, pictures, labels] {
            if (m_services.steps_asked) {
                m_services.steps_asked(target.tenant);
            }
            emit steps_made(kind, target, pictures, labels);
        });
}

void PhotoActions::pause(const ActionTarget &target, const QStringList &pictures, const QStringList &labels) {
    run_steps(Kind::Pause, target, pictures, labels, &db::PhotoLibrary::pause_all, [](int photos) {
        return counted(photos, tr("Photo paused: no page shows it and its addresses stop answering."),
                       tr("%1 photos paused: no page shows them and their addresses stop answering."));
    });
}

void PhotoActions::resume(const ActionTarget &target, const QStringList &pictures,
                          const QStringList &labels) {
    run_steps(Kind::Resume, target, pictures, labels, &db::PhotoLibrary::resume_all, [](int photos) {
        return counted(photos, tr("Photo resumed: pages show it again."),
                       tr("%1 photos resumed: pages show them again."));
    });
}

void PhotoActions::take_down(const ActionTarget &target, const QStringList &pictures,
                             const QStringList &labels) {
    run_steps(Kind::TakeDown, target, pictures, labels, &db::PhotoLibrary::take_down_all,
              [label = labels.value(0)](int photos) {
                  return counted(photos, tr("“%1” was taken down: no page shows it any more.").arg(label),
                                 tr("%1 photos were taken down: no page shows them any more."));
              });
}

void PhotoActions::replace(const ActionTarget &target, const std::string &picture, const std::string &by,
                           const QString &note) {
    run(
        Kind::Replace, target,
        [tenant = target.tenant, picture, by, note = note.toStdString(), key = unique_key()](
            db::Session &session) { return replace_everywhere(session, tenant, picture, by, note, key); },
        [](int places) {
            return places == 0 ? tr("The draft did not use the photo any more, so nothing changed.")
                               : counted(places, tr("Replaced in 1 place of the draft. Publish to show it."),
                                         tr("Replaced in %1 places of the draft. Publish to show it."));
        });
}

void PhotoActions::move(const ActionTarget &target, const QStringList &pictures, const QString &before) {
    run(
        Kind::Move, target,
        [tenant = target.tenant, pictures = to_vector(pictures),
         before = before.toStdString()](db::Session &session) {
            db::PhotoLibrary(session).move(tenant, pictures, before);
            return 1;
        },
        [](int) { return QString(); });
}

void PhotoActions::record_release(const ActionTarget &target, const std::string &picture,
                                  const db::PhotoRelease &release) {
    BulkChange change;
    change.release = release;
    run(
        Kind::Release, target,
        [tenant = target.tenant, picture, change](db::Session &session) {
            return save_bulk(session, tenant, {picture}, change);
        },
        [person = QString::fromStdString(release.person)](int photos) {
            return photos == 0 ? tr("This photo was taken out of the library meanwhile.")
                               : tr("Release of %1 recorded.").arg(person);
        });
}

void PhotoActions::withdraw_release(const ActionTarget &target, const std::string &url,
                                    const QString &person) {
    run(
        Kind::Withdrawal, target,
        [tenant = target.tenant, url, person = person.toStdString()](db::Session &session) {
            db::ComplianceStore(session).withdraw_person_release(tenant, url, person);
            return 1;
        },
        [](int) {
            return tr("Release withdrawn. The photo has left every page, and its files are removed.");
        },
        [this, tenant = target.tenant] {
            if (m_services.steps_asked) {
                m_services.steps_asked(tenant);
            }
        });
}

void PhotoActions::change_bulk(const ActionTarget &target, const QStringList &pictures,
                               const BulkChange &change) {
    run(
        Kind::Bulk, target,
        [tenant = target.tenant, pictures = to_vector(pictures), change](db::Session &session) {
            return save_bulk(session, tenant, pictures, change);
        },
        [](int photos) { return counted(photos, tr("1 photo changed."), tr("%1 photos changed.")); });
}

void PhotoActions::save_shares(const ActionTarget &target, const std::map<std::string, int> &shares) {
    run(
        Kind::Shares, target,
        [tenant = target.tenant, shares, note = tr("Shares of the hero variants").toStdString(),
         key = unique_key()](db::Session &session) {
            ui::save_shares(session, tenant, shares, note, key);
            return 1;
        },
        [](int) { return tr("Shares saved in the draft. Publish to use them."); });
}

} // namespace studio::ui
