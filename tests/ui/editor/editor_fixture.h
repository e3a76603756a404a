// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/revision_store.h"
#include "db/stores/tenant_store.h"
#include "media/local_asset_store.h"
#include "tests/support/test_database.h"
#include "ui/async/worker.h"
#include "ui/editor/editor_services.h"

#include <QDir>
#include <QImage>
#include <QTemporaryDir>
#include <QUuid>

#include <functional>
#include <future>
#include <utility>
#include <vector>

namespace studio::test_support {

// A database with the tenants ada and bea, a media folder with ada's two pictures, and what the editor needs.
class EditorFixture {
public:
    EditorFixture()
        : m_store(media_root()), m_worker(database.operator_url()), m_operator(database.operator_url()) {
        QDir(m_folder.path()).mkpath("media/ada");
        for (const auto *name : {"hero.jpg", "one.jpg"}) {
            QImage picture(640, 480, QImage::Format_RGB32);
            picture.fill(QColor("#3a6ea5"));
            picture.save(m_folder.filePath(QString("media/ada/%1").arg(name)), "JPG");
        }
    }

    ui::EditorServices services() {
        ui::EditorServices with;
        with.worker = &m_worker;
        with.assets = &m_store;
        with.media_root = media_root();
        with.journal_directory = m_folder.filePath("journal");
        with.login = "operator";
        with.public_url = "http://localhost:8080";
        with.site.platform_origin = "http://localhost:8080";
        with.files_added = [this](const models::TenantId &tenant) { files_added.push_back(tenant); };
        return with;
    }

    // Nothing of what the editor asks is answered until the gate is opened, or goes.
    class Gate {
    public:
        explicit Gate(ui::Worker &worker) {
            worker.run([opened = m_opened.get_future().share()](db::Session &) { opened.wait(); });
        }
        ~Gate() { open(); }
        void open() {
            if (!std::exchange(m_is_open, true)) {
                m_opened.set_value();
            }
        }

    private:
        std::promise<void> m_opened;
        bool m_is_open = false;
    };
    ui::Worker &worker() { return m_worker; }

    std::filesystem::path media_root() const { return m_folder.filePath("media").toStdString(); }
    QString file(const QString &name) const { return m_folder.filePath(name); }
    models::TenantId tenant() const { return database.tenant_id(); }
    models::TenantId other_tenant() const { return database.other_tenant_id(); }
    models::Revision latest_of_other() {
        return *db::RevisionStore(m_operator).latest(database.other_tenant_id());
    }
    db::Session &operator_session() { return m_operator; }
    models::Revision latest() { return *db::RevisionStore(m_operator).latest(database.tenant_id()); }
    models::Tenant stored() { return *db::TenantStore(m_operator).find(database.tenant_id()); }

    // Somebody else's save on top of the latest revision.
    int save_elsewhere(const std::function<void(models::Documents &)> &change) {
        auto revision = latest();
        change(revision.documents);
        db::Session companion(database.companion_url());
        return db::RevisionStore(companion)
            .save(database.tenant_id(), revision.summary.number, revision.documents, "", unique_key())
            .number;
    }

    static std::string unique_key() {
        return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
    }

    TestDatabase database{TestDatabase::Tenants::Two};
    std::vector<models::TenantId> files_added; // whose photos the uploads were told of

private:
    QTemporaryDir m_folder;
    media::LocalAssetStore m_store;
    ui::Worker m_worker;
    db::Session m_operator;
};

} // namespace studio::test_support
