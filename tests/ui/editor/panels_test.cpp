// SPDX-License-Identifier: Apache-2.0
#include "db/stores/share_link_store.h"
#include "preview/web_engine.h"
#include "tests/db/fixtures/sql.h"
#include "tests/ui/editor/editor_desk.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/tenant_id.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QListView>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QToolButton>
#include <Qsci/qsciscintilla.h>

#include <algorithm>

using namespace studio;
using test_support::EditorDesk;
using test_support::TestServer;

namespace {

constexpr int typing_pause_ms = 2000; // edits of a field within it are one step for undo

void send_mouse(QWidget *widget, QEvent::Type type, QPoint at, Qt::MouseButton button,
                Qt::MouseButtons held) {
    QMouseEvent event(type, at, widget->mapToGlobal(at), button, held, Qt::NoModifier);
    QApplication::sendEvent(widget, &event);
}

// From the middle of `handle` to a point of `other`, button held.
void drag(QWidget *handle, QWidget *other, QPoint to) {
    const auto start = handle->rect().center();
    const auto end = handle->mapFromGlobal(other->mapToGlobal(to));
    send_mouse(handle, QEvent::MouseButtonPress, start, Qt::LeftButton, Qt::LeftButton);
    send_mouse(handle, QEvent::MouseMove, (start + end) / 2, Qt::NoButton, Qt::LeftButton);
    send_mouse(handle, QEvent::MouseMove, end, Qt::NoButton, Qt::LeftButton);
    send_mouse(handle, QEvent::MouseButtonRelease, end, Qt::LeftButton, Qt::NoButton);
}

void drop_files(QWidget *target, QPoint at, const QStringList &files) {
    QMimeData data;
    QList<QUrl> urls;
    for (const auto &file : files) {
        urls << QUrl::fromLocalFile(file);
    }
    data.setUrls(urls);
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &enter);
    QDragMoveEvent move(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &move);
    QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &drop);
}

void drop_file(QWidget *target, QPoint at, const QString &file) {
    drop_files(target, at, {file});
}

} // namespace

class PanelsTest final : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<EditorDesk> m_desk;

    template <typename Widget> Widget *find(const QString &name) { return m_desk->find<Widget>(name); }

    int links() {
        return static_cast<int>(db::ShareLinkStore(m_desk->fixture.operator_session())
                                    .list(m_desk->fixture.database.tenant_id())
                                    .size());
    }

    bool problem_is_said(const QString &word) {
        const auto labels = m_desk->page.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const auto *label) {
            return label->isVisible() && label->text().contains(word);
        });
    }

