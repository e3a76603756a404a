// SPDX-License-Identifier: Apache-2.0
#include "db/stores/account_store.h"
#include "db/stores/audit_store.h"
#include "db/stores/compliance_store.h"
#include "db/stores/photo_library.h"
#include "models/editing/merge.h"
#include "tests/db/fixtures/cutting_proxy.h"
#include "tests/support/test_server.h"
#include "tests/ui/editor/editor_fixture.h"
#include "ui/async/tenant_watcher.h"
#include "ui/editor/draft/save_label.h"
#include "ui/editor/editor_session.h"
#include "ui/editor/panels/document_import.h"
#include "ui/widgets/tenant_id.h"

#include <QApplication>
#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

#include <algorithm>

using namespace studio;
using test_support::EditorFixture;
using test_support::TestServer;
using ui::EditorSession;

class SessionTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<EditorFixture> m_fixture;
    std::unique_ptr<EditorSession> m_session;

    static std::string through(const db::CuttingProxy &proxy, const std::string &url) {
        QUrl address(QString::fromStdString(url));
        address.setPort(proxy.port());
        return address.toString(QUrl::FullyEncoded).toStdString();
    }

    ui::DraftDocument &draft() { return m_session->document(); }

    void open() {
        m_session = std::make_unique<EditorSession>(m_fixture->services());
        m_session->open(m_fixture->tenant());
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), EditorSession::State::Ready, 10000);
    }

    // A file as an export of bea's site has it, whose hero is one of her pictures.
    QString export_of_bea(const QString &picture) {
        auto photos = draft().documents().photos;
        photos["hero"]["control"]["url"] = "/media/bea/" + picture.toStdString();
        const auto name = m_fixture->file("bea.json");
        QFile file(name);
        if (!file.open(QIODevice::WriteOnly)) {
            qFatal("the file could not be made");
        }
        file.write(QByteArray::fromStdString(models::Json{{"photos", photos}}.dump()));
        return name;
    }

    QString hero() { return draft().text("/photos/hero/control/url"); }

