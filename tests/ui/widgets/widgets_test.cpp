// SPDX-License-Identifier: Apache-2.0
#include "models/color/color.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_bar.h"
#include "ui/widgets/elided_combo_box.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/file_drops.h"
#include "ui/widgets/focus_guard.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/words.h"
#include "ui/widgets/wrapped_check_box.h"

#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QDragEnterEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTest>

using namespace studio;
using namespace studio::ui;

namespace {

double ratio(const QColor &first, const QColor &second) {
    const auto convert = [](const QColor &color) {
        return models::Color(static_cast<std::uint8_t>(color.red()), static_cast<std::uint8_t>(color.green()),
                             static_cast<std::uint8_t>(color.blue()));
    };
    return models::contrast_ratio(convert(first), convert(second));
}

QDateTime at(const QString &text) {
    return QDateTime::fromString(text, Qt::ISODate);
}

} // namespace

class WidgetsTest final : public QObject {
    Q_OBJECT

private slots:
    void every_text_colour_passes_aa_in_light_and_dark() {
        for (const auto *colors : {&light_tokens(), &dark_tokens()}) {
            for (const auto &ground :
                 {colors->window, colors->surface, colors->side_bar, colors->accent_soft}) {
                QVERIFY(ratio(colors->text, ground) >= 4.5);
                QVERIFY(ratio(colors->muted, ground) >= 4.5);
            }
            for (const auto &ground : {colors->window, colors->surface}) {
                QVERIFY(ratio(colors->accent, ground) >= 4.5);
                QVERIFY(ratio(colors->negative, ground) >= 4.5);
                QVERIFY(ratio(colors->control_border, ground) >= 3.0);
            }
            QVERIFY(ratio(colors->on_accent, colors->accent_fill) >= 4.5);
            QVERIFY(ratio(colors->on_accent, colors->accent_fill_hover) >= 4.5);
            for (const auto tone :
                 {Tone::Neutral, Tone::Accent, Tone::Positive, Tone::Caution, Tone::Negative}) {
                QVERIFY2(ratio(tone_text(*colors, tone), tone_ground(*colors, tone)) >= 4.5,
                         qPrintable(QString::number(static_cast<int>(tone))));
            }
        }
    }

    void a_long_sentence_beside_a_box_goes_on_below_and_ticks_it() {
        const QString sentence("I confirm that this person is an adult and agreed to all of it in writing");
        WrappedCheckBox line(sentence);
        const auto whole = line.fontMetrics().horizontalAdvance(sentence);
        QVERIFY(line.minimumSizeHint().width() < whole / 2);
        QVERIFY(line.heightForWidth(whole / 2) >= 2 * line.fontMetrics().height());
        line.resize(whole / 2, line.heightForWidth(whole / 2));
        line.show();
        QCOMPARE(line.box()->accessibleName(), sentence);
        auto *text = line.findChild<QLabel *>();
        QTest::mouseClick(text, Qt::LeftButton);
        QVERIFY(line.box()->isChecked());
        QTest::mouseClick(text, Qt::LeftButton);
        QVERIFY(!line.box()->isChecked());
    }

