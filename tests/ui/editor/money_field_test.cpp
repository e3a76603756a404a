// SPDX-License-Identifier: Apache-2.0
#include "models/documents/validate_content.h"
#include "tests/support/sample_site.h"
#include "ui/editor/fields/field_registry.h"
#include "ui/editor/fields/simple_fields.h"

#include <QApplication>
#include <QLocale>
#include <QTest>

using namespace studio;

namespace {

const QString hourly = QStringLiteral("/content/pricing/hourly");

// A field for the hourly rate in the locale of `name`.
struct Desk {
    explicit Desk(const char *name) {
        QLocale::setDefault(QLocale(QString::fromLatin1(name)));
        document.reset(1, test_support::valid_documents("Ada"), test_support::valid_documents("Ada"));
        document.set(hourly, 800, "Hourly");
        registry = std::make_unique<ui::FieldRegistry>(document);
        field = std::make_unique<ui::MoneyField>(document, *registry, hourly, "Hourly");
        line = field->findChild<QLineEdit *>();
    }
    ~Desk() { QLocale::setDefault(QLocale::system()); }

    void type(const QString &text) {
        line->clear();
        line->setText(text);
        emit line->textEdited(text);
    }
    // The amount that the document has, as JSON.
    QString value() { return QString::fromStdString(document.value(hourly).dump()); }

    ui::DraftDocument document;
    std::unique_ptr<ui::FieldRegistry> registry;
    std::unique_ptr<ui::MoneyField> field;
    QLineEdit *line = nullptr;
};

} // namespace

class MoneyFieldTest final : public QObject {
    Q_OBJECT

private slots:
    void reads_what_the_locale_writes_data() {
        QTest::addColumn<QString>("locale");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("value");
        QTest::newRow("decimal comma") << "de_DE"
                                       << "99,50"
                                       << "99.5";
        QTest::newRow("decimal comma in English") << "en_AU"
                                                  << "99,50"
                                                  << "99.5";
        QTest::newRow("thousands with a point") << "de_DE"
                                                << "1.500"
                                                << "1500";
        QTest::newRow("thousands with a comma") << "en_AU"
                                                << "1,500"
                                                << "1500";
        QTest::newRow("both signs") << "en_AU"
                                    << "1.500,50"
                                    << "1500.5";
        QTest::newRow("decimal comma after thousands") << "fr_FR"
                                                       << "1500,50"
                                                       << "1500.5";
        QTest::newRow("spaces") << "fr_FR" << QStringLiteral("1\u202f500,50") << "1500.5";
        QTest::newRow("currency") << "en_AU"
                                  << "A$1,500"
                                  << "1500";
        QTest::newRow("not a number") << "en_AU"
                                      << "nan"
                                      << "\"nan\"";
        QTest::newRow("infinity") << "en_AU"
                                  << "inf"
                                  << "\"inf\"";
        QTest::newRow("ambiguous") << "en_AU"
                                   << "1.500"
                                   << "\"1.500\"";
        QTest::newRow("ambiguous in German") << "de_DE"
                                             << "1,500"
                                             << "\"1,500\"";
    }
    void reads_what_the_locale_writes() {
        QFETCH(QString, locale);
        QFETCH(QString, typed);
        QFETCH(QString, value);
        Desk desk(locale.toLatin1().constData());
        desk.type(typed);
        QCOMPARE(desk.value(), value);
    }

    void shows_what_it_would_read() {
        for (const auto *locale : {"de_DE", "en_AU", "fr_FR", "de_CH"}) {
            Desk desk(locale);
            desk.document.set(hourly, 1500.5, "Hourly");
            desk.field->refresh();
            const auto shown = desk.line->text();
            QVERIFY2(shown == "1500,50" || shown == "1500.50", qPrintable(shown));
            QCOMPARE(shown.contains(QLocale().decimalPoint()), true);
            desk.type(shown);
            QCOMPARE(desk.value(), QString("1500.5"));
        }
    }

    void says_both_readings_of_what_is_ambiguous() {
        Desk desk("en_AU");
        desk.type("1.500");
        QString said;
        for (const auto &issue : models::validate_content(desk.document.documents().content)) {
            if (issue.pointer == "/pricing/hourly") {
                said = QString::fromStdString(issue.message);
            }
        }
        QVERIFY2(said.contains("1500 or 1.50"), qPrintable(said));
    }

    void empties_the_amount() {
        Desk desk("en_AU");
        desk.type("  ");
        QCOMPARE(desk.value(), QString("null"));
    }
};

QTEST_MAIN(MoneyFieldTest)
#include "money_field_test.moc"
