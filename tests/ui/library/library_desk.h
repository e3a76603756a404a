// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/compliance_store.h"
#include "db/stores/photo_library.h"
#include "db/stores/revision_store.h"
#include "db/stores/tenant_store.h"
#include "media/local_asset_store.h"
#include "tests/support/test_database.h"
#include "ui/library/library_grid.h"
#include "ui/library/library_model.h"
#include "ui/library/library_page.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/tenant_id.h"

#include <QComboBox>
#include <QDir>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

namespace studio::test_support {

// A database with the tenants ada and bea, and a media folder.
class LibraryFixture {
public:
    LibraryFixture() : store(folder.filePath("media").toStdString()) { QDir(folder.path()).mkpath("media"); }

    ui::LibraryServices services(const std::string &url) {
        ui::LibraryServices with;
        with.database_url = url;
        with.assets = &store;
        with.media_root = store.root();
        return with;
    }
    models::TenantId ada() const { return database.tenant_id(); }
    models::TenantId bea() const { return database.other_tenant_id(); }
    std::string media_folder(const models::TenantId &tenant) {
        db::Session session(database.operator_url());
        return db::TenantStore(session).find(tenant)->media_folder;
    }

    // A photo without files, number NUMBER of the tenant, in the library.
    db::LibraryPhoto photo(const models::TenantId &tenant, int number) {
        const auto hash = QString("%1").arg(number, 32, 16, QLatin1Char('0')).toStdString();
        db::LibraryPhoto photo;
        photo.picture = "/media/" + media_folder(tenant) + "/" + hash;
        photo.photo.id = "p" + std::to_string(number);
        photo.photo.url = photo.picture + "-1600.jpg";
        photo.photo.width = 1600;
        photo.photo.height = 1200;
        photo.content_hash = std::string(32, 'c') + hash;
        photo.likeness = std::uint64_t{0x9e3779b97f4a7c15} * static_cast<std::uint64_t>(number);
        photo.files = {{photo.picture.substr(7) + "-1600.jpg", "image/jpeg", 1000, false, false}};
        return photo;
    }
    db::LibraryPhoto add(const models::TenantId &tenant, int number, const std::string &alt,
                         const std::function<void(db::LibraryPhoto &)> &change = {}) {
        auto added = photo(tenant, number);
        added.photo.alt = alt;
        if (change) {
            change(added);
        }
        db::Session session(database.operator_url());
        db::PhotoLibrary library(session);
        library.add(tenant, added);
        library.mark_stored(tenant, {added.files.front().key});
        return added;
    }
    void release(const models::TenantId &tenant, const db::LibraryPhoto &photo, const std::string &person,
                 const std::string &until = {}) {
        db::Session session(database.operator_url());
        db::PhotoRelease release;
        release.tenant_id = tenant;
        release.photo_url = photo.photo.url;
        release.person = person;
        release.valid_until = until;
        db::ComplianceStore(session).record_person_release(release);
    }
    std::optional<db::LibraryPhoto> stored(const models::TenantId &tenant, const std::string &picture) {
        db::Session session(database.operator_url());
        return db::PhotoLibrary(session).find(tenant, picture);
    }
    std::vector<db::LibraryPhoto> list(const models::TenantId &tenant) {
        db::Session session(database.operator_url());
        return db::PhotoLibrary(session).list(tenant);
    }
    models::Revision latest(const models::TenantId &tenant) {
        db::Session session(database.operator_url());
        return *db::RevisionStore(session).latest(tenant);
    }
    void save_draft(const models::TenantId &tenant, const std::function<void(models::Documents &)> &change) {
        db::Session session(database.operator_url());
        db::RevisionStore revisions(session);
        auto latest = *revisions.latest(tenant);
        change(latest.documents);
        revisions.save(tenant, latest.summary.number, latest.documents, "",
                       QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString());
    }
    // A picture file with soft spots, which lie elsewhere for each number.
    QString picture_file(const QString &name, int number, QSize size = {800, 600}) {
        QImage picture(size, QImage::Format_RGB32);
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x) {
                const double across = std::sin(x * (1 + number % 3) * 6.28 / size.width() + number);
                const double down = std::cos(y * (1 + number % 4) * 6.28 / size.height() + 2 * number);
                const int shade = static_cast<int>(128 + 100 * across * down);
                picture.setPixel(x, y, qRgb(shade, 255 - shade, 40 * (number % 6)));
            }
        }
        const auto path = folder.filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        picture.save(path, "JPG", 90);
        return path;
    }

    TestDatabase database{TestDatabase::Tenants::Two};
    QTemporaryDir folder;
    media::LocalAssetStore store;
};

// The page as one login sees it.
class LibraryDesk {
public:
    explicit LibraryDesk(ui::LibraryServices services) : page(std::move(services)) {
        page.resize(1200, 800);
        page.show();
        page.activate();
    }

    template <typename Widget> Widget *find(const char *name) const {
        auto *widget = page.findChild<Widget *>(QLatin1String(name));
        if (widget == nullptr) {
            qFatal("no widget %s", name);
        }
        return widget;
    }
    ui::LibraryGrid *grid() const { return find<ui::LibraryGrid>("library.grid"); }
    ui::LibraryModel *model() const { return static_cast<ui::LibraryModel *>(grid()->model()); }
    ui::StateStack::State state() const { return find<ui::StateStack>("library.state")->state(); }
    bool settled() const {
        return QTest::qWaitFor([this] { return state() != ui::StateStack::State::Loading; }, 20000);
    }
    bool shows(int rows) const {
        return QTest::qWaitFor(
            [this, rows] { return state() == ui::StateStack::State::Content && model()->rowCount() == rows; },
            20000);
    }
    QStringList alts() const {
        QStringList texts;
        for (int row = 0; row < model()->rowCount(); ++row) {
            texts << model()->index(row).data().toString();
        }
        texts.sort();
        return texts;
    }
    void choose_companion(const QString &name) const {
        auto *box = find<QComboBox>("library.companion");
        box->setCurrentIndex(box->findText(name));
    }
    void choose_filter(ui::LibraryFilter filter) const {
        auto *box = find<QComboBox>("library.filter");
        box->setCurrentIndex(box->findData(static_cast<int>(filter)));
    }
    void select(const std::vector<db::LibraryPhoto> &photos) const {
        QStringList pictures;
        for (const auto &photo : photos) {
            pictures << QString::fromStdString(photo.picture);
        }
        grid()->select(pictures);
    }

    ui::LibraryPage page;
};

} // namespace studio::test_support
