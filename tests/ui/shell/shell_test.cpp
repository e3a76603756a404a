// SPDX-License-Identifier: Apache-2.0
#include "app/studio/options.h"
#include "app/studio/quit_on_signal.h"
#include "ui/settings/profiles/profile_form.h"
#include "ui/settings/profiles/profile_store.h"
#include "ui/settings/profiles/sign_in_panel.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/main_window.h"
#include "ui/shell/side_bar.h"
#include "ui/shell/start_page.h"
#include "ui/shell/status_line.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/line_icon.h"

#include <QApplication>
#include <QComboBox>
#include <QDateEdit>
#include <QDoubleSpinBox>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <QtTest/qtestspontaneevent.h>

#include <csignal>

using namespace studio;
using namespace studio::ui;

namespace {

class PlainPage final : public Page {
public:
    PlainPage(QString id, QStringList &log, QWidget *parent) : Page(parent), m_id(std::move(id)), m_log(log) {
        m_log << m_id + QStringLiteral(" made");
    }
    QString id() const override { return m_id; }
    QString title() const override { return m_id; }
    QIcon icon() const override { return line_icon(QStringLiteral("home")); }
    void activate() override { m_log << m_id + QStringLiteral(" activated"); }
    void open(const QString &argument) override { m_log << m_id + QStringLiteral(" opened ") + argument; }
    void follow(const QString &tenant_id) override {
        m_log << m_id + QStringLiteral(" follows ") + tenant_id;
    }
    bool may_close() override { return m_may_close; }

    bool m_may_close = true;

private:
    QString m_id;
    QStringList &m_log;
};

PageEntry entry(const QString &id, QStringList &log) {
    return {id, id.toUpper(), QStringLiteral("home"),
            [id, &log](QWidget *parent) -> Page * { return new PlainPage(id, log, parent); }};
}

} // namespace

class ShellTest final : public QObject {
    Q_OBJECT

private slots:
    void what_waits_on_a_page_is_counted_beside_its_name() {
        QStringList log;
        SideBar bar;
        bar.set_pages({entry("bookings", log), entry("people", log)});
        auto *button = bar.findChild<QToolButton *>("side_bar.bookings");
        const auto before = button->grab().toImage();
        bar.set_count("bookings", 7);
        QCOMPARE(button->accessibleName(), QStringLiteral("BOOKINGS, 7 pending"));
        QVERIFY(button->grab().toImage() != before);
        QCOMPARE(bar.findChild<QToolButton *>("side_bar.people")->accessibleName(), QStringLiteral("PEOPLE"));
        bar.set_count("bookings", 0);
        QCOMPARE(button->accessibleName(), QStringLiteral("BOOKINGS"));
        QCOMPARE(button->grab().toImage(), before);
    }

