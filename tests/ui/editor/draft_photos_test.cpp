// SPDX-License-Identifier: Apache-2.0
#include "db/stores/photo_library.h"
#include "models/documents/photos.h"
#include "models/tenant/photo_releases.h"
#include "tests/support/sample_site.h"
#include "tests/ui/editor/editor_fixture.h"
#include "ui/editor/draft_photos.h"
#include "ui/editor/editor_session.h"
#include "ui/editor/panels/publish_panel.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace studio;
using test_support::EditorFixture;
using ui::DraftDocument;

namespace {

const std::string gone = "/media/ada/gone-1a2b3c4d";

// Shows the photo that was taken down in each kind of place, beside others.
models::Documents with_gone_photos() {
    auto documents = test_support::valid_documents("Ada");
    const models::Json kept = documents.photos["gallery"][0];
    documents.photos["hero"]["control"] = {{"url", gone + "-1280.jpg"}, {"alt", "A bridge"}};
    documents.photos["hero"]["variants"] = {{{"id", "a"}, {"url", gone + "-640.jpg"}, {"weight", 0.2}},
                                            {{"id", "b"}, {"url", kept["url"]}, {"weight", 0.2}}};
    documents.photos["gallery"] = {{{"id", "g1"}, {"url", gone + "-1280.jpg"}, {"alt", "A bridge"}},
                                   kept,
                                   {{"id", "g3"}, {"url", gone + "-1280.jpg"}, {"alt", "Again"}}};
    documents.photos["testimonials"] = {{{"id", "t1"}, {"photo", gone + "-320.jpg"}}};
    documents.content["testimonials"] = {
        {{"id", "x"}, {"quote", "Lovely"}, {"author", "B"}, {"photoId", "t1"}}};
    documents.content["seo"]["ogImage"] = gone + "-1280.jpg";
    return documents;
}

ui::TenantFacts facts_of_takedown() {
    ui::TenantFacts facts;
    auto &state = facts.photo_states[models::picture_of(gone + "-1280.jpg")];
    state.withheld = state.taken_down = true;
    return facts;
}

} // namespace

class DraftPhotosTest final : public QObject {
    Q_OBJECT

private slots:
    void a_photo_that_was_taken_down_leaves_every_place_of_the_draft_as_one_step_for_undo() {
        DraftDocument draft;
        const auto before = with_gone_photos();
        draft.reset(1, before, before);
        QCOMPARE(ui::taken_down_photos(before, facts_of_takedown()).size(), std::size_t{6});
        ui::remove_taken_down_photos(draft, facts_of_takedown());
        QVERIFY(ui::taken_down_photos(draft.documents(), facts_of_takedown()).empty());
        QVERIFY(draft.documents().photos.dump().find(gone) == std::string::npos);
        const auto photos = models::read_photos(draft.documents().photos);
        QCOMPARE(photos.hero.variants.size(), std::size_t{1});
        QCOMPARE(photos.gallery.size(), std::size_t{1});
        QCOMPARE(photos.gallery[0].url, std::string("/media/ada/one.jpg"));
        QVERIFY(!draft.documents().content["testimonials"][0].contains("photoId"));
        QVERIFY(!draft.documents().content["seo"].contains("ogImage"));
        QCOMPARE(draft.undo_stack()->count(), 1);
        draft.undo_stack()->undo();
        QVERIFY(draft.documents() == before);
    }

    void a_draft_without_such_photos_or_that_may_not_be_changed_stays_as_it_is() {
        DraftDocument draft;
        const auto before = with_gone_photos();
        draft.reset(1, before, before);
        ui::remove_taken_down_photos(draft, {});
        draft.set_read_only(true);
        ui::remove_taken_down_photos(draft, facts_of_takedown());
        QVERIFY(draft.documents() == before);
        QCOMPARE(draft.undo_stack()->count(), 0);
    }

    void the_databases_refusal_names_places_instead_of_addresses() {
        const auto photos = ui::draft_photos(with_gone_photos(), {});
        const auto url = QString::fromStdString(gone);
        QCOMPARE(ui::with_places(
                     QString("Ada cannot be public: no release is recorded for the photo %1-640.jpg; the "
                             "photo %1-1280.jpg was taken down: leave it out")
                         .arg(url),
                     photos),
                 QString("Ada cannot be public: no release is recorded for the hero variant A; the hero "
                         "photo (also the gallery photo 1, "
                         "the gallery photo 3, the sharing picture) was taken down: leave it out"));
        const QString other = "the photo " + url + "-640.jpgx is of nobody";
        QCOMPARE(ui::with_places(other, photos), other);
    }

    void the_publish_panel_offers_to_remove_it_and_no_release() {
        EditorFixture fixture;
        const auto folder = fixture.stored().media_folder;
        db::LibraryPhoto photo;
        photo.picture = "/media/" + folder + "/" + std::string(32, 'a');
        photo.photo.id = "p1";
        photo.photo.url = photo.picture + "-480.webp";
        photo.photo.alt = "By the window";
        photo.content_hash = std::string(64, 'c');
        photo.files = {{folder + "/" + std::string(32, 'a') + "-480.webp", "image/webp", 1000, false, false}};
        db::PhotoLibrary library(fixture.operator_session());
        library.add(fixture.tenant(), photo);
        fixture.save_elsewhere([&](models::Documents &documents) {
            documents.photos["gallery"].push_back(
                {{"id", "g2"}, {"url", photo.photo.url}, {"alt", "By the window"}});
        });
        library.take_down(fixture.tenant(), photo.picture);
        ui::EditorSession session(fixture.services());
        ui::PublishPanel panel(session);
        panel.show();
        session.open(fixture.tenant());
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), ui::EditorSession::State::Ready, 10000);
        panel.refresh();
        auto *remove = panel.findChild<QPushButton *>("remove-taken-down");
        QVERIFY(remove->isVisible());
        QVERIFY(panel.findChild<QWidget *>("check:/photos/gallery/1") != nullptr);
        remove->click();
        QTRY_VERIFY(!remove->isVisible());
        QCOMPARE(session.document().size("/photos/gallery"), std::size_t{1});
        session.document().undo_stack()->undo();
        QTRY_VERIFY(remove->isVisible());
    }
};

QTEST_MAIN(DraftPhotosTest)
#include "draft_photos_test.moc"
