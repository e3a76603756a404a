// SPDX-License-Identifier: Apache-2.0
#include "db/connection/error.h"
#include "db/stores/account_store.h"
#include "db/stores/audit_store.h"
#include "db/stores/tenant_store.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/test_database.h"
#include "ui/async/worker.h"
#include "ui/people/account_panel.h"
#include "ui/people/accounts_model.h"
#include "ui/people/add_account_panel.h"
#include "ui/people/audit_label.h"
#include "ui/people/people_page.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/words.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QUrl>

#include <semaphore>
#include <stdexcept>

using namespace studio;
using namespace studio::ui;
using test_support::TestDatabase;

namespace {

struct Desk {
    TestDatabase database{TestDatabase::Tenants::Two};
    Worker worker{database.operator_url()};
    db::Session session{database.operator_url()};
    PeoplePage page{worker, QString::fromStdString(database.login("operator"))};

    Desk() {
        page.resize(1072, 760);
        page.show();
        page.activate();
    }
    template <typename Widget> Widget *find(const char *name) const {
        auto *widget = page.findChild<Widget *>(name);
        if (widget == nullptr) {
            qFatal("no widget %s", name);
        }
        return widget;
    }
    QTableView *table() const { return find<QTableView>("people.accounts"); }
    bool loaded() const {
        return QTest::qWaitFor([&] { return table()->model()->rowCount() >= 4; }, 10000);
    }
    void choose(const QString &name) const {
        const auto *model = static_cast<AccountsModel *>(table()->model());
        const auto place = table()->visualRect(model->index(model->row_of(name), 0)).center();
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, place);
    }
    db::Account account(const std::string &name) {
        for (const auto &account : db::AccountStore(session).list()) {
            if (account.display_name == name) {
                return account;
            }
        }
        return {};
    }
};

} // namespace