    void the_wheel_scrolls_and_changes_no_field_whether_it_has_the_focus_or_not() {
        MainWindow window;
        auto *area = new QScrollArea;
        auto *ground = new QWidget;
        auto *column = new QVBoxLayout(ground);
        auto *spin = new QSpinBox;
        auto *real = new QDoubleSpinBox;
        auto *date = new QDateEdit(QDate(2026, 11, 30));
        auto *combo = new QComboBox;
        auto *slider = new QSlider(Qt::Horizontal);
        combo->addItems({"one", "two", "three"});
        combo->setCurrentIndex(1);
        spin->setValue(50);
        real->setValue(50);
        slider->setValue(50);
        const QList<QWidget *> fields{spin, real, date, combo, slider};
        for (auto *field : fields) {
            column->addWidget(field);
        }
        column->addSpacing(3000);
        area->setWidget(ground);
        area->setWidgetResizable(true);
        window.show_start(area);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        for (auto *field : fields) {
            for (const bool focused : {false, true}) {
                if (focused) {
                    field->setFocus();
                }
                area->verticalScrollBar()->setValue(0);
                const QPointF middle(field->rect().center());
                QWheelEvent down(middle, field->mapToGlobal(middle), {}, {0, -120}, Qt::NoButton,
                                 Qt::NoModifier, Qt::NoScrollPhase, false);
                QSpontaneKeyEvent::setSpontaneous(
                    &down); // as from the mouse, because only such events reach parents
                qApp->notify(field, &down);
                QVERIFY2(area->verticalScrollBar()->value() > 0, field->metaObject()->className());
            }
            QVERIFY(field->focusPolicy() != Qt::WheelFocus);
        }
        QCOMPARE(spin->value(), 50);
        QCOMPARE(real->value(), 50.0);
        QCOMPARE(date->date(), QDate(2026, 11, 30));
        QCOMPARE(combo->currentIndex(), 1);
        QCOMPARE(slider->value(), 50);
        auto *bar = area->verticalScrollBar();
        bar->setValue(0);
        const QPointF on_bar(bar->rect().center());
        QWheelEvent wheel(on_bar, bar->mapToGlobal(on_bar), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(bar, &wheel);
        QVERIFY(bar->value() > 0);
    }

    void a_page_is_made_when_it_is_first_shown_and_kept() {
        QStringList log;
        MainWindow window;
        window.set_pages({entry("one", log), entry("two", log)});
        window.show();
        QVERIFY(log.isEmpty());
        QVERIFY(window.show_page("one"));
        QVERIFY(window.show_page("two", "claire"));
        QVERIFY(window.show_page("one"));
        QCOMPARE(log, QStringList({"one made", "one activated", "two made", "two opened claire",
                                   "two activated", "one activated"}));
        QVERIFY(!window.show_page("three"));
        QCOMPARE(window.current_page()->id(), QStringLiteral("one"));
    }

    void pages_follow_the_companion_that_another_shows() {
        QStringList log;
        MainWindow window;
        window.set_pages({entry("one", log), entry("two", log)});
        window.show_page("one");
        emit window.current_page()->companion_chosen("claire");
        window.show_page("two");
        window.show_page("two", "sophie"); // is told which companion to show
        QCOMPARE(log, QStringList({"one made", "one activated", "two made", "two follows claire",
                                   "two activated", "two opened sophie", "two activated"}));
        log.clear();
        window.set_pages({entry("one", log)}); // of another account
        window.show_page("one");
        QCOMPARE(log, QStringList({"one made", "one activated"}));
    }

    void side_bar_buttons_and_control_digits_change_the_page() {
        QStringList log;
        MainWindow window;
        window.set_pages({entry("one", log), entry("two", log)});
        window.show();
        window.show_page("one");
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        auto *button = window.side_bar()->findChild<QToolButton *>("side_bar.two");
        QVERIFY(button != nullptr);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(window.current_page()->id(), QStringLiteral("two"));
        QTest::keyClick(&window, Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(window.current_page()->id(), QStringLiteral("one"));
        log.clear();
        QTest::keyClick(&window, Qt::Key_F5);
        QCOMPARE(log, QStringList{"one activated"});
    }

    void a_collapsed_side_bar_keeps_icons_names_and_gives_room_back() {
        QStringList log;
        SideBar bar;
        bar.set_pages({entry("one", log)});
        const int wide = bar.width();
        bar.set_collapsed(true);
        QVERIFY(bar.width() < wide / 2);
        auto *button = bar.findChild<QToolButton *>("side_bar.one");
        QCOMPARE(button->toolButtonStyle(), Qt::ToolButtonIconOnly);
        QCOMPARE(button->accessibleName(), QStringLiteral("ONE"));
        QVERIFY(button->toolTip().contains("Ctrl+1"));
    }

    void a_page_with_unsaved_work_keeps_the_window_open() {
        QStringList log;
        MainWindow window;
        window.set_pages({entry("one", log)});
        window.show();
        window.show_page("one");
        auto *page = static_cast<PlainPage *>(window.current_page());
        page->m_may_close = false;
        QVERIFY(!window.close());
        page->m_may_close = true;
        QVERIFY(window.close());
    }

    void the_closing_question_keeps_the_window_open_until_it_agrees() {
        MainWindow window;
        int asked = 0;
        window.set_closing_question([&asked] { return ++asked > 1; });
        window.show();
        QVERIFY(!window.close());
        QVERIFY(window.close());
        QCOMPARE(asked, 2);
    }

    void a_window_that_stayed_open_at_a_signal_heeds_the_next_one() {
        QStringList log;
        MainWindow window;
        window.set_pages({entry("one", log)});
        window.show_page("one");
        auto *page = static_cast<PlainPage *>(window.current_page());
        const QSignalSpy closing(&window, &MainWindow::closing);
        page->m_may_close = false;
        QObject context;
        int asked = 0;
        bool left = false;
        app::on_quit_signal(&context, [&] {
            ++asked;
            left = window.leave_for_now();
        });
        std::raise(SIGTERM);
        QTRY_COMPARE(asked, 1);
        QVERIFY(!left);
        QCOMPARE(closing.count(), 0);
        page->m_may_close = true;
        std::raise(SIGTERM);
        QTRY_COMPARE(asked, 2);
        QVERIFY(left);
        QCOMPARE(closing.count(), 1);
    }

    void only_the_page_in_front_speaks_in_the_status_bar() {
        QStringList log;
        MainWindow window;
        window.set_pages({entry("one", log), entry("two", log)});
        window.show_page("one");
        auto *one = window.current_page();
        window.show_page("two");
        emit one->status_changed("Draft saved 10:42");
        auto *label = window.status_line()->findChild<QLabel *>("status.page");
        QCOMPARE(label->text(), QString());
        emit window.current_page()->status_changed("Two changes");
        QCOMPARE(label->text(), QStringLiteral("Two changes"));
    }

    void the_palette_finds_by_words_and_goes_there_by_keyboard() {
        QStringList log;
        MainWindow window;
        window.set_pages({entry("one", log)});
        window.show();
        window.show_page("one");
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QStringList ran;
        auto *palette = window.palette_popup();
        palette->set_commands({{"Companions", "Page", "companions", [&ran] { ran << "page"; }},
                               {"Claire Hamilton", "claire", "editor", [&ran] { ran << "claire"; }},
                               {"Clara Voss", "clara", "editor", [&ran] { ran << "clara"; }}});
        QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
        QVERIFY(palette->isVisible());
        auto *field = palette->findChild<QLineEdit *>("palette.field");
        auto *list = palette->findChild<QListWidget *>("palette.list");
        QCOMPARE(list->count(), 3);
        QTest::keyClicks(field, "cla");
        QCOMPARE(list->count(), 2);
        QTest::keyClick(field, Qt::Key_Down);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(ran, QStringList{"clara"});
        QVERIFY(!palette->isVisible());
    }

    void the_start_page_says_what_failed_and_offers_another_try() {
        StartPage page;
        page.show();
        QSignalSpy retry(&page, &StartPage::retry_requested);
        page.show_error("The workspace did not start", "The disk is full. Nothing was changed.");
        QCOMPARE(page.findChild<QLabel *>("start.text")->text(),
                 QStringLiteral("The disk is full. Nothing was changed."));
        QTest::mouseClick(page.findChild<QPushButton *>("start.retry"), Qt::LeftButton);
        QCOMPARE(retry.count(), 1);
    }

    void options_are_read_and_nonsense_is_refused() {
        const auto options = app::parse_options({"companion-studio", "--workspace", "/srv/w", "--page",
                                                 "people", "--public-url", "http://localhost:8080/"});
        QCOMPARE(options.problem, QString());
        QCOMPARE(options.workspace, QStringLiteral("/srv/w"));
        QCOMPARE(options.page, QStringLiteral("people"));
        QCOMPARE(options.public_url, QStringLiteral("http://localhost:8080"));
        QVERIFY(!app::parse_options({"companion-studio", "--nonsense"}).problem.isEmpty());
        QVERIFY(!app::parse_options({"companion-studio", "word"}).problem.isEmpty());
        QVERIFY(!app::parse_options({"companion-studio", "--public-url", "claire"}).problem.isEmpty());
        QVERIFY(app::parse_options({"companion-studio", "--help"}).text.contains("--public-url"));
    }

    void profiles_are_kept_without_passwords_and_names_are_unique() {
        const QTemporaryDir folder;
        const auto file = folder.filePath("profiles.json");
        const Profile production{"Production", "postgresql://db.example/studio", "https://companions.example",
                                 "", "olivia"};
        {
            ProfileStore store(file);
            QVERIFY(store.put(production));
            QVERIFY(
                !store.put({"Production", "postgresql://other/x", "https://x.example", "", ""}, "Staging"));
            QVERIFY(store.problem().contains("Production"));
        }
        const ProfileStore again(file);
        QCOMPARE(again.profiles().size(), std::size_t(1));
        QCOMPARE(*again.find("Production"), production);
        QCOMPARE(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    void a_broken_profiles_file_is_named_and_left_as_it_is() {
        const QTemporaryDir folder;
        QFile file(folder.filePath("profiles.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[{");
        file.close();
        ProfileStore store(file.fileName());
        QVERIFY(store.problem().contains(file.fileName()));
        QVERIFY(!store.put({"A", "postgresql://a/b", "https://a.example", "", ""}));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("[{"));
    }

    void a_profile_and_a_login_make_the_address_to_connect_with() {
        const Profile remote{"P", "postgresql://db.example:5433/studio", "https://x.example", "", ""};
        QCOMPARE(connection_url(remote, "olivia", "p@ss word"),
                 std::string("postgresql://olivia:p%40ss%20word@db.example:5433/studio"));
        const Profile own{"P", "postgresql://db.example/studio?sslmode=require", "https://x.example", "", ""};
        QCOMPARE(connection_url(own, "o", "p"),
                 std::string("postgresql://o:p@db.example/studio?sslmode=require"));
        const Profile local{"P", "postgresql://localhost/studio", "http://localhost", "", ""};
        QCOMPARE(connection_url(local, "o", ""), std::string("postgresql://o@localhost/studio"));
    }

    void the_profile_form_says_beside_the_field_what_is_wrong() {
        const QTemporaryDir folder;
        ProfileStore store(folder.filePath("profiles.json"));
        ProfileForm form(store);
        form.show();
        form.edit({});
        QSignalSpy saved(&form, &ProfileForm::saved);
        const auto field = [&form](const char *name) { return form.findChild<QLineEdit *>(name); };
        auto *save = form.findChild<QPushButton *>("profile_form.save");
        QTest::keyClicks(field("profile_form.name"), "Production");
        QTest::keyClicks(field("profile_form.database"), "postgresql://olivia:secret@db.example/studio");
        QTest::keyClicks(field("profile_form.public"), "https://companions.example");
        QTest::mouseClick(save, Qt::LeftButton);
        QCOMPARE(saved.count(), 0);
        QVERIFY(field("profile_form.database")->property("invalid").toBool());
        field("profile_form.database")->setText("postgresql://db.example/studio");
        QTest::mouseClick(save, Qt::LeftButton);
        QCOMPARE(saved.count(), 1);
        QCOMPARE(store.profiles().size(), std::size_t(1));
    }

    void signing_in_is_one_click_on_this_machine_and_asks_for_a_password_elsewhere() {
        const QTemporaryDir folder;
        ProfileStore store(folder.filePath("profiles.json"));
        store.put(
            {"Production", "postgresql://db.example/studio", "https://companions.example", "", "olivia"});
        SecretStore secrets;
        SignInPanel panel({"operator", "claire"}, store, secrets);
        panel.show();
        QSignalSpy local(&panel, &SignInPanel::local_chosen);
        QTest::mouseClick(panel.findChild<QPushButton *>("sign_in.local.claire"), Qt::LeftButton);
        QCOMPARE(local.first().first().toString(), QStringLiteral("claire"));
        QSignalSpy remote(&panel, &SignInPanel::remote_chosen);
        auto *submit = panel.findChild<QPushButton *>("sign_in.submit");
        QCOMPARE(panel.findChild<QLineEdit *>("sign_in.login")->text(), QStringLiteral("olivia"));
        QTest::mouseClick(submit, Qt::LeftButton);
        QCOMPARE(remote.count(), 0);
        QVERIFY(panel.findChild<QLabel *>("sign_in.problem")->isVisible());
        QTest::keyClicks(panel.findChild<QLineEdit *>("sign_in.password"), "hunter2");
        QTest::mouseClick(submit, Qt::LeftButton);
        QCOMPARE(remote.count(), 1);
        QCOMPARE(remote.first().at(2).toString(), QStringLiteral("hunter2"));
    }

    void a_password_is_found_again_with_or_without_a_keychain_and_forgotten_on_request() {
        SecretStore secrets;
        QSignalSpy kept(&secrets, &SecretStore::kept);
        QSignalSpy found(&secrets, &SecretStore::found);
        secrets.keep("postgresql://test.example/studio", "olivia", "hunter2");
        QTRY_COMPARE_WITH_TIMEOUT(kept.count(), 1, 20000);
        const bool in_keychain = kept.first().at(2).toBool();
        secrets.read("postgresql://test.example/studio", "olivia");
        QTRY_COMPARE_WITH_TIMEOUT(found.count(), 1, 20000);
        QCOMPARE(found.takeFirst().at(2).toString(), QStringLiteral("hunter2"));
        SecretStore next_start;
        QSignalSpy found_later(&next_start, &SecretStore::found);
        next_start.read("postgresql://test.example/studio", "olivia");
        QTRY_COMPARE_WITH_TIMEOUT(found_later.count(), 1, 20000);
        QCOMPARE(found_later.first().at(2).toString(), in_keychain ? QStringLiteral("hunter2") : QString());
        secrets.forget("postgresql://test.example/studio", "olivia");
        secrets.read("postgresql://test.example/studio", "olivia");
        QTRY_COMPARE_WITH_TIMEOUT(found.count(), 1, 20000);
        QCOMPARE(found.first().at(2).toString(), QString());
    }

    void a_profile_that_is_pointed_elsewhere_does_not_take_the_password_along() {
        const QTemporaryDir folder;
        ProfileStore store(folder.filePath("profiles.json"));
        const Profile before{"Production", "postgresql://db.example/studio", "https://companions.example", "",
                             "olivia"};
        store.put(before);
        SecretStore secrets;
        secrets.keep(before.database_url, "olivia", "hunter2");
        SignInPanel panel({}, store, secrets);
        auto *password = panel.findChild<QLineEdit *>("sign_in.password");
        QTRY_COMPARE_WITH_TIMEOUT(password->text(), QStringLiteral("hunter2"), 20000);
        QSignalSpy found(&secrets, &SecretStore::found);
        for (const auto *elsewhere :
             {"postgresql://other.example/studio", "postgresql://db.example:5433/studio",
              "postgresql://db.example/other", "postgresql://db.example/studio?host=other.example"}) {
            auto moved = before;
            moved.database_url = elsewhere;
            found.clear();
            QVERIFY(store.put(moved, before.name));
            QTRY_VERIFY_WITH_TIMEOUT(!found.isEmpty(), 20000);
            QCOMPARE(password->text(), QString());
        }
        found.clear();
        store.put(before, before.name);
        QTRY_VERIFY_WITH_TIMEOUT(!found.isEmpty(), 20000);
        QCOMPARE(password->text(), QString()); // forgotten when the profile got another address
    }

    void a_kept_password_is_not_sent_with_another_login() {
        const QTemporaryDir folder;
        ProfileStore store(folder.filePath("profiles.json"));
        store.put(
            {"Production", "postgresql://db.example/studio", "https://companions.example", "", "olivia"});
        SecretStore secrets;
        secrets.keep("postgresql://db.example:5432/studio", "olivia", "hunter2");
        SignInPanel panel({}, store, secrets);
        auto *password = panel.findChild<QLineEdit *>("sign_in.password");
        QTRY_COMPARE_WITH_TIMEOUT(password->text(), QStringLiteral("hunter2"), 20000);
        QTest::keyClicks(panel.findChild<QLineEdit *>("sign_in.login"), "x");
        QCOMPARE(password->text(), QString());
        secrets.forget("postgresql://db.example/studio", "olivia");
    }

    void every_interactive_widget_of_the_window_has_a_name() {
        QStringList log;
        MainWindow window;
        window.set_pages({entry("one", log)});
        for (const auto *button : window.findChildren<QAbstractButton *>()) {
            if (button->objectName().startsWith("qt_") || button->isHidden()) {
                continue;
            }
            QVERIFY2(!button->objectName().isEmpty(), qPrintable(button->text()));
            QVERIFY2(!button->accessibleName().isEmpty() || !button->text().isEmpty(),
                     qPrintable(button->objectName()));
        }
    }
};

QTEST_MAIN(ShellTest)
#include "shell_test.moc"
