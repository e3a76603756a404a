// SPDX-License-Identifier: Apache-2.0
#include "ui/library/library_imports.h"

#include "media/asset_store.h"
#include "media/photo_importer.h"
#include "ui/photos/library_record.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

#include <algorithm>

namespace studio::ui {

namespace {

const QStringList &picture_endings() {
    static const QStringList endings{
        QStringLiteral("*.jpg"),  QStringLiteral("*.jpeg"), QStringLiteral("*.png"),
        QStringLiteral("*.webp"), QStringLiteral("*.avif"), QStringLiteral("*.heic"),
        QStringLiteral("*.heif"), QStringLiteral("*.tif"),  QStringLiteral("*.tiff")};
    return endings;
}

QStringList pictures_in(const QStringList &paths) {
    QStringList files;
    for (const auto &path : paths) {
        if (!QFileInfo(path).isDir()) {
            files << path; // whatever it is: what is no picture is said
            continue;
        }
        QStringList found;
        QDirIterator folder(path, picture_endings(), QDir::Files | QDir::Readable,
                            QDirIterator::Subdirectories);
        while (folder.hasNext()) {
            found << folder.next();
        }
        found.sort();
        files << found;
    }
    files.removeDuplicates();
    return files;
}

} // namespace

LibraryImports::LibraryImports(Worker &worker, media::AssetStore &store, QObject *parent)
    : QObject(parent), m_worker(worker), m_store(store) {
    m_pool.setMaxThreadCount(1);
}

LibraryImports::~LibraryImports() {
    m_pool.clear();
    m_pool.waitForDone();
}

QString LibraryImports::file_filter() {
    return tr("Pictures (%1)").arg(picture_endings().join(QLatin1Char(' ')));
}

void LibraryImports::look_through(const QStringList &paths, const ImportTarget &target) {
    ++m_searching;
    m_pool.start([this, paths, target] {
        const auto files = pictures_in(paths);
        QMetaObject::invokeMethod(this, [this, files, target] {
            --m_searching;
            emit found(files, target);
            emit changed();
        });
    });
    emit changed();
}

void LibraryImports::add(const QStringList &files, const ImportTarget &target) {
    for (const auto &file : files) {
        m_waiting.push_back({file, target});
    }
    emit changed();
    next();
}

void LibraryImports::next() {
    if (m_running || m_waiting.empty()) {
        return;
    }
    m_running = true;
    const auto job = m_waiting.front();
    m_waiting.pop_front();
    m_current = QFileInfo(job.file).fileName();
    emit changed();
    m_pool.start([this, job] {
        try {
            media::ImportOptions options;
            options.keep_original = job.target.keep_original;
            options.edits = job.target.edits;
            auto imported = media::PhotoImporter(m_store).import_file(job.file.toStdString(),
                                                                      job.target.media_folder, options);
            QMetaObject::invokeMethod(this,
                                      [this, job, imported = std::move(imported)] { note(job, imported); });
        } catch (const std::exception &error) {
            QMetaObject::invokeMethod(this, [this, result = failed(job, error)] { finish(result); });
        }
    });
}

void LibraryImports::note(const Job &job, const media::ImportedPhoto &imported) {
    m_worker
        .run([target = job.target, imported](db::Session &session) {
            auto photo = library_photo(imported);
            photo.people = target.people;
            photo.photographer = target.photographer;
            photo.licence = target.licence;
            return register_photo(session, target.tenant, photo);
        })
        .then(this,
              [this, job, picture = imported.picture](const Registered &registered) {
                  ImportResult result;
                  result.kind = registered.was_known ? ImportResult::Kind::Known : ImportResult::Kind::Added;
                  result.file = job.file;
                  result.target = job.target;
                  result.picture = QString::fromStdString(picture);
                  result.label = QString::fromStdString(registered.label);
                  result.other_edits = QString::fromStdString(registered.other_edits);
                  result.other = QString::fromStdString(registered.other);
                  for (const auto &label : registered.alike) {
                      result.alike << QString::fromStdString(label);
                  }
                  finish(result);
              })
        .onFailed(this, [this, job](const std::exception &error) { finish(failed(job, error)); });
}

ImportResult LibraryImports::failed(const Job &job, const std::exception &error) {
    ImportResult result;
    result.kind = ImportResult::Kind::Failed;
    result.file = job.file;
    result.target = job.target;
    result.problem = QString::fromUtf8(error.what());
    return result;
}

void LibraryImports::finish(ImportResult result) {
    m_running = false;
    m_current.clear();
    const bool is_added = result.kind == ImportResult::Kind::Added;
    const auto tenant = result.target.tenant;
    m_results.push_back(std::move(result));
    if (is_added) {
        emit photo_added(tenant);
    }
    emit changed();
    next();
}

void LibraryImports::retry_failed() {
    for (const auto &result : m_results) {
        if (result.kind == ImportResult::Kind::Failed) {
            m_waiting.push_back({result.file, result.target});
        }
    }
    std::erase_if(m_results, [](const auto &result) { return result.kind == ImportResult::Kind::Failed; });
    emit changed();
    next();
}

void LibraryImports::forget_results() {
    m_results.clear();
    emit changed();
}

int LibraryImports::count(ImportResult::Kind kind) const {
    return static_cast<int>(
        std::ranges::count_if(m_results, [kind](const auto &result) { return result.kind == kind; }));
}

} // namespace studio::ui
