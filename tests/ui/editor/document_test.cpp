// SPDX-License-Identifier: Apache-2.0
#include "db/stores/compliance_store.h"
#include "db/stores/revision_store.h"
#include "models/tenant/site_template.h"
#include "tests/support/sample_site.h"
#include "tests/support/test_database.h"
#include "ui/editor/draft/draft_document.h"
#include "ui/editor/draft/draft_journal.h"
#include "ui/editor/draft/element_path.h"
#include "ui/editor/draft/pointer.h"
#include "ui/editor/panels/import_file.h"
#include "ui/editor/panels/revision_model.h"
#include "ui/editor/photos/gallery_model.h"
#include "ui/editor/photos/thumbnails.h"
#include "ui/editor/publish_checklist.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QDir>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

using namespace studio;
using ui::DraftDocument;

class DocumentTest final : public QObject {
    Q_OBJECT

private:
    static models::Documents sample() { return test_support::valid_documents("Ada"); }

    static models::ValidationIssues no_issues() { return {}; }

private slots:
    void an_edit_can_be_undone_and_made_again() {
        DraftDocument draft;
        draft.reset(1, sample(), sample());
        draft.set("/content/tagline", "New words", "Tagline");
        QCOMPARE(draft.text("/content/tagline"), QString("New words"));
        QVERIFY(draft.dirty());
        draft.undo_stack()->undo();
        QVERIFY(draft.documents() == sample());
        QVERIFY(!draft.dirty());
        draft.undo_stack()->redo();
        QCOMPARE(draft.text("/content/tagline"), QString("New words"));
    }

    void typing_in_one_field_is_one_undo_step_and_another_field_is_a_second() {
        DraftDocument draft;
        draft.reset(1, sample(), sample());
        for (const auto *typed : {"N", "Ne", "New"}) {
            draft.set("/content/tagline", typed, "Tagline");
        }
        draft.set("/content/name", "Eve", "Name");
        QCOMPARE(draft.undo_stack()->count(), 2);
        draft.undo_stack()->undo();
        draft.undo_stack()->undo();
        QVERIFY(draft.documents() == sample());
    }

    void every_kind_of_edit_is_undone_to_the_very_same_documents() {
        DraftDocument draft;
        draft.reset(1, sample(), sample());
        models::Json service;
        service["id"] = "brunch";
        draft.insert("/content/services", 0, service, "Add");
        draft.move("/content/services", 0, 1, "Move");
        draft.remove("/content/services/0", "Remove");
        draft.insert("/content/testimonials", 0, service, "Add to a list that is not there");
        draft.remove("/content/pricing/hourly", "No price");
        draft.set("/theme/shadow", "strong", "Shadow");
        QCOMPARE(draft.undo_stack()->count(), 6);
        while (draft.undo_stack()->canUndo()) {
            draft.undo_stack()->undo();
        }
        QCOMPARE(QString::fromStdString(draft.documents().content.dump()),
                 QString::fromStdString(sample().content.dump()));
        QVERIFY(draft.documents() == sample());
    }

    void keys_that_the_program_does_not_know_stay_where_they_are() {
        auto documents = sample();
        documents.content["futureKey"] = models::Json::parse(R"({"deep": [1, {"kept": true}]})");
        documents.theme["colors"]["neon"] = "#ffffff";
        DraftDocument draft;
        draft.reset(1, documents, documents);
        draft.set("/content/tagline", "Other", "Tagline");
        draft.set("/theme/colors/primary", "#123456", "Primary");
        QVERIFY(draft.documents().content["futureKey"] == documents.content["futureKey"]);
        QCOMPARE(QString::fromStdString(draft.documents().theme["colors"].dump()),
                 QString::fromStdString(documents.theme["colors"].dump()).replace("#8b4789", "#123456"));
    }

    void undo_reports_the_field_that_it_changed() {
        DraftDocument draft;
        draft.reset(1, sample(), sample());
        draft.set("/theme/colors/primary", "#123456", "Primary");
        QSignalSpy revealed(&draft, &DraftDocument::revealed);
        draft.undo_stack()->undo();
        QCOMPARE(revealed.count(), 1);
        QCOMPARE(revealed[0][0].toString(), QString("/theme/colors/primary"));
    }

