// SPDX-License-Identifier: Apache-2.0
#include "models/booking/calendar_words.h"
#include "preview/device.h"
#include "preview/draft_page.h"
#include "preview/preview_toolbar.h"
#include "preview/preview_view.h"
#include "preview/site_pictures.h"
#include "preview/web_engine.h"
#include "site/page.h"
#include "site/pages/tenant_page.h"
#include "site/static_files.h"
#include "tests/support/sample_site.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWebEngineScript>
#include <QWebEngineView>

using namespace studio;
using preview::PreviewView;

class PreviewTest final : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_media;
    std::unique_ptr<PreviewView> m_view;

    static preview::Draft sample() {
        preview::Draft draft;
        draft.settings.platform_origin = "http://localhost:8080";
        draft.origin = "http://ada.localhost:8080";
        draft.tenant_id = models::TenantId("1b671a64-40d5-491e-99b0-da01ff1f3341");
        draft.subdomain = "ada";
        draft.documents = test_support::valid_documents("Ada");
        return draft;
    }

    static QByteArray live_bytes(const preview::Draft &draft) {
        site::TenantPage page;
        page.origin = draft.origin;
        page.tenant_id = draft.tenant_id;
        page.subdomain = draft.subdomain;
        page.theme = models::read_theme(draft.documents.theme);
        page.content = models::read_content(draft.documents.content);
        page.photos = models::read_photos(draft.documents.photos);
        page.hero_variant = draft.hero_variant;
        page.calendar = draft.calendar;
        page.calendar.home_zone = page.content.location.timezone;
        models::show_calendar(page.calendar, base::now(), page.content);
        return QByteArray::fromStdString(site::render_tenant_page(draft.settings, page).html);
    }

    QVariant run(const QString &script, quint32 world = QWebEngineScript::ApplicationWorld) {
        QVariant answer;
        bool done = false;
        m_view->page()->runJavaScript(script, world, [&](const QVariant &value) {
            answer = value;
            done = true;
        });
        if (!QTest::qWaitFor([&] { return done; }, 10000)) {
            return QStringLiteral("no answer");
        }
        return answer;
    }

    void show(const preview::Draft &draft) {
        QSignalSpy followed(m_view.get(), &PreviewView::followed);
        m_view->set_draft(draft);
        QVERIFY(followed.wait(20000));
    }

    QString text_of(const char *field) {
        return run(QString(
                       "document.querySelector('h1[data-field=\"%1\"], p[data-field=\"%1\"]').textContent")
                       .arg(field))
            .toString();
    }

    void click(const QString &selector) {
        const auto box =
            run(QString("(()=>{const e=document.querySelector('%1');e.scrollIntoView({block:'center'});"
                        "const b=e.getBoundingClientRect();return [b.x+b.width/2,b.y+b.height/2]})()")
                    .arg(selector))
                .toList();
        const auto zoom = m_view->web_view()->zoomFactor();
        const QPoint at(static_cast<int>(box[0].toDouble() * zoom),
                        static_cast<int>(box[1].toDouble() * zoom));
        auto *target = m_view->web_view()->focusProxy();
        QTest::mouseMove(target, at);
        QTest::mouseClick(target, Qt::LeftButton, {}, at);
    }

