// SPDX-License-Identifier: Apache-2.0
// The product's main job through everything that is real: the studio's own window driven by clicks and keys,
// its PostgreSQL, the public service, and Chromium at the companion's address.
#include "app/studio/options.h"
#include "app/studio/studio.h"
#include "local_service.h"
#include "preview/web_engine.h"
#include "ui/widgets/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

using namespace studio;

namespace {

constexpr int long_wait = 30000;

// Brings a widget of the form into sight as a person would: scroll to it.
void scroll_to(QWidget *widget) {
    for (auto *parent = widget->parentWidget(); parent; parent = parent->parentWidget()) {
        if (auto *area = qobject_cast<QScrollArea *>(parent)) {
            area->ensureWidgetVisible(widget);
            return;
        }
    }
}

void click(QWidget *widget) {
    scroll_to(widget);
    QTest::mouseClick(widget, Qt::LeftButton, {}, widget->rect().center());
}

void retype(QLineEdit *field, const QString &text) {
    click(field);
    QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(field, text);
}

} // namespace

class MainJobTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void an_edit_made_in_the_studio_is_seen_by_visitors();

private:
    template <typename Widget> Widget *visible(const QString &name);
    void open_claire(ui::MainWindow &window);
    void open_section(const QString &tab, const QString &section);
    QString look_at_public_page(const QString &expectation);

    test_support::LocalService m_service;
    ui::MainWindow *m_window = nullptr;
};

template <typename Widget> Widget *MainJobTest::visible(const QString &name) {
    const auto found = m_window->findChildren<Widget *>(name);
    for (auto *widget : found) {
        if (widget->isVisible()) {
            return widget;
        }
    }
    return nullptr;
}

void MainJobTest::initTestCase() {
    qputenv("XDG_CONFIG_HOME", m_service.folder().toUtf8() + "/config");
    qputenv("XDG_DATA_HOME", m_service.folder().toUtf8() + "/data");
    const QString problem = m_service.start();
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void MainJobTest::open_claire(ui::MainWindow &window) {
    m_window = &window;
    QTRY_VERIFY_WITH_TIMEOUT(visible<QAbstractItemView>(QStringLiteral("companions.table")), long_wait);
    auto *table = visible<QAbstractItemView>(QStringLiteral("companions.table"));
    QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 4, long_wait);
    for (int row = 0; row < 4; ++row) {
        const auto index = table->model()->index(row, 0);
        if (index.data().toString().startsWith(QStringLiteral("Claire"))) {
            const auto place = table->visualRect(index).center();
            QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, place);
            QTest::mouseDClick(table->viewport(), Qt::LeftButton, {}, place);
            QTRY_VERIFY_WITH_TIMEOUT(visible<QTabBar>(QStringLiteral("editor-tabs")), long_wait);
            return;
        }
    }
    QFAIL("Claire is not in the list");
}

void MainJobTest::open_section(const QString &tab, const QString &section) {
    auto *tabs = visible<QTabBar>(QStringLiteral("editor-tabs"));
    for (int i = 0; i < tabs->count(); ++i) {
        if (tabs->tabData(i).toString() == tab) {
            QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(i).center());
        }
    }
    const QString head_name = QStringLiteral("section-head:") + section;
    QTRY_VERIFY(visible<QToolButton>(head_name));
}

QString MainJobTest::look_at_public_page(const QString &expectation) {
    QProcess browser;
    browser.setProcessChannelMode(QProcess::MergedChannels);
    browser.start(QStringLiteral("node"), {qEnvironmentVariable("STUDIO_SOURCE_DIR") +
                                               QStringLiteral("/tests/e2e/check_public_page.mjs"),
                                           m_service.tenant_url(QStringLiteral("claire")), expectation});
    if (!browser.waitForFinished(90000)) {
        return QStringLiteral("Chromium did not finish: ") + browser.errorString();
    }
    return browser.exitCode() == 0 ? QString() : QString::fromUtf8(browser.readAll());
}

void MainJobTest::an_edit_made_in_the_studio_is_seen_by_visitors() {
    app::Options options;
    options.workspace = m_service.workspace();
    options.public_url = m_service.public_url();
    ui::Theme theme(*qApp);
    app::Studio studio(options, theme);
    studio.start();
    studio.window().resize(1440, 900);
    open_claire(studio.window());
    QVERIFY(!QTest::currentTestFailed());

    const QString color_field = QStringLiteral("field:/theme/colors/primary");
    open_section(QStringLiteral("theme"), QStringLiteral("colors"));
    if (!visible<QLineEdit>(color_field)) {
        click(visible<QToolButton>(QStringLiteral("section-head:colors")));
    }
    QTRY_VERIFY(visible<QLineEdit>(color_field));
    retype(visible<QLineEdit>(color_field), QStringLiteral("#1f5f5b"));

    const QString tagline_field = QStringLiteral("field:/content/tagline");
    const QString tagline = QStringLiteral("Evenings worth remembering, said <plainly>");
    auto *tabs = visible<QTabBar>(QStringLiteral("editor-tabs"));
    for (int i = 0; i < tabs->count(); ++i) {
        if (tabs->tabData(i).toString() == QStringLiteral("content")) {
            QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(i).center());
        }
    }
    for (auto *head : m_window->findChildren<QToolButton *>()) {
        if (visible<QLineEdit>(tagline_field)) {
            break;
        }
        if (head->isVisible() && head->objectName().startsWith(QStringLiteral("section-head:"))) {
            click(head);
        }
    }
    QTRY_VERIFY(visible<QLineEdit>(tagline_field));
    const QString live = visible<QLineEdit>(tagline_field)->text();
    retype(visible<QLineEdit>(tagline_field), tagline);

    // Nothing is live before it is published.
    QCOMPARE(look_at_public_page(QStringLiteral(R"({"tagline":"%1"})").arg(live)), QString());

    click(visible<QPushButton>(QStringLiteral("publish")));
    QTRY_VERIFY_WITH_TIMEOUT(visible<QPushButton>(QStringLiteral("publish-now")), long_wait);
    QTRY_VERIFY_WITH_TIMEOUT(visible<QPushButton>(QStringLiteral("publish-now"))->isEnabled(), long_wait);
    click(visible<QPushButton>(QStringLiteral("publish-now")));
    QTRY_VERIFY_WITH_TIMEOUT(
        visible<QLabel>(QStringLiteral("live-words")) &&
            visible<QLabel>(QStringLiteral("live-words"))->text().startsWith(QStringLiteral("Live now at ")),
        long_wait);

    const QString expected = QStringLiteral(R"({"tagline":"%1","html":"#1f5f5b"})").arg(tagline);
    QTRY_COMPARE_WITH_TIMEOUT(look_at_public_page(expected), QString(), long_wait);
}

int main(int argc, char **argv) {
    preview::prepare_web_engine();
    QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("companion-studio"));
    MainJobTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "main_job_test.moc"
