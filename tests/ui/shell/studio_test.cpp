// SPDX-License-Identifier: Apache-2.0
#include "app/studio/studio.h"
#include "app/workspace/workspace.h"
#include "db/stores/account_store.h"
#include "db/stores/revision_store.h"
#include "preview/web_engine.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/test_database.h"
#include "tests/support/test_server.h"
#include "ui/settings/profiles/profile_store.h"
#include "ui/settings/profiles/secret_store.h"
#include "ui/shell/side_bar.h"
#include "ui/shell/start_page.h"
#include "ui/shell/status_line.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/state_stack.h"

#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMetaProperty>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QUrl>
#include <QWheelEvent>

#include <signal.h>

#include <algorithm>
#include <fstream>

using namespace studio;
using test_support::TestDatabase;
using test_support::TestServer;

namespace {

app::Options over(const std::string &url) {
    app::Options options;
    options.database_url = QString::fromStdString(url);
    return options;
}

QStringList pages_of(app::Studio &studio) {
    QStringList ids;
    for (const auto &entry : studio.window().entries()) {
        ids << entry.id;
    }
    return ids;
}

// Ends the server as a crash does, without stop().
void kill_server(const app::Workspace &workspace) {
    pid_t server = 0;
    std::ifstream(*workspace.cluster_directory() / "data/postmaster.pid") >> server;
    if (server <= 1 || kill(server, SIGKILL) != 0) {
        throw std::runtime_error("the server of the workspace could not be killed");
    }
}

QString connection_label(app::Studio &studio) {
    return studio.window().status_line()->findChild<QLabel *>("status.connection")->text();
}

// The fields that the mouse wheel could change, also those of forms that are not open.
QList<QWidget *> fields_of(const QWidget &window) {
    QList<QWidget *> fields;
    for (auto *widget : window.findChildren<QWidget *>()) {
        const bool slides = qobject_cast<QAbstractSlider *>(widget) != nullptr &&
                            qobject_cast<QScrollBar *>(widget) == nullptr;
        if (slides || qobject_cast<QComboBox *>(widget) != nullptr ||
            qobject_cast<QAbstractSpinBox *>(widget) != nullptr ||
            qobject_cast<QTabBar *>(widget) != nullptr) {
            fields << widget;
        }
    }
    return fields;
}

// Whether a part of the page in front still waits for its first answers.
bool loads(const QWidget &window) {
    const auto stacks = window.findChildren<ui::StateStack *>();
    return std::any_of(stacks.begin(), stacks.end(), [](const auto *stack) {
        return stack->isVisible() && stack->state() == ui::StateStack::State::Loading;
    });
}

QVariant value_of(const QWidget &field) {
    const auto chosen = field.property("currentIndex");
    return chosen.isValid() ? chosen : field.metaObject()->userProperty().read(&field);
}

// Names of the fields that changed.
QStringList changed_by_the_wheel(const QList<QWidget *> &fields) {
    QStringList changed;
    for (auto *field : fields) {
        const auto before = value_of(*field);
        for (const int turn : {120, -120, -120}) {
            const QPointF middle(field->rect().center());
            QWheelEvent wheel(middle, field->mapToGlobal(middle), {}, {0, turn}, Qt::NoButton, Qt::NoModifier,
                              Qt::NoScrollPhase, false);
            QApplication::sendEvent(field, &wheel);
            if (value_of(*field) != before) {
                changed << QLatin1String(field->metaObject()->className()) + QLatin1Char(' ') +
                               field->objectName();
                break;
            }
        }
    }
    return changed;
}

} // namespace

class StudioTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        qputenv("XDG_CONFIG_HOME", m_home.path().toUtf8());
        qputenv("XDG_DATA_HOME", m_home.path().toUtf8());
        qputenv("XDG_CACHE_HOME", m_home.path().toUtf8());
    }

    void each_role_gets_its_own_pages() {
        const TestDatabase database(TestDatabase::Tenants::Two);
        const std::pair<std::string, QString> roles[] = {{database.operator_url(), "companions"},
                                                         {database.staff_url(), "bookings"}};
        ui::Theme theme(*qApp);
        for (const auto &[url, first] : roles) {
            app::Studio studio(over(url), theme);
            QSignalSpy ready(&studio, &app::Studio::ready);
            studio.start();
            QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, 15000);
            QCOMPARE(pages_of(studio).first(), first);
            QCOMPARE(studio.window().current_page()->id(), first);
            QVERIFY(pages_of(studio).contains("settings"));
            QCOMPARE(pages_of(studio).contains("people"), first == "companions");
            QCOMPARE(pages_of(studio).contains("library"), first == "companions");
            QCOMPARE(connection_label(studio), QStringLiteral("This computer"));
        }
    }

    void the_wheel_changes_no_field_of_any_page_or_form() {
        const TestDatabase database(TestDatabase::Tenants::Two);
        ui::Theme theme(*qApp);
        app::Studio studio(over(database.operator_url()), theme);
        QSignalSpy ready(&studio, &app::Studio::ready);
        studio.start();
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, 15000);
        auto &window = studio.window();
        for (const auto &id : pages_of(studio)) {
            QVERIFY(window.show_page(id));
            QTRY_VERIFY_WITH_TIMEOUT(!loads(window), 15000);
        }
        QVERIFY(
            window.show_page(QStringLiteral("editor"), QString::fromStdString(database.tenant_id().text())));
        auto *tabs = window.findChild<QTabBar *>(QStringLiteral("editor-tabs"));
        QTRY_VERIFY_WITH_TIMEOUT(tabs != nullptr && tabs->isVisible(), 20000);
        static const QRegularExpression head(QStringLiteral("^section-head:"));
        for (int tab = 0; tab < tabs->count(); ++tab) {
            tabs->setCurrentIndex(tab);
            for (auto *section : window.findChildren<QToolButton *>(head)) {
                if (section->isVisible() && !section->isChecked()) {
                    section->click();
                }
            }
        }
        const auto fields = fields_of(window);
        QVERIFY2(fields.size() >= 20, qPrintable(QString::number(fields.size())));
        QCOMPARE(changed_by_the_wheel(fields), QStringList());
    }

    void a_login_without_an_account_is_told_so() {
        const TestDatabase database;
        ui::Theme theme(*qApp);
        app::Studio studio(over(database.anonymous_url()), theme);
        QSignalSpy failed(&studio, &app::Studio::sign_in_failed);
        studio.start();
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 15000);
        QVERIFY(!failed.first().first().toString().isEmpty());
        QVERIFY(studio.window().findChild<QPushButton *>("start.retry")->isVisible());
        QVERIFY(pages_of(studio).isEmpty());
    }

    void login_and_password_of_a_profile_are_stored_only_after_they_worked() {
        const TestDatabase database;
        QUrl place(QString::fromStdString(database.operator_url()));
        const auto login = place.userName(), password = place.password();
        place.setUserInfo({});
        const auto file = m_home.filePath("companion-studio/profiles.json");
        ui::ProfileStore(file).put({"Platform", place.toString(), "https://companions.example", "", ""});
        ui::Theme theme(*qApp);
        app::Studio studio(over(database.staff_url()), theme);
        QSignalSpy ready(&studio, &app::Studio::ready);
        QSignalSpy failed(&studio, &app::Studio::sign_in_failed);
        studio.start();
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, 15000);
        const auto stored_login = [&file] { return ui::ProfileStore(file).find("Platform")->last_login; };
        const auto offered_password = [&studio] {
            studio.show_sign_in({});
            return studio.window().findChild<QLineEdit *>("sign_in.password")->text();
        };

        studio.sign_in_at("Platform", login, password + "x", true);
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 15000);
        QCOMPARE(stored_login(), QString());
        QCOMPARE(offered_password(), QString());

        studio.sign_in_at("Platform", login, password, true);
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 2, 15000);
        QCOMPARE(stored_login(), login);
        QTRY_COMPARE_WITH_TIMEOUT(offered_password(), password, 15000);
        ui::SecretStore().forget(place.toString(), login);
        QFile::remove(file);
    }

    void a_database_that_is_away_at_the_start_can_be_tried_again() {
        const TestDatabase database;
        TestServer::instance().stop();
        ui::Theme theme(*qApp);
        app::Studio studio(over(database.operator_url()), theme);
        QSignalSpy failed(&studio, &app::Studio::sign_in_failed);
        QSignalSpy ready(&studio, &app::Studio::ready);
        studio.start();
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 15000);
        TestServer::instance().start();
        QTest::mouseClick(studio.window().findChild<QPushButton *>("start.retry"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, 15000);
    }

    void a_lost_database_is_named_above_the_page_until_it_is_back() {
        const TestDatabase database;
        ui::Theme theme(*qApp);
        app::Studio studio(over(database.operator_url()), theme);
        QSignalSpy ready(&studio, &app::Studio::ready);
        studio.start();
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, 15000);
        auto *banner = studio.window().banner();
        QVERIFY(!banner->isVisible());
        TestServer::instance().kill();
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), 15000);
        QVERIFY(banner->text().contains("not responding"));
        QVERIFY(connection_label(studio).contains("lost"));
        TestServer::instance().start();
        QTRY_VERIFY_WITH_TIMEOUT(!banner->isVisible(), 20000);
        QCOMPARE(connection_label(studio), QStringLiteral("This computer"));
    }

    void the_machines_own_database_is_started_again_when_it_has_died() {
        app::Options options;
        options.workspace = m_home.filePath("workspace");
        app::Workspace workspace(options.workspace.toStdString());
        app::Workspace::Options without_demo;
        without_demo.seed_demo = false;
        workspace.start(without_demo);
        ui::Theme theme(*qApp);
        {
            app::Studio studio(options, theme);
            QSignalSpy ready(&studio, &app::Studio::ready);
            studio.start();
            QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, 30000);
            kill_server(workspace);
            auto *banner = studio.window().banner();
            QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), 15000);
            QTRY_VERIFY_WITH_TIMEOUT(!banner->isVisible(), 40000);
            QVERIFY(workspace.running());
            QCOMPARE(connection_label(studio), QStringLiteral("This computer"));
        }
        workspace.remove();
    }

    void a_workspace_that_somebody_stopped_starts_again_only_when_a_person_asks() {
        app::Options options;
        options.workspace = m_home.filePath("stopped");
        app::Workspace workspace(options.workspace.toStdString());
        app::Workspace::Options without_demo;
        without_demo.seed_demo = false;
        workspace.start(without_demo);
        ui::Theme theme(*qApp);
        {
            app::Studio studio(options, theme);
            QSignalSpy ready(&studio, &app::Studio::ready);
            studio.start();
            QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, 30000);
            QVERIFY(!workspace.stopped());
            workspace.stop();
            auto *banner = studio.window().banner();
            QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), 15000);
            QVERIFY2(banner->text().contains("was stopped"), qPrintable(banner->text()));
            QCOMPARE(banner->action_button()->text(), QStringLiteral("Start it again"));
            QTest::qWait(3000); // time is the subject: a server that died is started again in two seconds
            QVERIFY(!workspace.running());
            QTest::mouseClick(banner->action_button(), Qt::LeftButton);
            QTRY_VERIFY_WITH_TIMEOUT(!banner->isVisible(), 40000);
            QVERIFY(workspace.running());
            QVERIFY(!workspace.stopped());
        }
        workspace.remove();
    }

    void a_workspace_of_another_build_is_said_and_stays_said() {
        app::Options options;
        options.workspace = m_home.filePath("other-build");
        app::Workspace workspace(options.workspace.toStdString());
        app::Workspace::Options without_demo;
        without_demo.seed_demo = false;
        db::Sql(workspace.start(without_demo).logins.at("owner"))
            .done("UPDATE schema_migrations SET checksum = 'x' WHERE number = 2");
        ui::Theme theme(*qApp);
        {
            app::Studio studio(options, theme);
            studio.start();
            const auto *retry = studio.window().findChild<QPushButton *>("start.retry");
            QTRY_VERIFY_WITH_TIMEOUT(retry->isVisible(), 15000);
            const auto *words = studio.window().findChild<QLabel *>("start.text");
            QVERIFY2(words->text().contains("another build") && words->text().contains("Nothing was changed"),
                     qPrintable(words->text()));
            const auto said = words->text();
            QTest::qWait(3000); // time is the subject: a start that takes so long says that it prepares
            QCOMPARE(words->text(), said);
            QVERIFY(retry->isVisible());
        }
        workspace.remove();
    }

    void the_last_publication_is_told_to_whoever_signs_in_later() {
        const TestDatabase database(TestDatabase::Tenants::Two);
        db::Session operators(database.operator_url());
        db::RevisionStore(operators).publish(database.tenant_id(), 1);
        ui::Theme theme(*qApp);
        app::Studio studio(over(database.operator_url()), theme);
        studio.start();
        const auto words = [&studio] {
            const auto *label = studio.window().status_line()->findChild<QLabel *>("status.publish");
            return label->text();
        };
        QTRY_VERIFY_WITH_TIMEOUT(words().startsWith("Ada published "), 15000);
        QVERIFY(words().contains(QRegularExpression("[0-9]{2}:[0-9]{2}$")));
    }

    void a_disabled_account_is_told_and_may_sign_in_as_somebody_else() {
        const TestDatabase database;
        db::Session operators(database.operator_url());
        ui::Theme theme(*qApp);
        app::Studio studio(over(database.staff_url()), theme);
        QSignalSpy ready(&studio, &app::Studio::ready);
        studio.start();
        QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, 15000);
        db::AccountStore(operators).disable(database.login("staff"));
        studio.window().current_page()->activate();
        auto *banner = studio.window().banner();
        QTRY_VERIFY_WITH_TIMEOUT(banner->text().contains("disabled"), 15000);
        QVERIFY(banner->text().contains("kept"));
        QTest::mouseClick(banner->action_button(), Qt::LeftButton);
        QTRY_VERIFY(studio.window().findChild<QPushButton *>("sign_in.add")->isVisible());
        db::AccountStore(operators).enable(database.login("staff"));
    }

private:
    QTemporaryDir m_home;
};

int main(int argc, char **argv) {
    preview::prepare_web_engine();
    QApplication application(argc, argv);
    StudioTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "studio_test.moc"
