// SPDX-License-Identifier: Apache-2.0
#include "db/stores/photo_library.h"
#include "tests/ui/editor/editor_fixture.h"
#include "ui/editor/editor_session.h"
#include "ui/editor/panels/publish_panel.h"
#include "ui/editor/panels/publish_wait.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace studio;
using test_support::EditorFixture;

// A draft whose hero photo is in the library and not yet in the platform's store.
class PublishWaitTest final : public QObject {
    Q_OBJECT

    std::unique_ptr<EditorFixture> m_fixture;
    std::unique_ptr<ui::EditorSession> m_session;
    std::unique_ptr<ui::PublishPanel> m_panel;
    std::string m_key;

    template <typename Widget> Widget *find(const char *name) { return m_panel->findChild<Widget *>(name); }

    void add_photo() {
        const auto folder = m_fixture->stored().media_folder;
        m_key = folder + "/" + std::string(32, 'a') + "-480.webp";
        db::LibraryPhoto photo;
        photo.picture = "/media/" + folder + "/" + std::string(32, 'a');
        photo.photo.id = "p1";
        photo.photo.url = "/media/" + m_key;
        photo.photo.alt = "By the window";
        photo.photo.width = 480;
        photo.photo.height = 320;
        photo.content_hash = std::string(64, 'c');
        photo.files = {{m_key, "image/webp", 1000, false, false}};
        db::PhotoLibrary(m_fixture->operator_session()).add(m_fixture->tenant(), photo);
        m_fixture->save_elsewhere([&](models::Documents &documents) {
            documents.photos["hero"]["control"] = {{"url", photo.photo.url}, {"alt", photo.photo.alt}};
        });
    }
    void arrive() {
        db::PhotoLibrary(m_fixture->operator_session()).mark_stored(m_fixture->tenant(), {m_key});
        m_session->refresh_facts();
    }

private slots:
    void init() {
        m_fixture = std::make_unique<EditorFixture>();
        add_photo();
        m_session = std::make_unique<ui::EditorSession>(m_fixture->services());
        m_panel = std::make_unique<ui::PublishPanel>(*m_session);
        m_panel->show();
        m_session->open(m_fixture->tenant());
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), ui::EditorSession::State::Ready, 10000);
        m_panel->refresh();
    }
    void cleanup() {
        m_panel.reset();
        m_session.reset();
        m_fixture.reset();
    }

    void a_photo_on_its_way_is_named_and_holds_up_publishing() {
        QVERIFY(find<QLabel>("publish-wait-words")->isVisible());
        QVERIFY(find<QLabel>("publish-wait-words")->text().contains("By the window"));
        QVERIFY(!find<QPushButton>("publish-now")->isEnabled());
        arrive();
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("publish-now")->isEnabled(), 10000);
        QVERIFY(!find<QFrame>("publish-wait")->isVisible());
        QVERIFY(!m_fixture->stored().published_revision);
    }

    void it_is_published_by_itself_when_the_photos_are_there() {
        find<QPushButton>("publish-when-there")->click();
        QVERIFY(find<QLabel>("publish-summary")->text().contains("by itself"));
        arrive();
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->stored().published_revision.has_value(), 10000);
    }

    void a_change_of_the_draft_ends_the_waiting() {
        find<QPushButton>("publish-when-there")->click();
        m_session->document().set("/content/tagline", "Another", "Tagline");
        QVERIFY(!m_panel->wait()->waits());
    }

    void what_holds_the_uploads_up_is_said() {
        m_panel->wait()->set_uploads_problem([] { return QString("No keys here."); });
        m_panel->refresh();
        QVERIFY(find<QLabel>("publish-wait-words")->text().contains("No keys here."));
    }
};

QTEST_MAIN(PublishWaitTest)
#include "publish_wait_test.moc"