    void an_edit_through_a_text_is_refused_and_changes_nothing() {
        DraftDocument draft;
        draft.reset(1, sample(), sample());
        QSignalSpy refused(&draft, &DraftDocument::edit_refused);
        draft.set("/content/tagline/deeper", "x", "Nonsense");
        QCOMPARE(refused.count(), 1);
        QVERIFY(draft.documents() == sample());
        QCOMPARE(draft.undo_stack()->count(), 0);
    }

    void a_wrong_value_is_reported_at_its_field_as_it_is_typed() {
        DraftDocument draft;
        draft.reset(1, sample(), sample());
        QSignalSpy issues(&draft, &DraftDocument::issues_changed);
        draft.set("/theme/colors/primary", "#12", "Primary");
        QVERIFY(issues.wait(1000));
        const auto found = std::any_of(draft.issues().begin(), draft.issues().end(), [](const auto &issue) {
            return issue.pointer == "/theme/colors/primary" && issue.severity == models::Severity::Error;
        });
        QVERIFY(found);
    }

    void saving_keeps_what_was_typed_since() {
        DraftDocument draft;
        draft.reset(1, sample(), sample());
        draft.set("/content/tagline", "Saved", "Tagline");
        const auto sent = draft.documents();
        draft.set("/content/name", "Typed later", "Name");
        draft.mark_saved(2, sent);
        QCOMPARE(draft.base_number(), 2);
        QVERIFY(draft.dirty());
        QCOMPARE(draft.text("/content/name"), QString("Typed later"));
    }