private slots:
    void init() {
        QDir(m_media.path()).mkpath("ada");
        QImage picture(320, 200, QImage::Format_RGB32);
        picture.fill(Qt::darkCyan);
        picture.save(m_media.filePath("ada/hero.jpg"));
        m_view = std::make_unique<PreviewView>(m_media.path().toStdString());
        m_view->resize(1000, 700);
        m_view->show();
        show(sample());
    }

    void cleanup() { m_view.reset(); }

    void hours_and_tours_are_those_of_the_availability() {
        auto draft = sample();
        draft.calendar.availability.emplace();
        draft.calendar.availability->weekly[0] = {{600, 1080}};
        models::Tour tour;
        tour.city = "Melbourne";
        tour.timezone = "Australia/Melbourne";
        tour.first_day = *models::parse_day("2031-03-03");
        tour.last_day = *models::parse_day("2031-03-07");
        draft.calendar.tours = {tour};
        show(draft);
        QVERIFY(m_view->html().contains("Monday 10:00–18:00"));
        QVERIFY(m_view->html().contains("Melbourne, 3–7 March 2031"));
        QCOMPARE(m_view->html(), live_bytes(draft));
    }

    void the_bytes_served_are_those_of_the_public_service() {
        QCOMPARE(m_view->html(), live_bytes(sample()));
        QCOMPARE(run("(()=>{const x=new XMLHttpRequest();x.open('GET','/',false);x.send();return "
                     "x.responseText})()")
                     .toString(),
                 QString::fromUtf8(live_bytes(sample())));
        auto edited = sample();
        edited.documents.content["tagline"] = "Ünïcode & <b>brackets</b>";
        show(edited);
        QCOMPARE(m_view->html(), live_bytes(edited));
    }

    void an_edit_is_followed_without_a_reload_and_keeps_the_scroll_position() {
        run("globalThis.mark = 'still here'; scrollTo(0, 300)");
        const auto scrolled = run("scrollY").toInt();
        QVERIFY(scrolled > 0);
        auto edited = sample();
        edited.documents.content["tagline"] = "A new tagline";
        show(edited);
        QCOMPARE(text_of("/content/tagline"), QString("A new tagline"));
        QCOMPARE(run("globalThis.mark").toString(), QString("still here"));
        QCOMPARE(run("scrollY").toInt(), scrolled);
    }

    void after_many_edits_the_document_is_the_same_as_a_fresh_load() {
        auto edited = sample();
        for (const auto *layout : {"modern", "minimal", "elegant"}) {
            edited.documents.theme["layout"] = layout;
            edited.documents.theme["colors"]["primary"] = "#225577";
            show(edited);
            auto service = edited.documents.content["services"][0];
            service["id"] = std::string("extra-") + layout;
            service["name"] = std::string("Extra ") + layout;
            auto &services = edited.documents.content["services"];
            services.insert(services.begin(), service);
            show(edited);
            services.erase(services.begin() + static_cast<int>(services.size()) - 1);
            edited.documents.content["bio"] = std::string("# Heading\n\nText for ") + layout;
            show(edited);
        }
        // The comparison leaves out, on both sides, what the page's own script changes at run time.
        const auto same = run(
            "(()=>{const "
            "clean=d=>{d=d.cloneNode(true);d.querySelectorAll('[hidden],noscript').forEach(e=>e.remove());"
            "d.querySelectorAll('[disabled]').forEach(e=>e.removeAttribute('disabled'));"
            "const y=d.querySelector('body');y.removeAttribute('data-asked');"
            "y.classList.remove('scrolled','past','asking');"
            "d.querySelectorAll('.lightbox-photo "
            "img,.reel-buttons,.notices,#consent,[data-choice]').forEach(e=>e.remove());"
            "return d.outerHTML};"
            "const x=new XMLHttpRequest();x.open('GET','/',false);x.send();"
            "const fresh=new DOMParser().parseFromString(x.responseText,'text/html').documentElement;"
            "const a=clean(document.documentElement),b=clean(fresh);"
            "if(a===b)return 'same';let i=0;while(a[i]===b[i])++i;return a.slice(i-40,i+80)+' <> "
            "'+b.slice(i-40,i+80)})()");
        QCOMPARE(same.toString(), QString("same"));
    }

    void a_burst_of_edits_ends_with_the_last_one() {
        auto edited = sample();
        QSignalSpy followed(m_view.get(), &PreviewView::followed);
        for (int i = 0; i <= 60; ++i) {
            edited.documents.content["tagline"] = "Burst " + std::to_string(i);
            m_view->set_draft(edited);
        }
        QTRY_COMPARE_WITH_TIMEOUT(text_of("/content/tagline"), QString("Burst 60"), 10000);
        QVERIFY2(followed.count() < 40, "the burst was not coalesced");
    }

    void a_colour_is_followed_on_the_screen() {
        auto edited = sample();
        edited.documents.theme["colors"]["background"] = "#103050";
        show(edited);
        QTRY_COMPARE_WITH_TIMEOUT(
            run("getComputedStyle(document.documentElement).getPropertyValue('--bg')").toString(),
            QString("#103050"), 5000);
    }

    void scripts_that_come_with_an_edit_do_not_run() {
        auto edited = sample();
        edited.documents.content["bio"] =
            "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";
        show(edited);
        // A picture whose loading fails after everything that the edit caused.
        run("globalThis.failed = false; const late = new Image(); late.onerror = () => { globalThis.failed = "
            "true; }; late.src = 'x'");
        QTRY_VERIFY(run("globalThis.failed").toBool());
        QVERIFY(run("document.title").toString() != "owned");
    }

    void a_click_names_the_field_under_it() {
        QSignalSpy clicked(m_view.get(), &PreviewView::field_clicked);
        const auto hears = [&] { // whether the page's script has reached the editor
            click("[data-field=\"/content/tagline\"]");
            return QTest::qWaitFor([&clicked] { return !clicked.isEmpty(); }, 500);
        };
        QTRY_VERIFY(hears());
        QCOMPARE(clicked[0][0].toString(), QString("/content/tagline"));
    }

    void the_edited_field_glows_and_comes_into_view() {
        m_view->highlight("/content/contact/email");
        QTRY_VERIFY_WITH_TIMEOUT(run("getComputedStyle(document.querySelector('[data-field=\"/content/"
                                     "contact/email\"]')).outlineStyle")
                                         .toString() == "solid",
                                 5000);
        QVERIFY(
            run("(()=>{const "
                "b=document.querySelector('[data-field=\"/content/contact/email\"]').getBoundingClientRect();"
                "return b.top>=0&&b.bottom<=innerHeight})()")
                .toBool());
        QCOMPARE(run("document.querySelectorAll('[style]').length").toInt(), 0);
    }

    void nothing_leads_out_of_the_page() {
        const auto before = m_view->page()->url();
        QSignalSpy refused(m_view->page(), &QWebEnginePage::loadFinished);
        run("window.open('https://example.com/')");
        run("location.href='https://example.com/'");
        QTRY_COMPARE(refused.count(), 1);
        run("document.body.insertAdjacentHTML('beforeend','<a id=out "
            "href=\"https://example.com/\">x</a>');document.getElementById('out').click()",
            QWebEngineScript::MainWorld);
        QTRY_COMPARE(run("document.getElementById('out').textContent").toString(), QString("x"));
        QCOMPARE(m_view->page()->url(), before);
        QCOMPARE(text_of("/content/tagline"), QString("Good company in Sydney"));
    }

    void media_and_fonts_come_from_this_machine_and_nothing_outside_the_folder_is_served() {
        const auto status = [this](const QString &address) {
            return run(QString(
                           "(()=>{const x=new "
                           "XMLHttpRequest();x.open('GET','%1',false);try{x.send()}catch{return 'refused'}"
                           "return x.responseText.length?'ok "
                           "'+x.getResponseHeader('content-type'):'refused'})()")
                           .arg(address))
                .toString();
        };
        QCOMPARE(status("/media/ada/hero.jpg"), QString("ok image/jpeg"));
        QCOMPARE(status(QString::fromStdString(site::static_url("site.js"))).left(3), QString("ok "));
        QCOMPARE(status("/media/ada/../../../etc/passwd"), QString("refused"));
        QCOMPARE(status("/media/%2e%2e/%2e%2e/etc/passwd"), QString("refused"));
        QCOMPARE(status("/api/events"), QString("refused"));
        QCOMPARE(status("https://example.com/"), QString("refused"));
    }

    void devices_give_the_page_their_width_and_fit_the_room() {
        QCOMPARE(preview::fit(preview::Device::Phone, {900, 600}).size.width(), 390);
        QCOMPARE(preview::fit(preview::Device::Tablet, {900, 600}).zoom, 1.0);
        QVERIFY(preview::fit(preview::Device::Desktop, {640, 600}).zoom < 0.51);
        m_view->set_device(preview::Device::Phone);
        QTRY_VERIFY_WITH_TIMEOUT(qAbs(run("innerWidth").toInt() - 390) <= 1, 5000);
        m_view->set_device(preview::Device::Tablet);
        QTRY_VERIFY_WITH_TIMEOUT(qAbs(run("innerWidth").toInt() - 768) <= 1, 5000);
    }

    void the_variant_switch_shows_the_variants_page() {
        auto edited = sample();
        edited.documents.photos["hero"]["variants"] = models::Json::parse(
            R"([{"id": "a", "url": {"url": "/media/ada/other.jpg", "alt": "Other"}, "weight": 0.4}])");
        show(edited);
        auto *variants = m_view->toolbar()->findChild<QComboBox *>("preview-variant");
        QVERIFY(variants);
        QCOMPARE(variants->count(), 2);
        QSignalSpy followed(m_view.get(), &PreviewView::followed);
        variants->setCurrentIndex(1);
        QVERIFY(followed.wait(10000));
        edited.hero_variant = "a";
        QCOMPARE(m_view->html(), live_bytes(edited));
    }

    void pictures_of_sites_are_taken_one_after_another_as_a_desktop_shows_them() {
        preview::SitePictures pictures(m_media.path().toStdString());
        QMap<QString, QImage> taken;
        connect(&pictures, &preview::SitePictures::taken, this,
                [&taken](const QString &key, const QImage &picture) { taken[key] = picture; });
        auto draft = sample();
        for (const auto *color : {"#ffe0e0", "#e0e0ff"}) {
            draft.documents.theme["colors"]["background"] = color;
            draft.documents.theme["layout"] = "minimal";
            pictures.take(color, live_bytes(draft));
        }
        QTRY_COMPARE_WITH_TIMEOUT(taken.size(), 2, 30000);
        for (const auto *color : {"#ffe0e0", "#e0e0ff"}) {
            QCOMPARE(taken[color].size(), QSize(1280, 800));
            QCOMPARE(taken[color].pixelColor(4, 400).name(), QString(color));
        }
    }
};

int main(int argc, char **argv) {
    preview::prepare_web_engine();
    QApplication application(argc, argv);
    PreviewTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "preview_test.moc"
