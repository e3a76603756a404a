// SPDX-License-Identifier: Apache-2.0
#include "ui/charts/line_chart.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QDateTime>
#include <QElapsedTimer>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>
#include <cstdio>

using namespace studio::ui;

namespace {

constexpr int day_count = 730, places = 500, full_redraws = 100;

std::vector<FigureRow> days() {
    std::vector<FigureRow> rows;
    const QDateTime first(QDate(2025, 1, 1), QTime(0, 0), Qt::UTC);
    for (int day = 0; day < day_count; ++day) {
        const double wave = 1000 + 300 * std::sin(day / 3.5) + 200 * std::sin(day / 57.0) + (day * 7919) % 97;
        rows.push_back(
            {{first.addDays(day), qint64(wave), qint64(wave * 0.8), qint64(wave * 0.3), qint64(wave * 0.05)},
             {}});
    }
    return rows;
}

double at(const std::vector<double> &sorted, double share) {
    return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

// `goal` is the limit for the 95th percentile.
void print(const char *what, std::vector<double> times, const char *goal) {
    std::sort(times.begin(), times.end());
    std::printf(
        "{\"bench\":\"charts\",\"what\":\"%s\",\"days\":%d,\"series\":4,\"redraws\":%zu,\"p50_ms\":%.2f,"
        "\"p95_ms\":%.2f,\"max_ms\":%.2f%s}\n",
        what, day_count, times.size(), at(times, 0.5), at(times, 0.95), times.back(), goal);
}

} // namespace

int main(int argc, char **argv) {
    QApplication application(argc, argv);
    const Theme theme(application);
    FigureTableModel table;
    LineChart chart(QStringLiteral("chart"), table);
    const std::vector<FigureColumn> columns{{"Day", FigureKind::Day},
                                            {"Visits", FigureKind::Count},
                                            {"Visitors", FigureKind::Count},
                                            {"Engaged", FigureKind::Count},
                                            {"Bookings", FigureKind::Count}};
    table.set(columns, days());
    chart.resize(1200, 320);
    chart.show();
    QApplication::processEvents();
    chart.repaint();
    QElapsedTimer clock;
    std::vector<double> hovers, redraws;
    for (int place = 0; place < places; ++place) {
        const QPointF mouse(60 + 1000.0 * ((place * 211) % places) / places, 120);
        clock.start();
        QMouseEvent move(QEvent::MouseMove, mouse, mouse, Qt::NoButton, Qt::NoButton, {});
        QApplication::sendEvent(&chart, &move);
        chart.repaint();
        hovers.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }
    for (int round = 0; round < full_redraws; ++round) {
        table.set(columns, days());
        clock.start();
        chart.repaint();
        redraws.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }
    print("hover", hovers, ",\"goal_ms\":16");
    print("everything", redraws, "");
    return 0;
}