private slots:
    void init() {
        TestServer::instance().start();
        m_desk = std::make_unique<EditorDesk>();
        QVERIFY(m_desk->opened());
    }

    void cleanup() { m_desk.reset(); }

    void history_compares_revisions_and_restores_one_as_an_edit_that_can_be_undone() {
        auto *tagline = m_desk->line("/content/tagline");
        const auto first = tagline->text();
        m_desk->type(tagline, "The second tagline");
        QTest::keyClick(tagline, Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->fixture.latest().summary.number, 2, 10000);
        find<QAction>("action-history")->trigger();
        auto *revisions = find<QListView>("revisions");
        auto *changes = find<QLabel>("changes");
        QTRY_COMPARE_WITH_TIMEOUT(revisions->model()->rowCount(), 2, 10000);
        QTRY_VERIFY_WITH_TIMEOUT(
            changes->text().contains("Tagline") && changes->text().contains("The second tagline"), 10000);
        QVERIFY(!find<QPushButton>("restore")->isVisible());
        revisions->setCurrentIndex(revisions->model()->index(1, 0));
        QTRY_COMPARE_WITH_TIMEOUT(changes->text(), QString("The first revision."), 10000);
        QVERIFY(find<QPushButton>("restore")->isVisible());
        find<QComboBox>("compare-with")->setCurrentIndex(1);
        QTRY_COMPARE_WITH_TIMEOUT(changes->text(), QString("Nothing is published yet."), 10000);
        find<QComboBox>("compare-with")->setCurrentIndex(2);
        QTRY_VERIFY_WITH_TIMEOUT(changes->text().contains(first), 10000);
        QTest::mouseClick(find<QPushButton>("restore"), Qt::LeftButton);
        QCOMPARE(tagline->text(), first);
        QVERIFY(!find<QPushButton>("restore")->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->shown("/content/tagline"), first, 5000);
        QCOMPARE(m_desk->fixture.latest().summary.number, 2);
        find<QAction>("action-undo")->trigger();
        QCOMPARE(tagline->text(), QString("The second tagline"));
    }

    void a_share_link_is_made_copied_listed_and_ended() {
        find<QAction>("action-share")->trigger();
        QTest::mouseClick(find<QPushButton>("share-create"), Qt::LeftButton);
        auto *link = find<QLineEdit>("share-link");
        QTRY_VERIFY_WITH_TIMEOUT(link->isVisible(), 10000);
        QVERIFY2(link->text().startsWith("http://preview-ada.localhost:8080/?share="),
                 qPrintable(link->text()));
        QCOMPARE(links(), 1);
        QTest::mouseClick(find<QPushButton>("share-copy"), Qt::LeftButton);
        QCOMPARE(QApplication::clipboard()->text(), link->text());
        const auto end = [this]() -> QToolButton * {
            for (auto *button : m_desk->page.findChildren<QToolButton *>()) {
                if (button->objectName().startsWith("share-revoke:") && button->isVisible()) {
                    return button;
                }
            }
            return nullptr;
        };
        QTRY_VERIFY_WITH_TIMEOUT(end(), 10000);
        QTest::mouseClick(end(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(links(), 0, 10000);
        QTRY_VERIFY_WITH_TIMEOUT(!link->isVisible(), 5000);
    }

    void the_wording_of_both_messages_is_saved_and_a_mistyped_placeholder_is_named() {
        find<QToolButton>("section-head:messages")->click();
        find<QToolButton>("section-head:mail:visitor")->click();
        find<QToolButton>("section-head:mail:companion")->click();
        auto *subject = m_desk->line("/content/bookingEmails/visitor/subject");
        QVERIFY(subject && !subject->placeholderText().isEmpty());
        for (const auto *never_filled : {"{{message}}", "{{phone}}", "{{duration}}"}) {
            QVERIFY(!find<QLabel>("placeholders:visitor")->text().contains(never_filled));
            QVERIFY(find<QLabel>("placeholders:companion")->text().contains(never_filled));
        }
        m_desk->type(subject, "Thank you, {{nmae}}");
        QTRY_VERIFY_WITH_TIMEOUT(problem_is_said("nmae"), 5000);
        m_desk->type(subject, "Thank you, {{name}}");
        QTRY_VERIFY_WITH_TIMEOUT(!problem_is_said("nmae"), 5000);
        auto *message = find<QPlainTextEdit>("field:/content/bookingEmails/companion/message");
        message->setFocus();
        QTest::keyClicks(message, "**{{name}}** asks for {{date}}");
        QTest::keyClick(message, Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->fixture.latest().summary.number, 2, 10000);
        const auto saved = m_desk->fixture.latest().documents.content["bookingEmails"];
        QCOMPARE(QString::fromStdString(saved["visitor"]["subject"]), QString("Thank you, {{name}}"));
        QCOMPARE(QString::fromStdString(saved["companion"]["message"]),
                 QString("**{{name}}** asks for {{date}}"));
    }

    void lengths_are_counted_as_a_person_counts() {
        find<QToolButton>("section-head:search")->click();
        auto *title = m_desk->line("/content/seo/title");
        title->selectAll();
        title->insert(QString::fromUtf8("e\u0301").repeated(59));
        QTest::keyClicks(title, "x");
        QTRY_VERIFY_WITH_TIMEOUT(problem_is_said("60 of 60 characters"), 5000);
    }

    void a_colour_that_cannot_be_read_is_mended_by_one_press() {
        m_desk->show_tab(EditorDesk::Theme);
        auto *primary = m_desk->line("/theme/colors/primary");
        m_desk->type(primary, "#f4c2c2");
        const auto mend = [this] { return find<QPushButton>("mend:/theme/colors/primary"); };
        QTRY_VERIFY_WITH_TIMEOUT(mend() && mend()->isVisible(), 5000);
        QTest::qWait(typing_pause_ms + 200); // time is the subject: a pause in typing ends a step for undo
        const auto nearest = mend()->text().section(' ', -1);
        QTest::mouseClick(mend(), Qt::LeftButton);
        QCOMPARE(primary->text(), nearest);
        QTRY_VERIFY_WITH_TIMEOUT(!mend(), 5000);
        find<QAction>("action-undo")->trigger();
        QCOMPARE(primary->text(), QString("#f4c2c2"));
    }

    void own_css_reaches_the_preview_and_says_what_is_left_out() {
        m_desk->show_tab(EditorDesk::Theme);
        find<QToolButton>("section-head:css")->click();
        auto *css = find<QsciScintilla>("field:/theme/customCss");
        QVERIFY(css);
        css->setFocus();
        QTest::keyClicks(css, "h1 { letter-spacing: 7px }");
        const QString spacing = "getComputedStyle(document.querySelector('.site h1')).letterSpacing";
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->in_preview(spacing).toString(), QString("7px"), 10000);
        auto *dropped = find<QLabel>("css-dropped");
        QVERIFY(!dropped->isVisible());
        QTest::keyClicks(css, " p { background: url(https://elsewhere.example/x.png) }");
        QTRY_VERIFY_WITH_TIMEOUT(dropped->isVisible() && dropped->text().contains("url"), 5000);
    }

    void the_css_field_is_read_in_light_and_dark_and_tab_leaves_it() {
        m_desk->show_tab(EditorDesk::Theme);
        find<QToolButton>("section-head:css")->click();
        auto *css = find<QsciScintilla>("field:/theme/customCss");
        css->setText(".site h1 { letter-spacing: 1px }");
        QTRY_VERIFY_WITH_TIMEOUT(css->isVisible(), 5000);
        const auto size_of = [css](int style) {
            return css->SendScintilla(QsciScintilla::SCI_STYLEGETSIZEFRACTIONAL,
                                      static_cast<unsigned long>(style)) /
                   100.0;
        };
        const auto color_of = [css](unsigned message, int style) {
            const auto bgr =
                static_cast<unsigned>(css->SendScintilla(message, static_cast<unsigned long>(style)));
            return QColor(bgr & 0xff, (bgr >> 8) & 0xff, (bgr >> 16) & 0xff);
        };
        const auto light = qApp->palette();
        auto dark = light;
        dark.setColor(QPalette::Window, QColor("#1c1c1f"));
        for (const auto &palette : {light, dark, light}) {
            qApp->setPalette(palette);
            QCoreApplication::processEvents();
            const auto &colors = ui::tokens(css->palette());
            QCOMPARE(colors.dark, palette == dark);
            for (int style = 0; style < 24; ++style) {
                QVERIFY2(size_of(style) >= 8.0,
                         qPrintable(QString("style %1: %2 pt").arg(style).arg(size_of(style))));
                QCOMPARE(color_of(QsciScintilla::SCI_STYLEGETBACK, style), colors.surface);
            }
            QCOMPARE(color_of(QsciScintilla::SCI_STYLEGETBACK, QsciScintilla::STYLE_DEFAULT), colors.surface);
            QCOMPARE(color_of(QsciScintilla::SCI_STYLEGETFORE, 0), colors.text);
        }
        QVERIFY(css->textHeight(0) >= 10);
        css->setFocus();
        QTRY_VERIFY_WITH_TIMEOUT(css->hasFocus(), 2000);
        const auto before = css->text();
        QTest::keyClick(css, Qt::Key_Tab);
        QVERIFY(!css->hasFocus());
        QCOMPARE(css->text(), before);
    }

    void a_word_that_was_not_confirmed_is_saved_and_never_another_companions() {
        find<QToolButton>("section-head:location")->click();
        auto *cities = m_desk->line("/content/location/travelCities");
        QTRY_VERIFY_WITH_TIMEOUT(cities && cities->isVisible(), 5000);
        cities->setFocus();
        QTest::keyClicks(cities, "Hobart");
        QTest::keyClick(cities, Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->fixture.latest().summary.number, 2, 10000);
        QVERIFY(m_desk->fixture.latest().documents.content["location"]["travelCities"].dump().find(
                    "Hobart") != std::string::npos);
        QTest::keyClicks(cities, "Perth");
        m_desk->line("/content/name")->setFocus();
        QVERIFY(cities->text().isEmpty());
    }

    void a_companion_who_may_not_edit_sees_that_and_no_way_to_publish() {
        ui::Worker worker(m_desk->fixture.database.other_companion_url());
        auto services = m_desk->fixture.services();
        services.worker = &worker;
        services.login = "bea";
        ui::EditorPage page(services);
        page.resize(1280, 800);
        page.show();
        page.open(ui::to_text(m_desk->fixture.other_tenant()));
        auto *banner = page.findChild<ui::Banner *>("editor-read-only");
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), 20000);
        QVERIFY(!page.findChild<QLineEdit *>("field:/content/tagline")->isEnabled());
        QVERIFY(!page.findChild<QPushButton *>("publish")->isVisible());
        QVERIFY(!page.findChild<QPushButton *>("save")->isVisible());
        QVERIFY(!page.findChild<QAction *>("action-import")->isEnabled());
        page.findChild<QToolButton *>("section-head:services")->click();
        QVERIFY(!page.findChild<QPushButton *>("add:/content/services")->isEnabled());
        QVERIFY(!page.findChild<QToolButton *>("remove:/content/services/0")->isEnabled());
        m_desk->page.activateWindow();
    }

    void a_refused_publication_shows_both_sides_and_three_ways_on() {
        m_desk->type(m_desk->line("/content/tagline"), "Mine");
        QTest::keyClick(m_desk->line("/content/tagline"), Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->fixture.latest().summary.number, 2, 10000);
        find<QPushButton>("publish")->click();
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("publish-now")->isEnabled(), 10000);
        const int theirs =
            m_desk->fixture.save_elsewhere([](auto &documents) { documents.content["tagline"] = "Theirs"; });
        db::RevisionStore(m_desk->fixture.operator_session())
            .publish(m_desk->fixture.database.tenant_id(), theirs);
        find<QPushButton>("publish-now")->click();
        auto *refusal = find<QWidget>("publish-refusal");
        QTRY_VERIFY_WITH_TIMEOUT(refusal->isVisible(), 10000);
        const auto words = find<QLabel>("publish-refusal-words")->text();
        for (const auto *part : {"Revision 2 was not published", "Live: revision 3", "Newest: revision 3",
                                 "Yours: revision 2"}) {
            QVERIFY2(words.contains(part), qPrintable(words));
        }
        QVERIFY(!find<QPushButton>("publish-now")->isVisible());
        QVERIFY(find<QLabel>("publish-summary")->text().startsWith("Not published"));
        find<QPushButton>("publish-look")->click();
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("changes")->text().contains("Theirs"), 10000);
        find<QPushButton>("publish")->click();
        QVERIFY(find<QPushButton>("publish-anyway")->text().contains("revision 2 over"));
        find<QPushButton>("publish-take-over")->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->line("/content/tagline")->text(), QString("Theirs"), 10000);
        QVERIFY(!refusal->isVisible());
        QCOMPARE(m_desk->fixture.stored().published_revision.value_or(0), theirs);
    }

    void a_newer_revision_that_is_known_of_is_asked_about_before_anything_is_published() {
        m_desk->type(m_desk->line("/content/tagline"), "Mine");
        QTest::keyClick(m_desk->line("/content/tagline"), Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->fixture.latest().summary.number, 2, 10000);
        find<QPushButton>("publish")->click();
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("publish-now")->isEnabled(), 10000);
        m_desk->fixture.save_elsewhere([](auto &documents) { documents.content["tagline"] = "Theirs"; });
        m_desk->page.activate();
        QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("publish-refusal")->isVisible(), 10000);
        QVERIFY(!find<QPushButton>("publish-now")->isVisible());
        QVERIFY(!find<QLabel>("publish-summary")->text().contains("Ready"));
        find<QPushButton>("publish-anyway")->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->fixture.stored().published_revision.value_or(0), 2, 10000);
        QTRY_VERIFY_WITH_TIMEOUT(!find<QWidget>("publish-refusal")->isVisible(), 10000);
        QTRY_COMPARE_WITH_TIMEOUT(find<QLabel>("publish-summary")->text(),
                                  QString("This draft is already published."), 10000);
    }

    void a_publication_that_a_rule_refuses_says_so_in_place_of_ready_until_something_changes() {
        m_desk->type(m_desk->line("/content/tagline"), "Mine");
        QTest::keyClick(m_desk->line("/content/tagline"), Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->fixture.latest().summary.number, 2, 10000);
        find<QPushButton>("publish")->click();
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("publish-now")->isEnabled(), 10000);
        db::Sql(m_desk->fixture.database.owner_url())
            .done("ALTER TABLE tenants ADD CONSTRAINT never_published CHECK (published_revision <> 2)");
        find<QPushButton>("publish-now")->click();
        QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("publish-refusal")->isVisible(), 10000);
        QVERIFY(!find<QPushButton>("publish-now")->isVisible());
        QVERIFY(find<QLabel>("publish-summary")->text().startsWith("Not published"));
        QVERIFY(find<QPushButton>("publish-again")->isVisible());
        QVERIFY(!find<QPushButton>("publish-anyway")->isVisible());
        m_desk->type(m_desk->line("/content/tagline"), "Another");
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("publish-now")->isVisible(), 10000);
        QVERIFY(!find<QWidget>("publish-refusal")->isVisible());
    }

    void a_conflict_that_comes_up_beside_the_panel_is_asked_before_anything_is_saved() {
        m_desk->fixture.save_elsewhere([](auto &documents) {
            documents.content["tagline"] = "Their tagline";
            documents.content["name"] = "Their name";
        });
        m_desk->type(m_desk->line("/content/tagline"), "My tagline");
        QTest::keyClick(m_desk->line("/content/tagline"), Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(find<QAbstractButton>("choose:0:theirs"), 10000);
        QVERIFY(!find<QPushButton>("save-merged")->isEnabled());
        find<QAbstractButton>("choose:0:mine")->click();
        QVERIFY(find<QPushButton>("save-merged")->isEnabled());
        m_desk->type(m_desk->line("/content/name"), "M");
        QTRY_VERIFY_WITH_TIMEOUT(find<QAbstractButton>("choose:1:mine"), 3000);
        QCoreApplication::sendPostedEvents(nullptr,
                                           QEvent::DeferredDelete); // the buttons of the previous question
        QVERIFY(!find<QPushButton>("save-merged")->isEnabled());
        int unanswered = 0;
        for (const auto *name : {"choose:0", "choose:1"}) {
            const bool mine = find<QAbstractButton>(QString(name) + ":mine")->isChecked();
            const bool theirs = find<QAbstractButton>(QString(name) + ":theirs")->isChecked();
            unanswered += !mine && !theirs;
        }
        QCOMPARE(unanswered, 1);
        find<QAbstractButton>("choose:0:theirs")->click();
        find<QAbstractButton>("choose:1:theirs")->click();
        QVERIFY(find<QPushButton>("save-merged")->isEnabled());
        find<QPushButton>("save-merged")->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->line("/content/name")->text(), QString("Their name"), 10000);
    }

    void elements_made_in_two_editors_are_never_taken_for_one() {
        find<QToolButton>("section-head:services")->click();
        find<QPushButton>("add:/content/services")->click();
        find<QToolButton>("section-head:prices")->click();
        find<QPushButton>("add:/content/pricing/customRates")->click();
        m_desk->show_tab(EditorDesk::Photos);
        find<QPushButton>("add:/photos/hero/variants")->click();
        find<QToolButton>("section-head:testimonial-photos")->click();
        find<QPushButton>("add:/photos/testimonials")->click();
        find<QAction>("action-save")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->fixture.latest().summary.number, 2, 10000);
        const auto documents = m_desk->fixture.latest().documents;
        for (const auto &made :
             {documents.content["services"].back(), documents.content["pricing"]["customRates"].back(),
              documents.photos["hero"]["variants"].back(), documents.photos["testimonials"].back()}) {
            const auto id = QString::fromStdString(made.at("id").get<std::string>());
            QVERIFY2(QRegularExpression("^[a-z]+-[0-9a-z]{8}$").match(id).hasMatch(), qPrintable(id));
        }
    }

    void a_list_is_reordered_by_dragging_with_the_mouse() {
        find<QToolButton>("section-head:services")->click();
        find<QPushButton>("add:/content/services")->click();
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->line("/content/services/1/name"), 2000);
        m_desk->type(m_desk->line("/content/services/1/name"), "Concert");
        find<QToolButton>("open:/content/services/1")->click();
        QTRY_VERIFY_WITH_TIMEOUT(find<QFrame>("row:/content/services/1")->height() < 60, 2000);
        drag(find<QToolButton>("drag:/content/services/1"), find<QFrame>("row:/content/services/0"), {20, 2});
        QTRY_COMPARE_WITH_TIMEOUT(find<QToolButton>("open:/content/services/0")->text(), QString("Concert"),
                                  3000);
        QCOMPARE(find<QToolButton>("open:/content/services/1")->text(), QString("Dinner"));
        find<QAction>("action-undo")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(find<QToolButton>("open:/content/services/0")->text(), QString("Dinner"),
                                  3000);
    }

    void a_picture_dropped_on_the_gallery_joins_it_where_it_fell() {
        m_desk->show_tab(EditorDesk::Photos);
        find<QToolButton>("section-head:gallery")->click();
        auto *gallery = find<QListView>("gallery");
        const int before = gallery->model()->rowCount();
        QImage picture(900, 600, QImage::Format_RGB32);
        picture.fill(Qt::darkCyan);
        const auto name = m_desk->fixture.file("harbour.png");
        QVERIFY(picture.save(name));
        drop_file(gallery->viewport(), gallery->viewport()->rect().bottomRight() - QPoint(8, 8), name);
        QVERIFY(m_desk->add_offered());
        QTRY_COMPARE_WITH_TIMEOUT(gallery->model()->rowCount(), before + 1, 30000);
        QTRY_COMPARE_WITH_TIMEOUT(gallery->currentIndex().row(), before, 3000);
        const auto alt = QString("/photos/gallery/%1/alt").arg(before);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->line(alt) && m_desk->line(alt)->isVisible(), 3000);
        m_desk->type(m_desk->line(alt), "A quiet harbour");
        QTest::keyClick(m_desk->line(alt), Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->fixture.latest().summary.number, 2, 10000);
        const auto saved = m_desk->fixture.latest().documents.photos["gallery"];
        QCOMPARE(QString::fromStdString(saved.back()["alt"]), QString("A quiet harbour"));
        QVERIFY(QString::fromStdString(saved.back()["url"])
                    .startsWith(QString::fromStdString("/media/" + m_desk->fixture.stored().media_folder)));
    }

    void files_dropped_beside_the_gallery_or_several_on_one_photo_join_the_gallery() {
        m_desk->show_tab(EditorDesk::Photos);
        const auto gallery = [this] {
            return m_desk->page.findChild<QListView *>("gallery")->model()->rowCount();
        };
        find<QToolButton>("section-head:gallery")->click();
        const int before = gallery();
        QStringList files;
        for (const auto &color : {QColor(Qt::darkCyan), QColor(Qt::darkRed), QColor(Qt::darkBlue)}) {
            QImage picture(900, 600, QImage::Format_RGB32);
            picture.fill(color);
            files << m_desk->fixture.file(color.name().mid(1) + ".png");
            QVERIFY(picture.save(files.last()));
        }
        auto *tabs = find<QWidget>("editor-tabs");
        drop_file(tabs, tabs->rect().center(), files[0]);
        QVERIFY(m_desk->add_offered());
        QTRY_COMPARE_WITH_TIMEOUT(gallery(), before + 1, 30000);
        auto *hero = find<QWidget>("field:/photos/hero/control");
        drop_files(hero, hero->rect().center(), files.mid(1));
        QTRY_VERIFY(find<QWidget>("import")->isVisible());
        QVERIFY(find<QLabel>("import.title")->text().startsWith("Photo 1 of 2"));
        find<QPushButton>("import.add_all")->click();
        QTRY_COMPARE_WITH_TIMEOUT(gallery(), before + 3, 60000);
    }

    // The publication waits for a lock when the server is killed, so it is killed in the middle.
    void a_database_killed_in_the_midst_of_publishing_is_said_and_costs_nothing() {
        m_desk->type(m_desk->line("/content/tagline"), "Published during a failure");
        QTest::keyClick(m_desk->line("/content/tagline"), Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->fixture.latest().summary.number, 2, 10000);
        auto rival = std::make_unique<db::Sql>(m_desk->fixture.database.owner_url());
        auto held = std::make_unique<pqxx::work>(rival->connection());
        held->exec("SELECT FROM tenants FOR UPDATE");
        find<QPushButton>("publish")->click();
        auto *now = find<QPushButton>("publish-now");
        QTRY_VERIFY_WITH_TIMEOUT(now->isVisible() && now->isEnabled(), 5000);
        now->click();
        db::Sql watcher(m_desk->fixture.database.superuser_url());
        QTRY_COMPARE_WITH_TIMEOUT(
            watcher.value("SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event_type = "
                          "'Lock' AND datname = current_database()"),
            std::string("t"), 10000);
        TestServer::instance().kill();
        auto *banner = find<ui::Banner>("editor-connection");
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), 15000);
        QVERIFY2(banner->text().contains("Whether it was published is checked"), qPrintable(banner->text()));
        m_desk->type(m_desk->line("/content/name"), "Typed meanwhile");
        TestServer::instance().start();
        QTRY_VERIFY_WITH_TIMEOUT(!banner->isVisible(), 30000);
        auto *notice = find<ui::Banner>("editor-notice");
        QTRY_VERIFY_WITH_TIMEOUT(notice->isVisible() && notice->text().contains("Publish again"), 20000);
        QCOMPARE(m_desk->line("/content/name")->text(), QString("Typed meanwhile"));
        QCOMPARE(m_desk->line("/content/tagline")->text(), QString("Published during a failure"));
        db::Session fresh(m_desk->fixture.database.operator_url());
        QVERIFY(!db::TenantStore(fresh).find(m_desk->fixture.database.tenant_id())->published_revision);
        QTRY_VERIFY_WITH_TIMEOUT(now->isEnabled(), 20000);
        now->click(); // again, with what was typed since
        QTRY_COMPARE_WITH_TIMEOUT(
            db::TenantStore(fresh).find(m_desk->fixture.database.tenant_id())->published_revision.value_or(0),
            3, 20000);
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("publish-summary")->text().contains("already published"),
                                 20000);
    }

    void a_database_killed_while_publishing_leaves_no_doubt() {
        m_desk->type(m_desk->line("/content/tagline"), "Published during a failure");
        QTest::keyClick(m_desk->line("/content/tagline"), Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->fixture.latest().summary.number, 2, 10000);
        find<QPushButton>("publish")->click();
        auto *now = find<QPushButton>("publish-now");
        QTRY_VERIFY_WITH_TIMEOUT(now->isVisible() && now->isEnabled(), 5000);
        now->click();
        TestServer::instance().kill();
        TestServer::instance().start();
        const auto published = [this] {
            db::Session session(m_desk->fixture.database.operator_url());
            return db::TenantStore(session)
                .find(m_desk->fixture.database.tenant_id())
                ->published_revision.value_or(0);
        };
        QTRY_VERIFY_WITH_TIMEOUT(published() == 2 ? !now->isEnabled() : now->isEnabled(), 30000);
        if (now->isEnabled()) {
            now->click();
        }
        QTRY_COMPARE_WITH_TIMEOUT(published(), 2, 20000);
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("publish-summary")->text().contains("already published"),
                                 20000);
    }
};

int main(int argc, char **argv) {
    preview::prepare_web_engine();
    QApplication application(argc, argv);
    PanelsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "panels_test.moc"
