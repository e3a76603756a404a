// SPDX-License-Identifier: Apache-2.0
// The editor's forms for wordings of emails, saved replies and questions to clients.
#include "models/booking/standard_emails.h"
#include "models/documents/content.h"
#include "preview/web_engine.h"
#include "tests/ui/editor/editor_desk.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QToolButton>

#include <algorithm>
#include <memory>

using namespace studio;
using test_support::EditorDesk;
using test_support::TestServer;

class MailsFormTest final : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_desk = std::make_unique<EditorDesk>();
        QVERIFY(m_desk->opened());
    }
    void cleanup() { m_desk.reset(); }

    void every_email_has_fields_its_standard_wording_and_its_placeholders() {
        open("messages");
        for (const auto &email : models::booking_email_keys()) {
            const auto key = QString::fromUtf8(email.key);
            open("mail:" + key);
            const auto *head = find<QToolButton>("section-head:mail:" + key);
            QVERIFY2(head->text() != QString::fromUtf8(email.label),
                     "a short title in the editor's own words");
            const auto object = "/content/bookingEmails/" + key;
            const auto &usual = models::default_booking_emails().*email.wording;
            auto *subject = m_desk->line(object + "/subject");
            auto *message = edit(object + "/message");
            QVERIFY2(subject && message, email.key);
            QCOMPARE(subject->placeholderText(), QString::fromStdString(usual.subject));
            QCOMPARE(message->placeholderText(), QString::fromStdString(usual.message));
            const auto offered = find<QLabel>("placeholders:" + key)->text();
            for (const auto name : models::booking_placeholders()) {
                const auto text = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
                const auto known = models::placeholders_for(email.reader);
                const bool is_filled_in = std::ranges::count(known, name) > 0;
                QCOMPARE(offered.contains("{{" + text + "}}"), is_filled_in);
                for (const auto *field : {"/subject", "/message"}) {
                    QCOMPARE(find<QAction>("placeholder:" + object + field + ":" + text) != nullptr,
                             is_filled_in);
                }
            }
        }
    }

    void a_placeholder_is_inserted_and_an_own_wording_is_saved() {
        open("messages");
        open("mail:accepted");
        const QString object = "/content/bookingEmails/accepted";
        m_desk->type(m_desk->line(object + "/subject"), "Until then, ");
        find<QAction>("placeholder:" + object + "/subject:name")->trigger();
        QCOMPARE(m_desk->line(object + "/subject")->text(), QString("Until then, {{name}}"));
        auto *standard = find<QPushButton>("standard:" + object + "/message");
        QVERIFY(standard->isVisible());
        standard->click();
        auto *message = edit(object + "/message");
        QVERIFY(message->toPlainText().startsWith("Hello {{name}}"));
        QVERIFY(!standard->isVisible());
        message->moveCursor(QTextCursor::End);
        find<QAction>("placeholder:" + object + "/message:place")->trigger();
        const auto saved = save()["bookingEmails"]["accepted"];
        QCOMPARE(QString::fromStdString(saved["subject"]), QString("Until then, {{name}}"));
        QVERIFY(QString::fromStdString(saved["message"]).endsWith("{{place}}"));
    }

    void what_is_wrong_with_a_wording_names_the_email() {
        open("messages");
        for (const auto &email : models::booking_email_keys()) {
            const auto key = QString::fromUtf8(email.key);
            open("mail:" + key);
            const auto pointer = "/content/bookingEmails/" + key + "/subject";
            m_desk->type(m_desk->line(pointer), "Hello {{nmae}}");
            const auto *message = find<QLabel>("message:" + pointer);
            QTRY_VERIFY2(message->isVisible() && message->text().contains("{{nmae}}"), email.key);
            const auto part = QString::fromUtf8(email.label).mid(1);
            QVERIFY2(message->text().contains(part), qPrintable(message->text()));
            m_desk->line(pointer)->clear();
            open("mail:" + key); // closes it again
        }
    }

    void questions_to_new_clients_are_added_ordered_and_removed() {
        open("questions");
        const QString list = "/content/screeningFields";
        auto *add = find<QPushButton>("add:" + list);
        for (const auto *label : {"Whom may I ask about you?", "Where do you work?", "Which hotel?"}) {
            const auto index =
                m_desk->page.findChildren<QWidget *>(QRegularExpression("^row:" + list + "/\\d+$")).size();
            add->click();
            const auto pointer = QString("%1/%2/label").arg(list).arg(index);
            QTRY_VERIFY(m_desk->line(pointer) && m_desk->line(pointer)->isVisible());
            m_desk->type(m_desk->line(pointer), label);
        }
        m_desk->type(m_desk->line(list + "/2/hint"), "Or your street");
        find<QCheckBox>("field:" + list + "/2/required")->click();
        auto *row = find<QWidget>("row:" + list + "/2");
        QTest::keyClick(row, Qt::Key_Up, Qt::AltModifier);
        QTRY_COMPARE(find<QToolButton>("open:" + list + "/1")->text(), QString("Which hotel?"));
        find<QToolButton>("remove:" + list + "/0")->setFocus();
        find<QToolButton>("remove:" + list + "/0")->click();
        QTRY_COMPARE(find<QToolButton>("open:" + list + "/0")->text(), QString("Which hotel?"));
        QVERIFY2(find<QWidget>("list:" + list)->isAncestorOf(QApplication::focusWidget()),
                 "the keys go on where they were");
        const auto content = models::read_content(save());
        QCOMPARE(content.screening_fields.size(), std::size_t(2));
        QCOMPARE(content.screening_fields[0].label, std::string("Which hotel?"));
        QCOMPARE(content.screening_fields[0].hint, std::string("Or your street"));
        QVERIFY(content.screening_fields[0].required);
        QCOMPARE(content.screening_fields[1].label, std::string("Where do you work?"));
        QVERIFY(!content.screening_fields[1].required);
        QVERIFY(!content.screening_fields[0].id.empty());
        QVERIFY(content.screening_fields[0].id != content.screening_fields[1].id);
    }

    void a_question_without_words_and_too_many_of_them_are_named() {
        open("questions");
        const QString list = "/content/screeningFields";
        auto *add = find<QPushButton>("add:" + list);
        add->click();
        const auto *message = [this, &list] {
            return QTest::qWaitFor(
                       [this, &list] { return find<QLabel>("message:" + list + "/0/label") != nullptr; })
                       ? find<QLabel>("message:" + list + "/0/label")
                       : nullptr;
        }();
        QVERIFY(message);
        QTRY_VERIFY2(message->isVisible() && message->text().contains("question"),
                     qPrintable(message->text()));
        for (int more = 0; more < 12; ++more) {
            add->click();
        }
        const auto *problem = find<QLabel>("message:" + list);
        QTRY_VERIFY2(problem->isVisible() && problem->text().contains("12"), qPrintable(problem->text()));
        find<QAction>("action-undo")->trigger();
        QTRY_VERIFY(!problem->isVisible());
    }

    void saved_replies_have_a_language_and_placeholders_that_can_be_filled_in() {
        open("replies");
        const QString list = "/content/replyTemplates";
        find<QPushButton>("add:" + list)->click();
        QTRY_VERIFY(m_desk->line(list + "/0/title"));
        m_desk->type(m_desk->line(list + "/0/title"), "Nette Absage");
        auto *language = find<QComboBox>("field:" + list + "/0/language");
        language->setCurrentIndex(language->findData(QString("de")));
        emit language->activated(language->currentIndex());
        auto *text = edit(list + "/0/text");
        text->setPlainText("Hallo {{reference}}");
        const auto *message = find<QLabel>("message:" + list + "/0/text");
        QTRY_VERIFY2(message->isVisible() && message->text().contains("{{reference}}"),
                     qPrintable(message->text()));
        text->setPlainText("Hallo ");
        text->moveCursor(QTextCursor::End);
        find<QAction>("placeholder:" + list + "/0/text:name")->trigger();
        QVERIFY(find<QAction>("placeholder:" + list + "/0/text:reference") == nullptr);
        QTRY_VERIFY(!message->isVisible());
        const auto content = models::read_content(save());
        QCOMPARE(content.reply_templates.size(), std::size_t(1));
        const auto &reply = content.reply_templates[0];
        QCOMPARE(reply.title, std::string("Nette Absage"));
        QCOMPARE(reply.language, std::string("de"));
        QCOMPARE(reply.text, std::string("Hallo {{name}}"));
    }

    void the_checklist_leads_to_a_wording_that_is_closed() {
        open("messages");
        open("mail:moved");
        const QString pointer = "/content/bookingEmails/moved/message";
        edit(pointer)->setPlainText("{{nowhere}}");
        open("mail:moved"); // closes it
        open("messages");
        QVERIFY(!edit(pointer)->isVisible());
        find<QPushButton>("publish")->click();
        const auto line = [this, &pointer] { return find<QAbstractButton>("check:" + pointer); };
        QTRY_VERIFY_WITH_TIMEOUT(line() != nullptr, 10000);
        line()->click();
        QTRY_VERIFY(edit(pointer)->isVisible() && edit(pointer)->hasFocus());
    }

private:
    template <typename Widget> Widget *find(const QString &name) { return m_desk->find<Widget>(name); }
    QPlainTextEdit *edit(const QString &pointer) { return find<QPlainTextEdit>("field:" + pointer); }
    void open(const QString &section) {
        auto *head = find<QToolButton>("section-head:" + section);
        QVERIFY2(head, qPrintable(section));
        head->click();
    }
    // Saves, and returns the saved content.
    models::Json save() {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_S, Qt::ControlModifier);
        const bool saved =
            QTest::qWaitFor([this] { return m_desk->fixture.latest().summary.number == 2; }, 10000);
        return saved ? m_desk->fixture.latest().documents.content : models::Json();
    }

    std::unique_ptr<EditorDesk> m_desk;
};

int main(int argc, char **argv) {
    preview::prepare_web_engine();
    QApplication application(argc, argv);
    MailsFormTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "mails_form_test.moc"