    void files_dropped_on_a_field_of_the_area_are_the_areas_and_are_announced_before() {
        QWidget area;
        area.resize(400, 300);
        auto *field = new QLineEdit(&area), *own = new QLineEdit(&area);
        QString words("Drop to add to Ada");
        FileDrops drops(
            &area, [&words] { return words; }, [own](const QWidget *under) { return under == own; });
        QSignalSpy dropped(&drops, &FileDrops::dropped);
        area.show();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile("/one.jpg"), QUrl::fromLocalFile("/two.jpg")});
        data.setText("/one.jpg");
        const auto drag_over = [&data](QWidget *target) {
            QDragEnterEvent enter(QPoint(2, 2), Qt::CopyAction, &data, Qt::LeftButton, {});
            enter.ignore();
            QApplication::sendEvent(target, &enter);
            return enter.isAccepted();
        };
        const auto drop_on = [&data](QWidget *target) {
            QDropEvent drop(QPointF(2, 2), Qt::CopyAction, &data, Qt::LeftButton, {});
            QApplication::sendEvent(target, &drop);
        };
        auto *frame = area.findChild<QWidget *>("drop-frame");
        QVERIFY(drag_over(field));
        QVERIFY(frame->isVisible());
        QCOMPARE(frame->accessibleName(), words);
        drop_on(field);
        QVERIFY(!frame->isVisible());
        QCOMPARE(dropped.count(), 1);
        QCOMPARE(dropped[0][0].toStringList(), QStringList({"/one.jpg", "/two.jpg"}));
        QVERIFY(field->text().isEmpty());
        drag_over(own);
        QVERIFY(!frame->isVisible());
        words.clear();
        drag_over(&area);
        QVERIFY(!frame->isVisible());
        drop_on(&area);
        QCOMPARE(dropped.count(), 1);
    }

    void every_icon_file_is_in_the_program_and_draws_something() {
        const QDir folder(qEnvironmentVariable("STUDIO_SOURCE_DIR") + QStringLiteral("/resources/icons"));
        const auto files = folder.entryInfoList({QStringLiteral("*.svg")});
        QVERIFY(files.size() > 30);
        for (const auto &file : files) {
            const auto image = line_icon(file.completeBaseName()).pixmap(24, 24).toImage();
            bool drawn = false;
            for (int y = 0; y < image.height() && !drawn; ++y) {
                for (int x = 0; x < image.width() && !drawn; ++x) {
                    drawn = qAlpha(image.pixel(x, y)) > 0;
                }
            }
            QVERIFY2(drawn, qPrintable(file.fileName()));
        }
    }

    void theme_switches_the_whole_application_between_light_and_dark() {
        Theme theme(*qApp);
        theme.set_appearance(Appearance::Light);
        QVERIFY(!tokens(qApp->palette()).dark);
        QSignalSpy changed(&theme, &Theme::changed);
        theme.set_appearance(Appearance::Dark);
        QVERIFY(tokens(qApp->palette()).dark);
        QCOMPARE(changed.count(), 1);
        theme.set_appearance(Appearance::Light);
        for (const auto appearance : {Appearance::System, Appearance::Light, Appearance::Dark}) {
            QCOMPARE(parse_appearance(to_string(appearance)), std::optional(appearance));
        }
        QVERIFY(!parse_appearance(QStringLiteral("sepia")));
    }

    void state_stack_shows_each_of_its_four_states_and_its_buttons_work() {
        auto *content = new QLabel(QStringLiteral("content"));
        StateStack stack(content, Skeleton::Shape::Table);
        stack.resize(600, 400);
        stack.show();
        QCOMPARE(stack.state(), StateStack::State::Loading);
        QVERIFY(stack.currentWidget() != content);

        QSignalSpy action(&stack, &StateStack::action_requested);
        stack.show_empty(QStringLiteral("companions"), QStringLiteral("None"), QStringLiteral("Make one."),
                         QStringLiteral("Make"));
        QCOMPARE(stack.message(), QStringLiteral("None\nMake one."));
        QTest::mouseClick(stack.findChild<QPushButton *>(QStringLiteral("state.empty.button")),
                          Qt::LeftButton);
        QCOMPARE(action.count(), 1);

        QSignalSpy retry(&stack, &StateStack::retry_requested);
        stack.show_error(QStringLiteral("Gone"), QStringLiteral("The database is away."));
        QTest::mouseClick(stack.findChild<QPushButton *>(QStringLiteral("state.error.button")),
                          Qt::LeftButton);
        QCOMPARE(retry.count(), 1);

        stack.show_content();
        QCOMPARE(stack.currentWidget(), content);
        QVERIFY(stack.message().isEmpty());
    }

    void confirm_bar_acts_only_on_its_named_button_and_escape_cancels() {
        ConfirmBar bar(QStringLiteral("bar"));
        int acted = 0;
        bar.ask(QStringLiteral("Sure?"), QStringLiteral("Disable Sam"), [&acted] { ++acted; });
        QVERIFY(bar.isVisible());
        QTest::keyClick(&bar, Qt::Key_Escape);
        QVERIFY(!bar.isVisible());
        QCOMPARE(acted, 0);
        bar.ask(QStringLiteral("Sure?"), QStringLiteral("Disable Sam"), [&acted] { ++acted; });
        auto *act = bar.findChild<QPushButton *>(QStringLiteral("bar.act"));
        QCOMPARE(act->text(), QStringLiteral("Disable Sam"));
        QTest::mouseClick(act, Qt::LeftButton);
        QCOMPARE(acted, 1);
        QVERIFY(!bar.isVisible());
    }

    void a_question_takes_the_place_of_the_notice_of_what_was_done() {
        QWidget window;
        auto *done = new Banner(QStringLiteral("done"), &window);
        auto *problem = new Banner(QStringLiteral("problem"), &window);
        auto *bar = new ConfirmBar(QStringLiteral("bar"), &window);
        window.show();
        done->show_message(Tone::Positive, QStringLiteral("Draft saved."));
        problem->show_message(Tone::Caution, QStringLiteral("The database is not responding."));
        bar->ask(QStringLiteral("Sure?"), QStringLiteral("Stop it"), [] {});
        QVERIFY(!done->isVisible());
        QVERIFY(problem->isVisible());
    }

    void a_button_that_goes_away_hands_the_focus_to_no_other_button() {
        const FocusGuard guard;
        QWidget window;
        auto *panel = new QFrame(&window);
        auto *first = new QPushButton(QStringLiteral("Pause"), panel);
        auto *next = new QPushButton(QStringLiteral("Delete"), panel);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        first->setFocus();
        first->hide();
        QCOMPARE(QApplication::focusWidget(), panel);
        first->show();
        first->setFocus();
        first->setEnabled(false);
        QCOMPARE(QApplication::focusWidget(), panel);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), next); // Tab goes on as a person expects
    }

    void another_page_of_a_stack_does_not_begin_at_a_button() {
        const FocusGuard guard;
        QStackedWidget stack;
        auto *form = new QWidget, *list = new QWidget, *search = new QWidget;
        auto *publish = new QPushButton(QStringLiteral("Publish"), form);
        new QPushButton(QStringLiteral("Stop"), list);
        auto *words = new QLineEdit(search);
        for (auto *page : {form, list, search}) {
            stack.addWidget(page);
        }
        stack.show();
        QVERIFY(QTest::qWaitForWindowActive(&stack));
        publish->setFocus();
        stack.setCurrentWidget(list);
        QCOMPARE(QApplication::focusWidget(), list);
        stack.setCurrentWidget(search);
        QCOMPARE(QApplication::focusWidget(), words);
    }

    void a_long_choice_is_cut_with_an_ellipsis() {
        ElidedComboBox box;
        box.addItems({QStringLiteral("Ada"), QStringLiteral("A very long name that does not fit here")});
        box.setFixedWidth(140);
        box.show();
        QCOMPARE(box.shown_text(), QStringLiteral("Ada"));
        box.setCurrentIndex(1);
        QVERIFY(box.shown_text().endsWith(QStringLiteral("…")));
        QVERIFY(box.fontMetrics().horizontalAdvance(box.shown_text()) < 140);
        QCOMPARE(box.currentText(), box.itemText(1));
    }

    void banner_is_hidden_until_it_has_something_to_say() {
        Banner banner(QStringLiteral("banner"));
        QVERIFY(!banner.isVisible());
        banner.show_message(Tone::Negative, QStringLiteral("It failed."), QStringLiteral("Again"));
        QVERIFY(banner.isVisible());
        QSignalSpy action(&banner, &Banner::action_requested);
        QTest::mouseClick(banner.action_button(), Qt::LeftButton);
        QCOMPARE(action.count(), 1);
        banner.clear();
        QVERIFY(!banner.isVisible());
        QVERIFY(banner.text().isEmpty());
    }

    void long_text_is_cut_with_an_ellipsis_and_whole_in_the_tool_tip() {
        ElidedLabel label(QStringLiteral("A very long name that does not fit into a hundred pixels"));
        label.resize(100, 20);
        label.show();
        QVERIFY(label.text().endsWith(QStringLiteral("…")));
        QCOMPARE(label.toolTip(), label.full_text());
        label.set_full_text(QStringLiteral("Ada"));
        QCOMPARE(label.text(), QStringLiteral("Ada"));
        QVERIFY(label.toolTip().isEmpty());
    }

    void lengths_are_counted_and_cut_as_a_person_counts() {
        const QString family = QString::fromUtf8("\U0001F469\u200D\U0001F469\u200D\U0001F467"),
                      e = QString::fromUtf8("e\u0301");
        QVERIFY(family.size() > 5);
        QCOMPARE(ui::character_count(family + e), 2);
        QCOMPARE(ui::first_characters(e + e + e, 2), e + e);
        QCOMPARE(ui::shortened(e.repeated(10), 10), e.repeated(10));
        QCOMPARE(ui::shortened(e.repeated(11), 10), e.repeated(9) + QString::fromUtf8("…"));
        QCOMPARE(ui::name_length_problem(e.repeated(100), 100), QString());
        QVERIFY(ui::name_length_problem(e.repeated(101), 100).contains("101"));
    }

    void times_are_said_as_people_say_them() {
        const auto now = at(QStringLiteral("2026-03-10T12:00:00"));
        QCOMPARE(relative_time(now.addSecs(-20), now), QStringLiteral("just now"));
        QCOMPARE(relative_time(now.addSecs(-60), now), QStringLiteral("1 minute ago"));
        QCOMPARE(relative_time(now.addSecs(-300), now), QStringLiteral("5 minutes ago"));
        QCOMPARE(relative_time(at(QStringLiteral("2026-03-10T08:05:00")), now),
                 QStringLiteral("today 08:05"));
        QCOMPARE(relative_time(at(QStringLiteral("2026-03-09T23:59:00")), now),
                 QStringLiteral("yesterday 23:59"));
        QCOMPARE(relative_time(at(QStringLiteral("2026-01-02T10:00:00")), now), QStringLiteral("2 January"));
        QCOMPARE(relative_time(at(QStringLiteral("2024-01-02T10:00:00")), now),
                 QStringLiteral("2 January 2024"));
    }
};

QTEST_MAIN(WidgetsTest)
#include "widgets_test.moc"