    void the_journal_brings_unsaved_edits_back() {
        QTemporaryDir folder;
        auto documents = sample();
        documents.content["tagline"] = "Never saved";
        {
            ui::DraftJournal journal(folder.path(), "operator");
            journal.open("database", "tenant", [&] {
                return ui::JournalEntry{7, QDateTime::currentDateTimeUtc(), documents};
            });
            journal.edited();
            QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(journal.file()), 1000);
        }
        ui::DraftJournal again(folder.path(), "operator");
        again.open("database", "tenant", [] { return ui::JournalEntry{}; });
        const auto entry = again.read();
        QVERIFY(entry.has_value());
        QCOMPARE(entry->base_number, 7);
        QVERIFY(entry->documents == documents);
        again.clear();
        again.flush();
        QVERIFY(!again.read().has_value());
    }

    void another_login_does_not_see_the_journal() {
        QTemporaryDir folder;
        ui::DraftJournal mine(folder.path(), "operator");
        mine.open("database", "tenant", [] {
            return ui::JournalEntry{1, QDateTime::currentDateTimeUtc(), sample()};
        });
        mine.edited();
        mine.flush();
        ui::DraftJournal other(folder.path(), "companion");
        other.open("database", "tenant", [] { return ui::JournalEntry{}; });
        QVERIFY(mine.read().has_value());
        QVERIFY(!other.read().has_value());
    }

    void a_restored_copy_of_a_database_is_not_offered_the_edits_made_in_the_original() {
        QTemporaryDir folder;
        ui::DraftJournal original(folder.path(), "operator");
        original.open("database", "tenant", [] {
            return ui::JournalEntry{1, QDateTime::currentDateTimeUtc(), sample()};
        });
        original.edited();
        original.close();
        ui::DraftJournal copy(folder.path(), "operator");
        copy.open("restored", "tenant", [] { return ui::JournalEntry{}; });
        QVERIFY(!copy.read().has_value());
        original.open("database", "tenant", [] { return ui::JournalEntry{}; });
        QVERIFY(original.read().has_value());
    }

    void two_programs_never_write_one_journal_and_what_one_left_behind_is_taken_over() {
        QTemporaryDir folder;
        const auto entry_of = [](const char *tagline) {
            auto documents = sample();
            documents.content["tagline"] = tagline;
            return ui::JournalEntry{1, QDateTime::currentDateTimeUtc(), documents};
        };
        ui::DraftJournal first(folder.path(), "operator");
        auto second = std::make_unique<ui::DraftJournal>(folder.path(), "operator");
        first.open("database", "tenant", [&] { return entry_of("Typed in the first"); });
        second->open("database", "tenant", [&] { return entry_of("Typed in the second"); });
        QVERIFY(first.file() != second->file());
        first.edited();
        second->edited();
        first.flush();
        second->flush();
        QVERIFY(first.read()->documents.content["tagline"] == "Typed in the first");
        QVERIFY(second->read()->documents.content["tagline"] == "Typed in the second");
        first.clear();
        first.close();
        second.reset();
        first.open("database", "tenant", [&] { return entry_of(""); });
        QVERIFY(first.read()->documents.content["tagline"] == "Typed in the second");
    }

    void undo_does_not_reach_back_beyond_a_merge() {
        DraftDocument draft;
        draft.reset(1, sample(), sample());
        draft.set("/content/tagline", "Mine", "Tagline");
        auto theirs = sample();
        theirs.content["name"] = "Their name";
        auto merged = theirs;
        merged.content["tagline"] = "Mine";
        draft.rebase(2, theirs, merged);
        draft.undo_stack()->undo();
        QCOMPARE(draft.text("/content/name"), QString("Their name"));
        QCOMPARE(draft.text("/content/tagline"), QString("Mine"));
        draft.set("/content/tagline", "Mine again", "Tagline");
        draft.undo_stack()->undo();
        draft.undo_stack()->undo();
        QVERIFY(draft.documents() == merged);
    }

    void a_draft_that_may_only_be_read_refuses_every_edit_and_says_why() {
        DraftDocument draft;
        draft.reset(1, sample(), sample());
        draft.set_read_only(true);
        QSignalSpy refused(&draft, &DraftDocument::edit_refused);
        draft.set("/content/tagline", "No", "Tagline");
        draft.insert("/content/services", 0, models::Json::object(), "Add");
        draft.remove("/content/services/0", "Remove");
        draft.replace({}, "Replace");
        QCOMPARE(refused.count(), 4);
        QVERIFY(draft.documents() == sample());
    }

    void a_place_in_a_list_is_found_again_by_the_elements_id() {
        models::Documents documents;
        documents.photos = models::Json::parse(
            R"({"hero":{"variants":[{"id":"a","url":"/1.jpg"},{"id":"b","url":"/2.jpg"}]},
                "gallery":["/plain.jpg",{"id":"one","url":"/3.jpg"}]})");
        const auto variant = ui::element_path(documents, "/photos/hero/variants/1/url");
        const auto plain = ui::element_path(documents, "/photos/gallery/0");
        const auto absent = ui::element_path(documents, "/photos/hero/control");
        auto &variants = documents.photos["hero"]["variants"];
        std::swap(variants[0], variants[1]);
        documents.photos["gallery"].insert(documents.photos["gallery"].begin(), "/new.jpg");
        QCOMPARE(ui::find_pointer(documents, variant), QString("/photos/hero/variants/0/url"));
        QCOMPARE(ui::find_pointer(documents, plain), QString("/photos/gallery/1"));
        QCOMPARE(ui::find_pointer(documents, absent), QString("/photos/hero/control"));
        variants.erase(0);
        QVERIFY(!ui::find_pointer(documents, variant));
    }

    void a_broken_journal_is_set_aside_and_not_deleted() {
        QTemporaryDir folder;
        ui::DraftJournal journal(folder.path(), "operator");
        journal.open("database", "tenant", [] { return ui::JournalEntry{}; });
        QFile file(journal.file());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"base\": 3, \"theme\": {\"colo");
        file.close();
        QVERIFY(!journal.read().has_value());
        QCOMPARE(QDir(folder.filePath("database")).entryList({"*.broken-*"}, QDir::Files).size(), 1);
    }

    // A program that types and is then killed without any chance to write.
    void a_killed_program_loses_at_most_the_last_second_of_typing() {
        QTemporaryDir folder;
        const auto child = fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            const auto program = QCoreApplication::applicationFilePath().toLocal8Bit();
            const auto where = folder.path().toLocal8Bit();
            execl(program.constData(), program.constData(), "--type-forever", where.constData(), nullptr);
            _exit(1);
        }
        const auto progress = folder.filePath("progress");
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(progress).size() > 45, 20000);
        ::kill(child, SIGKILL);
        int status = 0;
        waitpid(child, &status, 0);
        QVERIFY(WIFSIGNALED(status));
        QFile file(progress);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const int typed = static_cast<int>(file.size()); // one byte every 50 ms
        ui::DraftJournal journal(folder.path(), "operator");
        journal.open("database", "tenant", [] { return ui::JournalEntry{}; });
        const auto entry = journal.read();
        QVERIFY(entry.has_value());
        const auto kept = entry->documents.content["tagline"].get<std::string>().size();
        QVERIFY2(typed - static_cast<int>(kept) <= 20,
                 qPrintable(QString("typed %1, kept %2").arg(typed).arg(kept)));
    }

    void the_checklist_blocks_a_live_tenant_without_release_and_advises_a_preview() {
        ui::TenantFacts facts;
        facts.compliance_known = true;
        facts.tenant.status = models::TenantStatus::Preview;
        const auto advice = ui::publish_checklist(facts, sample(), no_issues());
        QCOMPARE(ui::blocking(advice), 0);
        facts.tenant.status = models::TenantStatus::Active;
        const auto items = ui::publish_checklist(facts, sample(), no_issues());
        QCOMPARE(ui::blocking(items), 3); // identity, hero, gallery photo
        QVERIFY(std::any_of(items.begin(), items.end(), [](const auto &item) {
            return item.pointer == "/photos/gallery/0" && item.release_url == "/media/ada/one.jpg";
        }));
    }

    void a_release_of_another_size_of_the_same_picture_counts() {
        ui::TenantFacts facts;
        facts.compliance_known = true;
        facts.tenant.status = models::TenantStatus::Active;
        auto documents = sample();
        documents.photos["gallery"][0]["url"] = "/media/ada/one-1a2b3c4d-1280.jpg";
        const int before = ui::blocking(ui::publish_checklist(facts, documents, no_issues()));
        facts.photo_states["/media/ada/one-1a2b3c4d"].agreed = true;
        QCOMPARE(ui::blocking(ui::publish_checklist(facts, documents, no_issues())), before - 1);
    }

    void the_checklist_counts_each_persons_release_and_names_the_one_that_ended() {
        ui::TenantFacts facts;
        facts.compliance_known = true;
        facts.people["/media/ada/one.jpg"] = 2;
        db::PhotoRelease release;
        release.photo_url = "/media/ada/one.jpg";
        release.person = "Mia";
        facts.releases.push_back(release);
        facts.photo_states["/media/ada/one.jpg"].releases = 1;
        const auto says = [&facts](const QString &words) {
            const auto items = ui::publish_checklist(facts, sample(), no_issues());
            return std::ranges::any_of(items, [&words](const auto &item) {
                return item.pointer == "/photos/gallery/0" && item.text.contains(words);
            });
        };
        QVERIFY(says("1 of 2 people’s releases"));
        facts.releases.front().valid_until = "2020-03-01";
        facts.photo_states["/media/ada/one.jpg"].releases = 0;
        QVERIFY(says("The release of Mia ended on 1 March 2020"));
    }

    void the_checklist_names_each_place_of_a_paused_photo_and_what_to_do() {
        ui::TenantFacts facts; // of somebody who may not read releases
        facts.photo_states["/media/ada/one-1a2b3c4d"].paused = true;
        auto documents = sample();
        documents.photos["gallery"][0]["url"] = "/media/ada/one-1a2b3c4d-1280.jpg";
        documents.content["seo"]["ogImage"] = "/media/ada/one-1a2b3c4d-640.jpg";
        const auto paused = [&] {
            auto items = ui::publish_checklist(facts, documents, no_issues());
            std::erase_if(items, [](const auto &item) { return !item.text.contains("is paused"); });
            return items;
        };
        auto items = paused();
        QCOMPARE(items.size(), std::size_t{2});
        QCOMPARE(items[0].pointer, QString("/photos/gallery/0"));
        QVERIFY2(items[0].text.startsWith("The gallery photo 1 is paused"), qPrintable(items[0].text));
        QVERIFY2(items[0].text.contains("Resume it on the page of photos"), qPrintable(items[0].text));
        QCOMPARE(items[1].pointer, QString("/content/seo/ogImage"));
        QCOMPARE(ui::blocking(items), 0);
        facts.tenant.status = models::TenantStatus::Active; // publishing would be refused
        QCOMPARE(ui::blocking(paused()), 2);
    }

    void the_checklist_names_each_place_of_a_photo_that_was_taken_down_and_records_no_release_for_it() {
        ui::TenantFacts facts;
        facts.compliance_known = true;
        facts.tenant.status = models::TenantStatus::Active;
        auto &state = facts.photo_states["/media/ada/one-1a2b3c4d"];
        state.withheld = state.taken_down = true;
        auto documents = sample();
        documents.photos["gallery"][0]["url"] = "/media/ada/one-1a2b3c4d-1280.jpg";
        documents.content["seo"]["ogImage"] = "/media/ada/one-1a2b3c4d-640.jpg";
        const auto of_photo = [&] {
            auto items = ui::publish_checklist(facts, documents, no_issues());
            std::erase_if(items, [](const auto &item) {
                return item.pointer != "/photos/gallery/0" && item.pointer != "/content/seo/ogImage";
            });
            return items;
        };
        auto items = of_photo();
        QCOMPARE(items.size(), std::size_t{2});
        QVERIFY2(items[0].text.startsWith("The gallery photo 1 was taken down"), qPrintable(items[0].text));
        QVERIFY2(items[1].text.startsWith("The sharing picture was taken down"), qPrintable(items[1].text));
        QCOMPARE(ui::blocking(items), 2);
        QVERIFY(items[0].release_url.isEmpty() && items[1].release_url.isEmpty());
        state.taken_down = false; // its release was withdrawn: another one counts
        items = of_photo();
        QVERIFY2(items[0].text.startsWith("No release is recorded"), qPrintable(items[0].text));
        QVERIFY(!items[0].release_url.isEmpty());
        state.stored = false; // and its files were deleted with that
        items = of_photo();
        QVERIFY2(items[0].text.contains("Add the photo again and record a release"),
                 qPrintable(items[0].text));
        QVERIFY(!items[0].release_url.isEmpty());
    }

    void weights_whose_test_was_stopped_rest_until_other_weights_are_published() {
        const test_support::TestDatabase database{test_support::TestDatabase::Tenants::Two};
        const auto id = database.tenant_id();
        db::Session people(database.operator_url());
        test_support::go_live(people, id);
        db::ComplianceStore(people).record_release(id, "/media/ada/second.jpg");
        db::RevisionStore revisions(people);
        const auto publish = [&](double weight) {
            auto latest = *revisions.latest(id);
            latest.documents.photos["hero"]["variants"] = models::Json::array(
                {{{"id", "a"}, {"url", "/media/ada/second.jpg"}, {"alt", "A view"}, {"weight", weight}}});
            const int number = latest.summary.number + 1;
            revisions.save(id, latest.summary.number, latest.documents, "",
                           QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString());
            revisions.publish(id, number);
        };
        const auto facts = [&] { return ui::read_tenant_facts(people, id); };
        QVERIFY(!facts().weights_rest); // there are none
        publish(0.5);
        QVERIFY(!facts().weights_rest);
        db::ExperimentStore tests(people);
        const auto photos = tests.list(id).front().id;
        tests.pause(photos);
        QVERIFY(facts().hero_test.has_value()); // everyone sees the control
        QVERIFY(!facts().weights_rest);
        tests.stop(photos);
        QVERIFY(facts().weights_rest);
        QVERIFY(!facts().hero_test.has_value());
        publish(0.4);
        QVERIFY(!facts().weights_rest);
    }

    void the_checklist_asks_for_releases_of_the_sharing_picture_and_of_the_running_test() {
        ui::TenantFacts facts;
        facts.compliance_known = true;
        facts.tenant.status = models::TenantStatus::Active;
        auto documents = sample();
        documents.content["seo"]["ogImage"] = "/media/ada/share-12345678-1920.jpg";
        models::Experiment test;
        test.name = "Faces";
        test.status = models::ExperimentStatus::Active;
        test.variants = {{"control", "", 0.5, {}},
                         {"other", "", 0.5, {{"photo", {{"url", "/media/ada/face-12345678-960.jpg"}}}}}};
        facts.hero_test = test;
        const auto asks = [&](const char *url) {
            const auto items = ui::publish_checklist(facts, documents, no_issues());
            return std::any_of(items.begin(), items.end(), [&](const auto &item) {
                return item.level == ui::ChecklistItem::Level::Blocking && item.release_url == url;
            });
        };
        QVERIFY(asks("/media/ada/share-12345678-1920.jpg"));
        QVERIFY(asks("/media/ada/face-12345678-960.jpg"));
        facts.photo_states["/media/ada/share-12345678"].agreed = true; // whatever its size
        QVERIFY(!asks("/media/ada/share-12345678-1920.jpg"));
    }

    void the_checklist_names_contrast_and_a_missing_baseline_with_their_fields() {
        auto documents = sample();
        documents.theme["colors"]["text"] = "#fafafa";
        documents.photos["hero"]["variants"] = models::Json::parse(
            R"([{"id": "a", "url": {"url": "/media/ada/a.jpg", "alt": "A"}, "weight": 1}])");
        const auto items = ui::publish_checklist({}, documents, no_issues());
        const auto has = [&items](const QString &pointer) {
            return std::any_of(items.begin(), items.end(),
                               [&](const auto &item) { return item.pointer == pointer; });
        };
        QVERIFY(has("/theme/colors/text"));
        QVERIFY(has("/photos/hero/variants/0/weight"));
    }

    void the_checklist_names_words_of_the_template_and_leads_to_the_missing_identity_check() {
        const auto &site = models::site_templates().front();
        ui::TenantFacts facts;
        facts.compliance_known = true;
        auto documents = models::start_from(site, "Ada");
        const auto pointers = [&] {
            QStringList found;
            for (const auto &item : ui::publish_checklist(facts, documents, {})) {
                if (item.text.contains("template")) {
                    found << item.pointer;
                }
            }
            return found;
        };
        QVERIFY2(pointers().contains("/content/bio"), qPrintable(pointers().join(' ')));
        for (const auto &item : ui::publish_checklist(facts, documents, {})) {
            if (item.pointer == "/content/bio") {
                QVERIFY2(item.text.startsWith("Bio: "), qPrintable(item.text));
            }
        }
        QStringList once = pointers();
        QCOMPARE(once.removeDuplicates(), 0);
        const std::string long_name =
            "Anastasia Wilhelmina Featherstonehaugh-Montgomery of Upper Wollstonecraft";
        documents = models::start_from(site, long_name);
        QVERIFY2(!pointers().contains("/content/name"), "her own name is no text of the template");
        documents.content["bio"] = "I am Ada, and these words are mine and nobody else's.";
        QVERIFY(!pointers().contains("/content/bio"));
        const auto items = ui::publish_checklist(facts, documents, {});
        QVERIFY(std::any_of(items.begin(), items.end(), [](const auto &item) { return item.at_companions; }));
    }

    void the_checklist_says_which_of_a_list_is_meant() {
        const models::ValidationIssues issues{
            {"/photos/gallery/10/alt", "The alt text is missing.", models::Severity::Error},
            {"/content/name", "The name is missing.", models::Severity::Error}};
        const auto items = ui::publish_checklist({}, sample(), issues);
        QCOMPARE(items[0].text, QString("Gallery photo 11: The alt text is missing."));
        QCOMPARE(items[1].text, QString("The name is missing."));
    }

    void a_document_of_ten_megabytes_is_not_imported() {
        QTemporaryDir folder;
        const auto name = folder.filePath("huge.json");
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"content\":{\"bio\":\"" + QByteArray(10 * 1024 * 1024, 'x') + "\"}}");
        file.close();
        const auto imported = ui::read_import(name, sample());
        QVERIFY(!imported.documents.has_value());
        QVERIFY2(imported.problem.contains("huge.json") && imported.problem.contains("too large"),
                 qPrintable(imported.problem));
    }

    void a_broken_file_is_not_imported_and_the_message_names_the_place() {
        QTemporaryDir folder;
        const auto name = folder.filePath("broken.json");
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"content\":\n {\"name\": }}");
        file.close();
        const auto imported = ui::read_import(name, sample());
        QVERIFY(!imported.documents.has_value());
        QVERIFY2(imported.problem.contains("line 2"), qPrintable(imported.problem));
    }

    void an_export_can_be_imported_again() {
        QTemporaryDir folder;
        const auto name = folder.filePath("draft.json");
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(ui::export_bytes(sample()));
        file.close();
        const auto imported = ui::read_import(name, {});
        QVERIFY2(imported.documents.has_value(), qPrintable(imported.problem));
        QVERIFY(*imported.documents == sample());
    }

    void the_gallery_model_follows_the_document() {
        DraftDocument draft;
        draft.reset(1, sample(), sample());
        ui::Thumbnails thumbnails(std::filesystem::path{});
        ui::GalleryModel model(draft, thumbnails);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 1);
        models::Json photo;
        photo["id"] = "two";
        photo["url"] = "/media/ada/two.jpg";
        draft.insert(ui::gallery_pointer, 1, photo, "Add");
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(model.index(1).data(ui::GalleryModel::NeedsAltRole).toBool());
        std::unique_ptr<QMimeData> dragged(model.mimeData({model.index(1)}));
        model.dropMimeData(dragged.get(), Qt::MoveAction, 0, 0, {});
        QCOMPARE(draft.text("/photos/gallery/0/id"), QString("two"));
        QCOMPARE(model.index(0).data(ui::GalleryModel::UrlRole).toString(), QString("/media/ada/two.jpg"));
        draft.undo_stack()->undo();
        draft.undo_stack()->undo();
        QCOMPARE(model.rowCount(), 1);
    }

    void the_revision_model_is_sound_and_finds_live_and_earlier() {
        ui::RevisionModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        models::RevisionSummary three{"c", 3, "Olive", {}, "", false}, two{"b", 2, "Ada", {}, "note", true},
            one{"a", 1, "Ada", {}, "", false};
        model.set_revisions({three, two, one});
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.live()->number, 2);
        QCOMPARE(model.before(3)->number, 2);
        QVERIFY(!model.before(1).has_value());
        QVERIFY(model.index(1).data().toString().contains("live"));
    }

    void pointers_with_slashes_and_tildes_are_escaped() {
        QCOMPARE(ui::child("/content/socialMedia", QString("a/b~c")),
                 QString("/content/socialMedia/a~1b~0c"));
        QVERIFY(ui::is_within("/content/services/1/name", "/content/services/1"));
        QVERIFY(!ui::is_within("/content/services/10", "/content/services/1"));
    }
};

namespace {

int type_forever(const QString &folder) {
    auto documents = test_support::valid_documents("Ada");
    DraftDocument draft;
    draft.reset(1, documents, documents);
    ui::DraftJournal journal(folder, "operator");
    journal.open("database", "tenant", [&] {
        return ui::JournalEntry{draft.base_number(), QDateTime::currentDateTimeUtc(), draft.documents()};
    });
    QObject::connect(&draft, &DraftDocument::changed, &journal, &ui::DraftJournal::edited);
    QFile progress(folder + "/progress");
    if (!progress.open(QIODevice::WriteOnly | QIODevice::Unbuffered)) {
        return 1;
    }
    QTimer timer;
    std::string text;
    QObject::connect(&timer, &QTimer::timeout, &draft, [&] {
        text += 'x';
        draft.set("/content/tagline", text, "Tagline");
        progress.write("x");
    });
    timer.start(50);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv) {
    QApplication application(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "--type-forever") == 0) {
        return type_forever(QString::fromLocal8Bit(argv[2]));
    }
    DocumentTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "document_test.moc"
