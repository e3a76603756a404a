// SPDX-License-Identifier: Apache-2.0
// queue_bench OWNER_URL STAFF_URL BOOKINGS, on a display (Xvfb will do): how long the page of bookings takes
// with so many of them, or with those that are there (0). From opening it to painted rows, filters, frames
// while scrolling, memory, a month of the calendar. Lines of JSON.
#include "tests/bench/queue_rows.h"
#include "tests/bench/timings.h"
#include "ui/async/worker.h"
#include "ui/bookings/booking_queue.h"
#include "ui/bookings/bookings_page.h"
#include "ui/bookings/bookings_watcher.h"
#include "ui/bookings/calendar_view.h"
#include "ui/bookings/month_grid.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTableView>
#include <QTest>
#include <QWheelEvent>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string>

using namespace studio;

namespace {

constexpr int rounds = 40, frame_ms = 16, months = 12;

double elapsed_ms(const QElapsedTimer &clock) {
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

double resident_mb() {
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("VmRSS:")) {
            return std::stod(line.substr(6)) / 1024;
        }
    }
    return 0;
}

void print(const std::string &what, const std::vector<double> &times, const char *goal) {
    std::printf("{\"bench\":\"queue\",\"what\":\"%s\",\"times\":%zu,%s,\"goal_ms\":%s}\n", what.c_str(),
                times.size(), bench::spread(times).c_str(), goal);
}

// The bookings page of a staff login, with a database session that is open already.
class Queue final {
public:
    Queue(ui::Worker &worker, ui::BookingsWatcher &watcher)
        : m_page(ui::BookingsServices{&worker, &watcher, {}, QStringLiteral("http://localhost"), {}, true}) {
        m_page.setGeometry(0, 0, 1600, 1000);
    }

    ui::BookingQueue *queue() const { return m_page.findChild<ui::BookingQueue *>(); }
    QTableView *table() const { return queue()->table(); }
    template <typename Widget> Widget *find(const char *name) const {
        return m_page.findChild<Widget *>(QLatin1String(name));
    }
    bool row_is_there(int row) const {
        const auto *model = table()->model();
        return row < model->rowCount() && queue()->model()->at(row) != nullptr;
    }
    // Every row that can be seen was read and is painted.
    bool is_painted() const {
        auto *viewport = table()->viewport();
        const int first = table()->rowAt(0), last = table()->rowAt(viewport->height() - 1);
        if (first < 0 || !row_is_there(first) ||
            !row_is_there(last < 0 ? table()->model()->rowCount() - 1 : last)) {
            return false;
        }
        viewport->repaint();
        return true;
    }
    // Milliseconds until `there`; the program ends where that takes ten seconds.
    static double until(const char *what, const std::function<bool()> &there, const QElapsedTimer &since) {
        while (!there()) {
            QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
            if (since.elapsed() > 10000) {
                throw std::runtime_error(std::string("waited in vain for ") + what);
            }
        }
        return elapsed_ms(since);
    }
    double open() {
        QElapsedTimer clock;
        clock.start();
        m_page.show();
        m_page.activate();
        return until(
            "the first rows", [this] { return is_painted(); }, clock);
    }
    // The page is left and opened again: what was shown before is read anew.
    double come_back() {
        m_page.hide();
        bool is_read = false;
        const auto connection = QObject::connect(queue(), &ui::BookingQueue::loaded, [&] { is_read = true; });
        QElapsedTimer clock;
        clock.start();
        m_page.show();
        m_page.activate();
        const double taken = until(
            "the rows again", [&] { return is_read && is_painted(); }, clock);
        QObject::disconnect(connection);
        return taken;
    }

private:
    ui::BookingsPage m_page;
};

void measure_opening(ui::Worker &worker, ui::BookingsWatcher &watcher) {
    std::vector<double> first_rows, with_making;
    for (int round = 0; round <= rounds; ++round) {
        QElapsedTimer clock;
        clock.start();
        Queue queue(worker, watcher);
        const double opened = queue.open();
        if (round > 0) { // the first one also reads icons and fonts
            first_rows.push_back(opened);
            with_making.push_back(elapsed_ms(clock));
        }
    }
    print("first rows, page shown for the first time", first_rows, "100");
    print("first rows, page made and shown", with_making, "null");
}

void measure_coming_back(Queue &queue) {
    std::vector<double> times;
    for (int round = 0; round < rounds; ++round) {
        times.push_back(queue.come_back());
    }
    print("rows and counts again, page left and opened", times, "null");
}