class PeopleTest final : public QObject {
    Q_OBJECT

private slots:
    void the_models_keep_their_promises() {
        AccountsModel accounts;
        AuditModel audit;
        const QAbstractItemModelTester first(&accounts,
                                             QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QAbstractItemModelTester second(&audit, QAbstractItemModelTester::FailureReportingMode::QtTest);
        db::Account account;
        account.login = "uabcdefghijkl";
        account.display_name = "Sam";
        account.disabled = true;
        accounts.set_rows({account}, {});
        QCOMPARE(accounts.index(0, 0).data(AccountsModel::SecondLine).toString(), QString());
        QCOMPARE(accounts.index(0, static_cast<int>(AccountsModel::Column::State)).data().toString(),
                 QStringLiteral("Disabled"));
        QCOMPARE(accounts.row_of("nobody"), -1);
        QCOMPARE(accounts.row_of("Sam"), accounts.row_of("uabcdefghijkl"));
        auto namesake = account;
        namesake.login = "umnopqrstuvwx";
        accounts.set_rows({account, namesake}, {});
        QCOMPARE(accounts.index(1, 0).data(AccountsModel::SecondLine).toString(),
                 QStringLiteral("umnopqrstuvwx"));
        audit.set_rows({db::AuditEntry{}}, {});
        QCOMPARE(audit.rowCount(), 1);
    }

    void audit_entries_read_as_sentences() {
        db::AuditEntry entry;
        entry.action = "update";
        entry.table = "tenants";
        entry.changes = models::Json::parse(R"({"status": ["preview", "active"], "updated_at": ["x", "y"]})");
        QCOMPARE(audit_label(entry), QStringLiteral("Changed the companion: status preview → active"));
        entry.action = "insert";
        entry.table = "share_links";
        entry.changes = models::Json::object();
        QCOMPARE(audit_label(entry), QStringLiteral("Added a share link"));
        entry.table = "revisions";
        entry.changes = {{"number", {nullptr, 3}}, {"note", {nullptr, "A warmer button"}}};
        QCOMPARE(audit_label(entry), QStringLiteral("Saved revision 3: A warmer button"));
        entry.changes = {{"number", {nullptr, 4}}, {"note", {nullptr, ""}}};
        QCOMPARE(audit_label(entry), QStringLiteral("Saved revision 4"));
        entry.table = "accounts";
        entry.changes = {{"display_name", {nullptr, "Ada"}}, {"role", {nullptr, "companion"}}};
        QCOMPARE(audit_label(entry), QStringLiteral("Added the account of Ada (companion)"));
        entry.action = "update";
        entry.table = "ab_tests";
        entry.changes = {{"winner_variant_id", {nullptr, "modern"}},
                         {"decision", {nullptr, {{"by", "person"}}}}};
        QCOMPARE(audit_label(entry), QStringLiteral("Declared the winner of a test: modern"));
        entry.changes["decision"][1]["by"] = "job winners";
        QCOMPARE(audit_label(entry), QStringLiteral("Declared the winner of a test automatically: modern"));
        entry.changes = {{"reverted_at", {nullptr, "2026-03-03T10:00:00Z"}}};
        QCOMPARE(audit_label(entry), QStringLiteral("Reverted the winner of a test"));
        for (const auto &[name, words] :
             {std::pair("studio_owner", "Setup"), std::pair("renderer", "Public service"),
              std::pair("Olivia Marsh", "Olivia Marsh")}) {
            QCOMPARE(author_label(name), QString::fromUtf8(words));
        }
    }

    void accounts_and_what_they_did_are_listed() {
        Desk desk;
        QVERIFY(desk.loaded());
        auto *log = desk.find<QTableView>("people.log");
        QTRY_VERIFY(log->model()->rowCount() > 0);
        desk.find<QTabBar>("people.tabs")->setCurrentIndex(1);
        const int everything = log->model()->rowCount();
        auto *of = desk.find<QComboBox>("people.log_of");
        of->setCurrentIndex(of->findText("Ada"));
        QTRY_VERIFY(log->model()->rowCount() < everything);
        QVERIFY(log->model()->rowCount() > 0);
    }

    void adding_an_account_shows_its_password_once_and_it_works() {
        Desk desk;
        QVERIFY(desk.loaded());
        QTest::mouseClick(desk.find<QPushButton>("people.add"), Qt::LeftButton);
        QTest::keyClicks(desk.find<QLineEdit>("add_account.name"), "Noor Ali-Said");
        auto *role = desk.find<QComboBox>("add_account.role");
        role->setCurrentIndex(role->findText("Companion"));
        auto *companion = desk.find<QComboBox>("add_account.companion");
        QVERIFY(companion->isVisible());
        companion->setCurrentIndex(companion->findText("Bea"));
        desk.find<QCheckBox>("add_account.may_edit")->click();
        desk.find<QPushButton>("add_account.add")->click();
        auto *panel = desk.page.findChild<AddAccountPanel *>();
        auto *password = panel->findChild<QLineEdit *>("password_once");
        const auto *login = panel->findChild<QLineEdit *>("password_once.login");
        QTRY_VERIFY(password->isVisible());
        QUrl own(QString::fromStdString(desk.database.operator_url()));
        own.setUserName(login->text());
        own.setPassword(password->text());
        db::Session session(own.toString(QUrl::FullyEncoded).toStdString());
        const auto identity = session.identity();
        QCOMPARE(identity.display_name, std::string("Noor Ali-Said"));
        QCOMPARE(identity.tenant_id, std::optional(desk.database.other_tenant_id()));
        QVERIFY(identity.may_edit);
        QTest::mouseClick(desk.find<QPushButton>("add_account.close"), Qt::LeftButton);
        QTest::mouseClick(desk.find<QPushButton>("people.add"), Qt::LeftButton);
        QVERIFY(password->text().isEmpty());
        QVERIFY(desk.find<QLineEdit>("add_account.name")->text().isEmpty());
    }

    void who_sees_whom_is_never_chosen_beforehand() {
        Desk desk;
        QVERIFY(desk.loaded());
        const auto *add = desk.find<QPushButton>("add_account.add");
        auto *role = desk.find<QComboBox>("add_account.role");
        auto *companion = desk.find<QComboBox>("add_account.companion");
        auto *name = desk.find<QLineEdit>("add_account.name");
        QTest::mouseClick(desk.find<QPushButton>("people.add"), Qt::LeftButton);
        role->setCurrentIndex(role->findText("Operator"));
        const auto typed = QString::fromUtf8("e\u0301").repeated(100);
        name->insert(typed);
        QVERIFY(add->isEnabled());
        QTest::keyClicks(name, "x");
        QCOMPARE(name->text(), typed + "x"); // explained in a message, and not cut
        QVERIFY(desk.find<QLabel>("add_account.name_problem")->isVisible());
        QVERIFY(!add->isEnabled());
        QTest::mouseClick(desk.find<QPushButton>("add_account.close"), Qt::LeftButton);
        for (int round = 0; round < 2; ++round) {
            QTest::mouseClick(desk.find<QPushButton>("people.add"), Qt::LeftButton);
            QTest::keyClicks(desk.find<QLineEdit>("add_account.name"), "Noor");
            QCOMPARE(role->currentIndex(), -1);
            QVERIFY(!add->isEnabled());
            role->setCurrentIndex(role->findText("Companion"));
            QCOMPARE(companion->currentIndex(), -1);
            QVERIFY(!desk.find<QCheckBox>("add_account.may_edit")->isChecked());
            QVERIFY(!add->isEnabled());
            QSignalSpy read_again(desk.table()->model(), &QAbstractItemModel::modelReset);
            desk.page.activate();
            QTRY_COMPARE(read_again.count(), 1);
            QCOMPARE(companion->currentIndex(), -1);
            companion->setCurrentIndex(companion->findText("Bea"));
            QVERIFY(add->isEnabled());
            QTest::mouseClick(desk.find<QPushButton>("add_account.close"), Qt::LeftButton);
        }
    }

    void what_makes_passwords_is_told_by_the_application() {
        const TestDatabase database(TestDatabase::Tenants::Two);
        Worker worker(database.operator_url());
        AccountPasswords passwords;
        QString asked;
        passwords.add = [&asked](db::Session &, const db::NewAccount &account) {
            asked = QString::fromStdString(account.display_name);
            return db::NewLogin{"ukept", "kept"};
        };
        passwords.reset = [&asked](db::Session &, const std::string &login) {
            asked = QString::fromStdString(login);
            return std::string("fresh");
        };
        PeoplePage page(worker, "nobody", passwords);
        page.show();
        page.open("Sam Staff");
        page.activate();
        auto *panel = page.findChild<AccountPanel *>();
        QTRY_VERIFY(panel->isVisible());
        panel->findChild<QPushButton *>("account.reset")->click();
        panel->findChild<QPushButton *>("account.confirm.act")->click();
        QTRY_COMPARE(panel->findChild<QLineEdit *>("password_once")->text(), QStringLiteral("fresh"));
        QCOMPARE(asked, QString::fromStdString(database.login("staff")));
        page.open("new");
        auto *add = page.findChild<AddAccountPanel *>();
        add->findChild<QLineEdit *>("add_account.name")->setText("Kay");
        auto *role = add->findChild<QComboBox *>("add_account.role");
        role->setCurrentIndex(role->findText("Operator"));
        add->findChild<QPushButton *>("add_account.add")->click();
        QTRY_COMPARE(add->findChild<QLineEdit *>("password_once")->text(), QStringLiteral("kept"));
        QCOMPARE(asked, QStringLiteral("Kay"));
    }

    void an_answer_is_shown_only_where_its_form_or_account_is_still_open() {
        const TestDatabase database(TestDatabase::Tenants::Two);
        Worker worker(database.operator_url());
        std::binary_semaphore answer(0);
        bool refuse = false;
        AccountPasswords passwords;
        passwords.add = [&](db::Session &, const db::NewAccount &) {
            answer.acquire();
            if (refuse) {
                throw std::runtime_error("There is no room.");
            }
            return db::NewLogin{"unew", "secret"};
        };
        passwords.reset = [&](db::Session &, const std::string &) {
            answer.acquire();
            return std::string("fresh");
        };
        PeoplePage page(worker, "nobody", passwords);
        page.show();
        page.open("Sam Staff");
        page.activate();
        auto *account = page.findChild<AccountPanel *>();
        QTRY_VERIFY(account->isVisible());
        auto *add = page.findChild<AddAccountPanel *>();
        auto *name = add->findChild<QLineEdit *>("add_account.name");
        auto *role = add->findChild<QComboBox *>("add_account.role");
        auto *password = add->findChild<QLineEdit *>("password_once");
        auto *banner = page.findChild<Banner *>("people.banner");
        QVERIFY(banner != nullptr);
        const auto ask = [&](const QString &person) {
            page.open("new");
            name->setText(person);
            role->setCurrentIndex(role->findText("Operator"));
            add->findChild<QPushButton *>("add_account.add")->click();
            QVERIFY(!name->isEnabled());
        };
        const auto close = [&] { add->findChild<QPushButton *>("add_account.close")->click(); };

        ask("Kay One"); // the form is left, and another one is open when the answer arrives
        close();
        page.open("new");
        QVERIFY(name->isEnabled());
        name->setText("Kay Two");
        answer.release();
        QTRY_VERIFY(banner->text().contains("Kay One"));
        QVERIFY(banner->text().contains("Reset the password"));
        QVERIFY(password->text().isEmpty());
        QVERIFY(name->isVisible());
        QCOMPARE(name->text(), QStringLiteral("Kay Two"));

        refuse = true; // the form is left and closed
        ask("Kay Three");
        close();
        answer.release();
        QTRY_VERIFY(banner->text().contains("Kay Three"));
        QVERIFY(banner->text().contains("There is no room."));
        QVERIFY(add->findChild<Banner *>("add_account.banner")->text().isEmpty());

        auto *table = page.findChild<QTableView *>("people.accounts");
        emit table->clicked(table->currentIndex());
        QVERIFY(account->isVisible());
        account->findChild<QPushButton *>("account.reset")->click();
        account->findChild<QPushButton *>("account.confirm.act")->click();
        emit account->closed();
        answer.release();
        QTRY_VERIFY(banner->text().contains("Sam Staff"));
        QVERIFY(account->findChild<QLineEdit *>("password_once")->text().isEmpty());
    }

    void a_refused_account_says_why_and_nothing_typed_is_lost() {
        Desk desk;
        QVERIFY(desk.loaded());
        QTest::mouseClick(desk.find<QPushButton>("people.add"), Qt::LeftButton);
        QTest::keyClicks(desk.find<QLineEdit>("add_account.name"), "Another Sam");
        auto *role = desk.find<QComboBox>("add_account.role");
        role->setCurrentIndex(role->findText("Operator"));
        db::Sql(desk.database.owner_url())
            .done("ALTER TABLE accounts ADD CONSTRAINT no_sam CHECK (display_name <> 'Another Sam')");
        desk.find<QPushButton>("add_account.add")->click();
        QTRY_VERIFY(!desk.find<Banner>("add_account.banner")->text().isEmpty());
        QCOMPARE(desk.find<QLineEdit>("add_account.name")->text(), QStringLiteral("Another Sam"));
        QVERIFY(desk.find<QPushButton>("add_account.add")->isEnabled());
    }

    void disabling_asks_with_the_persons_name_and_shuts_them_out_at_once() {
        Desk desk;
        QVERIFY(desk.loaded());
        db::Session staff(desk.database.staff_url());
        QVERIFY(staff.identity().role.has_value());
        desk.choose("Sam Staff");
        auto *disable = desk.find<QPushButton>("account.disable");
        QCOMPARE(disable->text(), QStringLiteral("Disable Sam Staff’s account"));
        disable->click();
        QVERIFY(!desk.account("Sam Staff").disabled);
        auto *act = desk.find<QPushButton>("account.confirm.act");
        QCOMPARE(act->text(), QStringLiteral("Disable Sam Staff’s account"));
        act->click();
        QTRY_VERIFY(desk.account("Sam Staff").disabled);
        QVERIFY_EXCEPTION_THROWN(staff.identity(), db::Error);
        auto *enable = desk.find<QPushButton>("account.enable");
        QTRY_VERIFY(enable->isVisible());
        enable->click();
        QTRY_VERIFY(!desk.account("Sam Staff").disabled);
        QVERIFY(staff.identity().role.has_value());
    }

    void nobody_can_disable_their_own_account() {
        const Desk desk;
        QVERIFY(desk.loaded());
        desk.choose("Olivia Operator");
        QVERIFY(desk.find<AccountPanel>("account_panel")->isVisible());
        QVERIFY(!desk.find<QPushButton>("account.disable")->isVisible());
    }

    void the_operator_decides_whether_a_companion_may_edit() {
        Desk desk;
        QVERIFY(desk.loaded());
        desk.choose("Bea");
        auto *box = desk.find<QCheckBox>("account.may_edit");
        QVERIFY(box->isVisible());
        QVERIFY(!box->isChecked());
        box->click();
        QTRY_VERIFY(desk.account("Bea").may_edit);
    }
};

QTEST_MAIN(PeopleTest)
#include "people_test.moc"