private slots:
    void init() {
        TestServer::instance().start();
        m_fixture = std::make_unique<EditorFixture>();
        open();
    }

    void cleanup() {
        TestServer::instance().start();
        m_session.reset();
        m_fixture.reset();
    }

    void an_import_copies_the_pictures_of_another_companion() {
        const std::string picture = "bea/beach-1a2b3c4d-640.jpg";
        m_fixture->services().assets->put(picture, "bytes", "image/jpeg");
        ui::DocumentImport import(*m_session, *m_fixture->services().worker, *m_fixture->services().assets);
        QSignalSpy copied(&import, &ui::DocumentImport::copied);
        import.read(export_of_bea("beach-1a2b3c4d-640.jpg"));
        const std::string copy = m_session->facts().tenant.media_folder + "/beach-1a2b3c4d-640.jpg";
        QTRY_COMPARE_WITH_TIMEOUT(hero(), QString::fromStdString("/media/" + copy), 10000);
        QVERIFY(m_fixture->services().assets->read(copy) == "bytes");
        QTRY_COMPARE_WITH_TIMEOUT(copied.count(), 1, 10000);
        db::Session session(m_fixture->services().worker->database_url());
        const auto photos = db::PhotoLibrary(session).list(m_fixture->tenant());
        QCOMPARE(photos.size(), std::size_t(1));
        QCOMPARE(photos.front().files.size(), std::size_t(1));
        QCOMPARE(photos.front().files.front().key, copy);
        QVERIFY2(!photos.front().stored(), "the uploads say when it is at the store");
        draft().undo_stack()->undo();
        QVERIFY(!draft().dirty());
    }

    void an_import_copies_no_picture_that_nobody_may_see() {
        const std::string picture = "bea/beach-1a2b3c4d-640.jpg";
        m_fixture->services().assets->put(picture, "bytes", "image/jpeg");
        const auto bea = m_fixture->database.other_tenant_id();
        db::ComplianceStore compliance(m_fixture->operator_session());
        compliance.record_release(bea, "/media/" + picture);
        compliance.withdraw_release(bea, "/media/" + picture);
        ui::DocumentImport import(*m_session, *m_fixture->services().worker, *m_fixture->services().assets);
        QString words;
        connect(&import, &ui::DocumentImport::doubted, this, [&](const QString &said) { words = said; });
        import.read(export_of_bea("beach-1a2b3c4d-640.jpg"));
        QTRY_VERIFY_WITH_TIMEOUT(!words.isEmpty(), 10000);
        QVERIFY2(words.contains("bea/beach-1a2b3c4d"), qPrintable(words));
        const auto folder = m_session->facts().tenant.media_folder + "/";
        QVERIFY(m_fixture->services().assets->list(folder).empty());
    }

    void an_import_names_missing_pictures_before_anything_changes() {
        ui::DocumentImport import(*m_session, *m_fixture->services().worker, *m_fixture->services().assets);
        QString words;
        std::function<void()> anyway;
        connect(&import, &ui::DocumentImport::doubted, this,
                [&](const QString &said, const std::function<void()> &import_anyway) {
                    words = said;
                    anyway = import_anyway;
                });
        const auto before = hero();
        import.read(export_of_bea("gone-1a2b3c4d-640.jpg"));
        QTRY_VERIFY_WITH_TIMEOUT(!words.isEmpty(), 10000);
        QVERIFY2(words.contains("bea/gone-1a2b3c4d"), qPrintable(words));
        QCOMPARE(hero(), before);
        QVERIFY(!draft().dirty());
        anyway();
        QTRY_COMPARE_WITH_TIMEOUT(hero(), QString("/media/bea/gone-1a2b3c4d-640.jpg"), 10000);
    }

    void opening_shows_the_latest_revision() {
        QCOMPARE(draft().base_number(), 1);
        QCOMPARE(draft().text("/content/name"),
                 QString::fromStdString(m_fixture->latest().documents.content["name"]));
        QVERIFY(!draft().dirty());
        QVERIFY(ui::save_label(*m_session, QDateTime::currentDateTime()).startsWith("Draft saved "));
    }

    void a_tenant_that_is_not_there_is_an_error_and_not_an_empty_form() {
        m_session->open(ui::to_tenant_id(QUuid::createUuid().toString(QUuid::WithoutBraces)));
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), EditorSession::State::Failed, 10000);
        QVERIFY(!m_session->failure().isEmpty());
    }

    void saving_makes_a_revision_and_clears_the_journal() {
        draft().set("/content/tagline", "Saved words", "Tagline");
        m_session->journal().flush();
        QVERIFY(m_session->journal().read().has_value());
        QSignalSpy saved(m_session.get(), &EditorSession::saved);
        m_session->save();
        QVERIFY(saved.wait(10000));
        QCOMPARE(saved[0][0].toInt(), 2);
        QCOMPARE(QString::fromStdString(m_fixture->latest().documents.content["tagline"]),
                 QString("Saved words"));
        QVERIFY(!draft().dirty());
        m_session->journal().flush();
        QVERIFY(!m_session->journal().read().has_value());
    }

    void unsaved_edits_come_back_when_the_tenant_is_opened_again() {
        draft().set("/content/tagline", "Not saved", "Tagline");
        m_session->journal().flush();
        m_session = std::make_unique<EditorSession>(m_fixture->services());
        QSignalSpy restored(m_session.get(), &EditorSession::edits_restored);
        m_session->open(m_fixture->tenant());
        QVERIFY(restored.wait(10000));
        QCOMPARE(draft().text("/content/tagline"), QString("Not saved"));
        QVERIFY(draft().dirty());
        QCOMPARE(draft().base_number(), 1);
    }

    void a_second_editors_save_is_never_overwritten() {
        const int theirs =
            m_fixture->save_elsewhere([](auto &documents) { documents.content["name"] = "Their name"; });
        draft().set("/content/tagline", "My tagline", "Tagline");
        QSignalSpy conflict(m_session.get(), &EditorSession::conflict_found);
        m_session->save();
        QVERIFY(conflict.wait(10000));
        QCOMPARE(m_fixture->latest().summary.number, theirs);
        const auto found = conflict[0][0].value<ui::SaveConflict>();
        QVERIFY(found.merge.conflicts.empty());
        QCOMPARE(found.their_changes.size(), std::size_t(1));
        QSignalSpy saved(m_session.get(), &EditorSession::saved);
        m_session->save_merged(found.theirs, {});
        QVERIFY(saved.wait(10000));
        const auto latest = m_fixture->latest();
        QCOMPARE(latest.summary.number, theirs + 1);
        QCOMPARE(QString::fromStdString(latest.documents.content["name"]), QString("Their name"));
        QCOMPARE(QString::fromStdString(latest.documents.content["tagline"]), QString("My tagline"));
    }

    void a_field_changed_by_both_takes_the_side_that_was_chosen() {
        m_fixture->save_elsewhere([](auto &documents) {
            documents.content["tagline"] = "Theirs";
            documents.content["name"] = "Their name";
        });
        draft().set("/content/tagline", "Mine", "Tagline");
        draft().set("/content/name", "My name", "Name");
        QSignalSpy conflict(m_session.get(), &EditorSession::conflict_found);
        m_session->save();
        QVERIFY(conflict.wait(10000));
        const auto found = conflict[0][0].value<ui::SaveConflict>();
        QCOMPARE(found.merge.conflicts.size(), std::size_t(2));
        std::vector<ui::ConflictChoice> chosen;
        for (const auto &one : found.merge.conflicts) {
            chosen.push_back({one, one.pointer == "/content/tagline" ? models::MergeSide::Theirs
                                                                     : models::MergeSide::Mine});
        }
        QSignalSpy saved(m_session.get(), &EditorSession::saved);
        m_session->save_merged(found.theirs, chosen);
        QVERIFY(saved.wait(10000));
        QCOMPARE(QString::fromStdString(m_fixture->latest().documents.content["tagline"]), QString("Theirs"));
        QCOMPARE(QString::fromStdString(m_fixture->latest().documents.content["name"]), QString("My name"));
    }

    void publishing_saves_first_and_changes_the_live_documents() {
        draft().set("/content/tagline", "Live words", "Tagline");
        QSignalSpy published(m_session.get(), &EditorSession::published);
        m_session->publish();
        QVERIFY(published.wait(10000));
        QCOMPARE(published[0][0].toInt(), 2);
        const auto tenant = m_fixture->stored();
        QCOMPARE(*tenant.published_revision, 2);
        QCOMPARE(QString::fromStdString(tenant.published.content["tagline"]), QString("Live words"));
    }

    void an_invalid_draft_may_be_saved_but_not_published() {
        draft().set("/theme/colors/primary", "#12", "Primary");
        QSignalSpy failed(m_session.get(), &EditorSession::failed);
        QSignalSpy saved(m_session.get(), &EditorSession::saved);
        m_session->publish();
        QVERIFY(failed.wait(10000));
        QCOMPARE(saved.count(), 1);
        QVERIFY(!m_fixture->stored().published_revision.has_value());
    }

    void a_database_killed_while_editing_costs_nothing_and_the_save_goes_through_when_it_is_back() {
        draft().set("/content/tagline", "Typed during a failure", "Tagline");
        TestServer::instance().kill();
        QSignalSpy lost(m_session.get(), &EditorSession::connection_lost);
        QSignalSpy saved(m_session.get(), &EditorSession::saved);
        m_session->save();
        QVERIFY(lost.wait(15000));
        draft().set("/content/name", "Typed while it was gone", "Name");
        m_session->journal().flush();
        QVERIFY(m_session->journal().read()->documents.content["name"] == "Typed while it was gone");
        QVERIFY(ui::save_label(*m_session, QDateTime::currentDateTime()).contains("Not connected"));
        TestServer::instance().start();
        QVERIFY(saved.wait(20000));
        QCOMPARE(QString::fromStdString(m_fixture->latest().documents.content["tagline"]),
                 QString("Typed during a failure"));
        QVERIFY(draft().dirty()); // what was typed meanwhile
    }

    void a_database_that_ends_while_publishing_is_looked_up_and_never_left_in_doubt() {
        draft().set("/content/tagline", "Published or not", "Tagline");
        QSignalSpy saved(m_session.get(), &EditorSession::saved);
        m_session->save();
        QVERIFY(saved.wait(10000));
        TestServer::instance().stop();
        QSignalSpy lost(m_session.get(), &EditorSession::connection_lost);
        QSignalSpy published(m_session.get(), &EditorSession::published);
        QSignalSpy failed(m_session.get(), &EditorSession::failed);
        m_session->publish();
        QTRY_VERIFY_WITH_TIMEOUT(lost.count() + failed.count() > 0, 15000);
        QVERIFY(!m_session->publishing());
        TestServer::instance().start();
        QTRY_VERIFY_WITH_TIMEOUT(published.count() + failed.count() > 0, 20000);
        db::Session fresh(m_fixture->database.operator_url());
        const auto live = db::TenantStore(fresh).find(m_fixture->database.tenant_id())->published_revision;
        QCOMPARE(published.count() == 1, live == 2);
        if (published.count() == 0) {
            m_session->publish();
            QTRY_VERIFY2_WITH_TIMEOUT(published.count() == 1, qPrintable(failed.last()[0].toString()), 20000);
        }
        QCOMPARE(*db::TenantStore(fresh).find(m_fixture->database.tenant_id())->published_revision, 2);
    }

    void a_publication_whose_answer_was_lost_is_found_by_reading_again_and_not_sent_twice() {
        draft().set("/content/tagline", "Arrived without an answer", "Tagline");
        QSignalSpy first_save(m_session.get(), &EditorSession::saved);
        m_session->save();
        QVERIFY(first_save.wait(10000));
        db::CuttingProxy proxy(TestServer::instance().port());
        ui::Worker worker(through(proxy, m_fixture->database.operator_url()));
        auto services = m_fixture->services();
        services.worker = &worker;
        EditorSession session(services);
        session.open(m_fixture->tenant());
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), EditorSession::State::Ready, 10000);
        QSignalSpy lost(&session, &EditorSession::connection_lost);
        QSignalSpy published(&session, &EditorSession::published);
        QSignalSpy failed(&session, &EditorSession::failed);
        proxy.arm(2); // after the transaction that reads the revision
        session.publish();
        QTRY_VERIFY_WITH_TIMEOUT(published.count() + failed.count() > 0, 20000);
        QVERIFY2(failed.empty(), qPrintable(failed.value(0).value(0).toString()));
        QCOMPARE(published.count(), 1);
        QCOMPARE(proxy.cuts(), 1);
        QCOMPARE(lost.count(), 1);
        QCOMPARE(failed.count(), 0);
        QVERIFY(!session.publishing());
        QCOMPARE(session.facts().tenant.published_revision.value_or(0), 2);
        const auto entries = db::AuditStore(m_fixture->operator_session()).list(std::nullopt, 1000);
        QCOMPARE(std::count_if(entries.begin(), entries.end(),
                               [](const auto &entry) {
                                   return entry.table == "tenants" &&
                                          entry.changes.contains("published_revision");
                               }),
                 1);
    }

    void a_publication_without_an_answer_that_another_overtook_is_not_told_as_one_that_never_went_through() {
        draft().set("/content/tagline", "Second", "Tagline");
        QSignalSpy saved(m_session.get(), &EditorSession::saved);
        m_session->save();
        QVERIFY(saved.wait(10000));
        db::CuttingProxy proxy(TestServer::instance().port());
        ui::Worker worker(through(proxy, m_fixture->database.operator_url()));
        ui::Publisher publisher(worker);
        QSignalSpy failed(&publisher, &ui::Publisher::failed);
        QSignalSpy lost(&publisher, &ui::Publisher::lost);
        QSignalSpy overtaken(&publisher, &ui::Publisher::overtaken);
        const auto before =
            db::TenantStore(m_fixture->operator_session()).find(m_fixture->database.tenant_id());
        proxy.arm(1);
        publisher.publish(m_fixture->tenant(), 2, {db::KnownRevisions::Live{before->published_revision}, 2});
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 20000);
        QVERIFY(publisher.in_doubt());
        const auto third =
            m_fixture->save_elsewhere([](auto &documents) { documents.content["tagline"] = "Third"; });
        db::RevisionStore(m_fixture->operator_session()).publish(m_fixture->database.tenant_id(), third);
        publisher.look_up();
        QTRY_COMPARE_WITH_TIMEOUT(overtaken.count() + lost.count(), 1, 20000);
        QCOMPARE(overtaken.count(), 1);
        QCOMPARE(overtaken.at(0).at(0).toInt(), 2);
    }

    void a_database_that_is_down_when_opening_is_tried_again_until_it_answers() {
        TestServer::instance().kill();
        m_session->open(m_fixture->tenant());
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), EditorSession::State::Failed, 15000);
        TestServer::instance().start();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), EditorSession::State::Ready, 20000);
    }

    void a_revoked_account_hears_of_it_at_the_next_action_and_loses_nothing() {
        db::AccountStore accounts(m_fixture->operator_session());
        const auto second = accounts.add({"Second", models::Role::Operator, {}, false});
        ui::Worker worker(
            TestServer::instance().url(second.login, second.password, m_fixture->database.name()));
        auto services = m_fixture->services();
        services.worker = &worker;
        services.login = "second";
        EditorSession session(services);
        session.open(m_fixture->tenant());
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), EditorSession::State::Ready, 10000);
        session.document().set("/content/tagline", "Kept", "Tagline");
        accounts.disable(second.login);
        QSignalSpy refused(&session, &EditorSession::access_refused);
        QSignalSpy lost(&session, &EditorSession::connection_lost);
        session.save();
        QTRY_VERIFY_WITH_TIMEOUT(refused.count() == 1, 20000);
        QVERIFY(!session.saving());
        QCOMPARE(session.document().text("/content/tagline"), QString("Kept"));
        session.journal().flush();
        QVERIFY(session.journal().read()->documents.content["tagline"] == "Kept");
        QCOMPARE(m_fixture->latest().summary.number, 1);
    }

    void a_conflict_that_nobody_has_chosen_for_is_never_settled_by_itself() {
        m_fixture->save_elsewhere([](auto &documents) {
            documents.content["tagline"] = "Theirs";
            documents.content["name"] = "Their name";
        });
        draft().set("/content/tagline", "Mine", "Tagline");
        QSignalSpy conflict(m_session.get(), &EditorSession::conflict_found);
        m_session->save();
        QVERIFY(conflict.wait(10000));
        const auto found = conflict[0][0].value<ui::SaveConflict>();
        QCOMPARE(found.merge.conflicts.size(), std::size_t(1));
        draft().set("/content/name", "My name", "Name"); // a second one, while the panel is open
        const std::vector<ui::ConflictChoice> chosen{{found.merge.conflicts[0], models::MergeSide::Theirs}};
        m_session->save_merged(found.theirs, chosen);
        QCOMPARE(conflict.count(), 2);
        QCOMPARE(conflict[1][0].value<ui::SaveConflict>().merge.conflicts.size(), std::size_t(2));
        QVERIFY(!m_session->saving());
        QCOMPARE(m_fixture->latest().summary.number, 2);
        QCOMPARE(draft().text("/content/name"), QString("My name"));
    }

    void a_choice_reaches_its_element_although_the_list_was_changed_meanwhile() {
        const auto add_services = [](auto &documents) {
            documents.content["services"] = models::Json::parse(
                R"([{"id":"one","name":"One"},{"id":"two","name":"Two"},{"id":"three","name":"Three"}])");
        };
        m_fixture->save_elsewhere(add_services);
        m_session->open(m_fixture->tenant());
        QTRY_COMPARE_WITH_TIMEOUT(draft().base_number(), 2, 10000);
        m_fixture->save_elsewhere(
            [](auto &documents) { documents.content["services"][1]["name"] = "Their two"; });
        draft().set("/content/services/1/name", "My two", "Name");
        QSignalSpy conflict(m_session.get(), &EditorSession::conflict_found);
        m_session->save();
        QVERIFY(conflict.wait(10000));
        const auto found = conflict[0][0].value<ui::SaveConflict>();
        draft().remove("/content/services/0", "Remove");
        QSignalSpy saved(m_session.get(), &EditorSession::saved);
        m_session->save_merged(found.theirs, {{found.merge.conflicts.at(0), models::MergeSide::Theirs}});
        QVERIFY(saved.wait(10000));
        const auto services = m_fixture->latest().documents.content["services"];
        QCOMPARE(services.size(), std::size_t(2));
        QCOMPARE(QString::fromStdString(services[0]["name"]), QString("Their two"));
        QCOMPARE(QString::fromStdString(services[1]["name"]), QString("Three"));
    }

    void undoing_after_a_merge_never_takes_the_others_edits_out_again() {
        m_fixture->save_elsewhere([](auto &documents) { documents.content["name"] = "Their name"; });
        draft().set("/content/tagline", "Mine", "Tagline");
        QSignalSpy conflict(m_session.get(), &EditorSession::conflict_found);
        m_session->save();
        QVERIFY(conflict.wait(10000));
        QSignalSpy saved(m_session.get(), &EditorSession::saved);
        m_session->save_merged(conflict[0][0].value<ui::SaveConflict>().theirs, {});
        QVERIFY(saved.wait(10000));
        draft().undo_stack()->undo();
        draft().undo_stack()->undo();
        draft().set("/content/shortBio", "Typed after", "Short");
        m_session->save();
        QVERIFY(saved.wait(10000));
        QCOMPARE(QString::fromStdString(m_fixture->latest().documents.content["name"]),
                 QString("Their name"));
    }

    void publishing_over_what_somebody_else_published_is_refused_and_both_are_named() {
        draft().set("/content/tagline", "Mine", "Tagline");
        QSignalSpy saved(m_session.get(), &EditorSession::saved);
        m_session->save();
        QVERIFY(saved.wait(10000));
        const int theirs =
            m_fixture->save_elsewhere([](auto &documents) { documents.content["tagline"] = "Theirs"; });
        db::RevisionStore(m_fixture->operator_session()).publish(m_fixture->database.tenant_id(), theirs);
        QSignalSpy refused(m_session.get(), &EditorSession::publish_refused);
        QSignalSpy published(m_session.get(), &EditorSession::published);
        m_session->publish();
        QVERIFY(refused.wait(10000));
        const auto conflict = refused[0][0].value<ui::PublishConflict>();
        QCOMPARE(conflict.number, 2);
        QCOMPARE(conflict.facts.live->revision, theirs);
        QVERIFY(!conflict.facts.live->published_by.empty());
        QCOMPARE(conflict.facts.latest->number, theirs);
        QVERIFY2(conflict.reason.contains("Revision 2 was not published"), qPrintable(conflict.reason));
        QCOMPARE(m_fixture->stored().published_revision.value_or(0), theirs);
        QVERIFY(!m_session->publishing());
        m_session->publish_anyway(conflict);
        QVERIFY(published.wait(10000));
        QCOMPARE(m_fixture->stored().published_revision.value_or(0), 2);
    }

    void publishing_while_a_newer_draft_was_saved_is_refused_and_the_newest_can_be_taken_over() {
        const int theirs =
            m_fixture->save_elsewhere([](auto &documents) { documents.content["tagline"] = "Theirs"; });
        QSignalSpy refused(m_session.get(), &EditorSession::publish_refused);
        m_session->publish();
        QVERIFY(refused.wait(10000));
        QVERIFY(!m_fixture->stored().published_revision);
        m_session->take_over();
        QTRY_COMPARE_WITH_TIMEOUT(draft().base_number(), theirs, 10000);
        QCOMPARE(draft().text("/content/tagline"), QString("Theirs"));
        QSignalSpy published(m_session.get(), &EditorSession::published);
        m_session->publish();
        QVERIFY(published.wait(10000));
        QCOMPARE(m_fixture->stored().published_revision.value_or(0), theirs);
    }

    void what_somebody_else_saves_and_publishes_is_said_and_ones_own_is_not() {
        ui::TenantWatcher watcher(m_fixture->database.operator_url());
        auto services = m_fixture->services();
        services.watcher = &watcher;
        QSignalSpy connected(&watcher, &ui::TenantWatcher::reconnected);
        QVERIFY(connected.wait(10000));
        EditorSession session(services);
        session.open(m_fixture->tenant());
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), EditorSession::State::Ready, 10000);
        QSignalSpy elsewhere(&session, &EditorSession::changed_elsewhere);
        QSignalSpy published(&session, &EditorSession::published);
        session.document().set("/content/tagline", "Own", "Tagline");
        session.publish();
        QVERIFY(published.wait(10000));
        const int theirs =
            m_fixture->save_elsewhere([](auto &documents) { documents.content["name"] = "Their name"; });
        db::RevisionStore(m_fixture->operator_session()).publish(m_fixture->database.tenant_id(), theirs);
        const auto said = [&] {
            return std::any_of(elsewhere.begin(), elsewhere.end(), [&](const auto &one) {
                return one[0].toString().contains(QString("published revision %1").arg(theirs)) &&
                       one[1].toBool();
            });
        };
        QTRY_VERIFY_WITH_TIMEOUT(said(), 10000);
        for (const auto &one : elsewhere) {
            QVERIFY2(!one[0].toString().contains("revision 2"), qPrintable(one[0].toString()));
        }
    }

    void opening_another_companion_during_a_save_loses_neither_the_save_nor_what_was_typed_after_it() {
        EditorFixture::Gate gate(m_fixture->worker());
        draft().set("/content/tagline", "Sent", "Tagline");
        m_session->save();
        draft().set("/content/name", "Typed after", "Name");
        m_session->open(m_fixture->other_tenant());
        gate.open();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->tenant_id() == m_fixture->other_tenant() &&
                                     m_session->state() == EditorSession::State::Ready,
                                 10000);
        QVERIFY(!draft().dirty());
        QCOMPARE(m_fixture->latest().summary.number, 2);
        QCOMPARE(m_fixture->latest_of_other().summary.number, 1);
        QSignalSpy restored(m_session.get(), &EditorSession::edits_restored);
        m_session->open(m_fixture->tenant());
        QVERIFY(restored.wait(10000));
        QCOMPARE(draft().text("/content/name"), QString("Typed after"));
        QCOMPARE(draft().base_number(), 2);
        QSignalSpy saved(m_session.get(), &EditorSession::saved);
        QSignalSpy conflict(m_session.get(), &EditorSession::conflict_found);
        m_session->save();
        QVERIFY(saved.wait(10000));
        QCOMPARE(conflict.count(), 0);
    }

    void publishing_and_then_opening_another_companion_publishes_and_says_so() {
        QSignalSpy left(m_session.get(), &EditorSession::left_behind);
        QSignalSpy published(m_session.get(), &EditorSession::published);
        draft().set("/content/tagline", "For everybody", "Tagline");
        m_session->publish();
        m_session->open(m_fixture->other_tenant());
        QTRY_VERIFY_WITH_TIMEOUT(m_session->tenant_id() == m_fixture->other_tenant() &&
                                     m_session->state() == EditorSession::State::Ready,
                                 10000);
        QCOMPARE(m_fixture->stored().published_revision.value_or(0), 2);
        QCOMPARE(published.count(), 0);
        QCOMPARE(left.count(), 1);
        QVERIFY2(left[0][0].toString().contains("Ada"), qPrintable(left[0][0].toString()));
    }

    void a_conflict_of_a_companion_that_was_left_is_said_and_her_edits_come_back() {
        m_fixture->save_elsewhere([](auto &documents) { documents.content["tagline"] = "Theirs"; });
        QSignalSpy left(m_session.get(), &EditorSession::left_behind);
        QSignalSpy conflict(m_session.get(), &EditorSession::conflict_found);
        draft().set("/content/tagline", "Mine", "Tagline");
        m_session->save();
        m_session->open(m_fixture->other_tenant());
        QTRY_VERIFY_WITH_TIMEOUT(m_session->tenant_id() == m_fixture->other_tenant() &&
                                     m_session->state() == EditorSession::State::Ready,
                                 10000);
        QCOMPARE(conflict.count(), 0);
        QCOMPARE(left.count(), 1);
        QSignalSpy restored(m_session.get(), &EditorSession::edits_restored);
        m_session->open(m_fixture->tenant());
        QVERIFY(restored.wait(10000));
        QCOMPARE(draft().text("/content/tagline"), QString("Mine"));
    }

    // The answer was lost when the program ended: its own save must not look like another person's.
    void ones_own_save_is_known_again_after_the_program_went_before_it_was_answered() {
        draft().set("/content/tagline", "Sent", "Tagline");
        {
            EditorFixture::Gate gate(m_fixture->worker());
            m_session->save();
            draft().set("/content/name", "Typed after", "Name");
            m_session.reset(); // its journal is written; nothing receives the answer
        }
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->latest().summary.number, 2, 10000);
        m_session = std::make_unique<EditorSession>(m_fixture->services());
        const QSignalSpy restored(m_session.get(), &EditorSession::edits_restored);
        m_session->open(m_fixture->tenant());
        QTRY_COMPARE_WITH_TIMEOUT(restored.count(), 1, 20000);
        QCOMPARE(draft().base_number(), 2);
        QSignalSpy conflict(m_session.get(), &EditorSession::conflict_found);
        QSignalSpy saved(m_session.get(), &EditorSession::saved);
        m_session->save();
        QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, 20000);
        QCOMPARE(conflict.count(), 0);
        QCOMPARE(QString::fromStdString(m_fixture->latest().documents.content["name"]),
                 QString("Typed after"));
    }

    void a_failure_that_belongs_to_another_companion_is_said_with_her_name_and_disturbs_nothing() {
        QSignalSpy left(m_session.get(), &EditorSession::left_behind);
        QSignalSpy failed(m_session.get(), &EditorSession::failed);
        QSignalSpy refused(m_session.get(), &EditorSession::access_refused);
        EditorFixture::Gate gate(m_fixture->worker());
        m_session->record_releases({QString(5000, 'x')}); // longer than the database takes
        m_session->open(m_fixture->other_tenant());
        gate.open();
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), EditorSession::State::Ready, 10000);
        QCOMPARE(left.count(), 1);
        QVERIFY2(left[0][0].toString().startsWith("Ada: "), qPrintable(left[0][0].toString()));
        QCOMPARE(failed.count() + refused.count(), 0);
    }

    void a_companion_who_may_not_edit_reads_her_site_and_can_change_nothing() {
        ui::Worker worker(m_fixture->database.other_companion_url());
        auto services = m_fixture->services();
        services.worker = &worker;
        services.login = "bea";
        EditorSession session(services);
        session.open(m_fixture->other_tenant());
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), EditorSession::State::Ready, 10000);
        QVERIFY(session.document().read_only());
        QVERIFY(!session.facts().may_publish);
        session.document().set("/content/tagline", "No", "Tagline");
        QVERIFY(!session.document().dirty());
    }

    void a_companion_who_may_edit_saves_and_cannot_publish() {
        ui::Worker worker(m_fixture->database.companion_url());
        auto services = m_fixture->services();
        services.worker = &worker;
        services.login = "ada";
        EditorSession session(services);
        session.open(m_fixture->tenant());
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), EditorSession::State::Ready, 10000);
        QVERIFY(!session.document().read_only());
        session.publish();
        QVERIFY(!session.publishing());
        QSignalSpy saved(&session, &EditorSession::saved);
        session.document().set("/content/tagline", "Hers", "Tagline");
        session.save();
        QVERIFY(saved.wait(10000));
    }

    void on_this_machine_the_live_page_is_opened_below_the_platforms_own_name() {
        db::TenantStore(m_fixture->operator_session())
            .set_custom_domain(m_fixture->database.tenant_id(), "ada.com.au");
        m_session->open(m_fixture->tenant());
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), EditorSession::State::Ready, 10000);
        QCOMPARE(m_session->live_address(), QString("http://ada.localhost:8080"));
        auto services = m_fixture->services();
        services.public_url = "https://platform.example";
        EditorSession remote(services);
        remote.open(m_fixture->tenant());
        QTRY_COMPARE_WITH_TIMEOUT(remote.state(), EditorSession::State::Ready, 10000);
        QCOMPARE(remote.live_address(), QString("https://ada.com.au"));
    }
};

QTEST_MAIN(SessionTest)

#include "session_test.moc"