// Measures the time from choosing a filter until its rows are shown.
void measure_filters(Queue &queue) {
    std::vector<double> words, companions;
    auto *field = queue.find<QLineEdit>("bookings.words");
    auto *companion = queue.find<QComboBox>("bookings.companion");
    QElapsedTimer waiting;
    waiting.start();
    Queue::until(
        "the companions", [companion] { return companion->count() > 20; }, waiting);
    const auto time = [&queue](std::vector<double> &times, const std::function<void()> &choose) {
        bool is_loaded = false;
        const auto connection =
            QObject::connect(queue.queue(), &ui::BookingQueue::loaded, [&] { is_loaded = true; });
        QElapsedTimer clock;
        clock.start();
        choose();
        times.push_back(Queue::until(
            "filtered rows", [&] { return is_loaded && queue.is_painted(); }, clock));
        QObject::disconnect(connection);
    };
    for (int round = 0; round < rounds; ++round) {
        time(words, [&] {
            field->setText(round % 2 == 0 ? QStringLiteral("lindqvist") : QStringLiteral("harbourside moss"));
        });
        time(companions, [&] {
            companion->setCurrentIndex(
                companion->findText(QStringLiteral("Companion %1").arg(1 + round % 10)));
        });
    }
    time(words, [&] { field->clear(); });
    time(companions, [&] { companion->setCurrentIndex(0); });
    print("words", words, "null");
    print("one companion", companions, "null");
}

// Scrolls and measures how long each turn of the event loop takes, painting included: for that long the
// window stands still.
void scroll(std::vector<double> &frames, const std::function<void(int)> &step, int steps) {
    for (int number = 0; number < steps; ++number) {
        QElapsedTimer frame;
        frame.start();
        step(number);
        QCoreApplication::processEvents(QEventLoop::AllEvents);
        double worst = elapsed_ms(frame);
        while (frame.elapsed() < frame_ms) {
            QElapsedTimer turn;
            turn.start();
            QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 2);
            worst = std::max(worst, elapsed_ms(turn));
        }
        frames.push_back(worst);
    }
}

void measure_scrolling(const Queue &queue) {
    auto *table = queue.table();
    auto *bar = table->verticalScrollBar();
    const auto wheel = [table](int) {
        const QPointF place = table->viewport()->rect().center();
        QWheelEvent event(place, table->viewport()->mapToGlobal(place), {}, QPoint(0, -360), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(table->viewport(), &event);
    };
    const auto pages = [table](int) { QTest::keyClick(table, Qt::Key_PageDown); };
    const auto drag = [bar](int step) {
        bar->setValue(static_cast<int>(qint64(bar->maximum()) * step / 400));
    };
    std::vector<double> wheels, keys, drags;
    const double before = resident_mb();
    scroll(wheels, wheel, 600);
    scroll(keys, pages, 200);
    scroll(drags, drag, 400);
    const double once = resident_mb();
    for (int again = 0; again < 4; ++again) {
        scroll(drags, drag, 400);
    }
    print("frame, wheel", wheels, "32");
    print("frame, page by page", keys, "32");
    print("frame, dragged over all", drags, "32");
    std::printf("{\"bench\":\"queue\",\"what\":\"memory\",\"bookings\":%d,\"before_mb\":%.1f,\"scrolled_once_"
                "mb\":%.1f,"
                "\"scrolled_five_times_mb\":%.1f,\"pages_kept\":%zu}\n",
                table->model()->rowCount(), before, once, resident_mb(),
                queue.queue()->model()->pages().size());
}

void measure_months(const Queue &queue, const QString &companion, const std::string &what) {
    auto *view = queue.find<ui::CalendarView>("calendar");
    auto *month = queue.find<ui::MonthGrid>("calendar.month");
    auto *choice = queue.find<QComboBox>("calendar.companion");
    choice->setCurrentIndex(std::max(0, choice->findText(companion)));
    view->show_span(ui::CalendarView::Span::Month);
    view->show_day(QDate::currentDate().addMonths(-months - 1));
    const auto first_item = [month] {
        const auto &items = month->reading().items;
        return items.empty() ? QString() : items.front().id;
    };
    QElapsedTimer settling;
    settling.start();
    Queue::until(
        "a month", [&] { return !first_item().isEmpty() && settling.elapsed() > 1000; }, settling);
    std::vector<double> times;
    for (int number = 0; number < months; ++number) {
        const auto before = first_item();
        QElapsedTimer clock;
        clock.start();
        queue.find<QPushButton>("calendar.next")->click();
        Queue::until(
            "the next month", [&] { return first_item() != before; }, clock);
        month->repaint();
        times.push_back(elapsed_ms(clock));
    }
    print(what, times, "150");
}

void run(const std::string &owner_url, const std::string &staff_url, int bookings) {
    if (bookings > 0) {
        bench::add_bookings(owner_url, bookings);
    }
    ui::Worker worker(staff_url);
    ui::BookingsWatcher watcher(staff_url);
    measure_opening(worker, watcher);
    Queue queue(worker, watcher);
    queue.open();
    measure_coming_back(queue);
    measure_filters(queue);
    measure_scrolling(queue);
    measure_months(queue, {}, "month, all companions");
    measure_months(queue, QStringLiteral("Companion 7"), "month, one companion");
}

} // namespace

int main(int argc, char **argv) {
    QApplication application(argc, argv);
    if (argc != 4) {
        std::fprintf(stderr, "usage: queue_bench OWNER_URL STAFF_URL BOOKINGS\n");
        return 2;
    }
    const ui::Theme theme(application);
    try {
        run(argv[1], argv[2], std::atoi(argv[3]));
        return 0;
    } catch (const std::exception &error) {
        std::fprintf(stderr, "queue_bench: %s\n", error.what());
        return 1;
    }
}
