// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/report/report_pages.h"

#include "ui/analytics/figure_rows.h"
#include "ui/analytics/list_rows.h"
#include "ui/charts/chart_palette.h"
#include "ui/charts/format_figure.h"
#include "ui/charts/funnel_chart.h"
#include "ui/charts/line_chart.h"

#include <QCoreApplication>
#include <QFontDatabase>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace studio::ui {

namespace {

constexpr double margin = 60, top_margin = 56, footer_height = 60;
constexpr double content_width = ReportPages::page_width - 2 * margin;
constexpr double content_bottom = ReportPages::page_height - footer_height - 16;
constexpr double gap = 14, section_gap = 16;
constexpr double tile_height = 78, tile_gap = 10, row_height = 25;
constexpr int tiles_in_row = 4,
              first_rows = 4; // first_rows: the title and rows that must fit below a heading on the same page
constexpr int chart_height = 210, funnel_height = 224;
constexpr int writer_dpi = 1200;
constexpr double dots_per_inch = 96;

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::report", text);
}

QFont font_of(int pixels, QFont::Weight weight = QFont::Normal) {
    QFont font(QFontDatabase::hasFamily(QStringLiteral("Inter")) ? QStringLiteral("Inter")
                                                                 : QFont().family());
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

QString format_month(QDate month) {
    return QLocale().toString(month, QStringLiteral("MMMM yyyy"));
}

// "September 2026" for a whole month.
QString format_days(const db::DateRange &days) {
    const auto from = to_date(days.from);
    return from.day() == 1 && from.addMonths(1).addDays(-1) == to_date(days.to) ? format_month(from)
                                                                                : format_range(days);
}

// Gives a chart the light palette in any appearance of the studio, because paper is white.
void dress_for_paper(QWidget &chart, int height) {
    auto palette = chart.palette();
    palette.setColor(QPalette::Window, Qt::white);
    chart.setPalette(palette);
    chart.setFont(font_of(12));
    chart.resize(static_cast<int>(content_width), height);
}

QColor change_color(Tone tone, bool good_when_more) {
    const auto &colors = light_tokens();
    if (tone == Tone::Neutral) {
        return colors.muted;
    }
    return (tone == Tone::Positive) == good_when_more ? colors.positive : colors.negative;
}

} // namespace

ReportPages::ReportPages(MonthReport report) : m_report(std::move(report)), m_top(top_margin) {
    m_pages.emplace_back();
    add_cover();
    add_summary();
    if (m_report.now.totals.visits > 0) {
        add_tiles();
        add_trend();
        add_sources();
        add_funnel();
    }
    add_services();
    add_tests();
    add_definitions();
}

void ReportPages::add(double height, std::function<void(QPainter &, const QRectF &)> paint) {
    if (m_top + height > content_bottom && !m_pages.back().empty()) {
        next_page();
    }
    m_pages.back().emplace_back(m_top, Block{height, std::move(paint)});
    m_top += height + gap;
}

void ReportPages::next_page() {
    m_pages.emplace_back();
    m_top = top_margin;
}

// A heading moves to the next page if the block below it would not fit on this one.
void ReportPages::add_heading(const QString &text, double height_of_next) {
    m_words << text;
    constexpr double height = 22;
    if (m_top + section_gap + height + gap + height_of_next > content_bottom) {
        next_page();
    } else {
        m_top += section_gap;
    }
    add(height, [text](QPainter &painter, const QRectF &room) {
        painter.setFont(font_of(15, QFont::DemiBold));
        painter.setPen(light_tokens().text);
        painter.drawText(room, Qt::AlignLeft | Qt::AlignBottom, text);
    });
}

void ReportPages::add_paragraph(const QString &text, const QFont &font, bool muted) {
    m_words << text;
    const double height =
        QFontMetricsF(font)
            .boundingRect(QRectF(0, 0, content_width, ReportPages::page_height), Qt::TextWordWrap, text)
            .height() +
        2;
    add(height, [text, font, muted](QPainter &painter, const QRectF &room) {
        painter.setFont(font);
        painter.setPen(muted ? light_tokens().muted : light_tokens().text);
        painter.drawText(room, Qt::TextWordWrap, text);
    });
}

void ReportPages::add_cover() {
    const auto month = format_month(m_report.month);
    const auto clock = clock_label(m_report.query);
    const auto made =
        tr("Created on %1").arg(QLocale().toString(m_report.made, QStringLiteral("d MMMM yyyy")));
    const auto covered = m_report.over ? QString() : tr("so far: %1").arg(format_range(m_report.query.range));
    m_words << m_report.query.companion << month << covered << clock << made;
    add(112, [name = m_report.query.companion, month, covered, clock, made](QPainter &painter,
                                                                            const QRectF &room) {
        const auto &colors = light_tokens();
        painter.fillRect(QRectF(room.left(), room.top(), 44, 4), colors.accent);
        painter.setPen(colors.text);
        const auto big = font_of(32, QFont::DemiBold);
        painter.setFont(big);
        painter.drawText(QRectF(room.left(), room.top() + 18, room.width() - 210, 44),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetricsF(big).elidedText(name, Qt::ElideRight, room.width() - 210));
        painter.setFont(font_of(18));
        painter.setPen(colors.accent);
        painter.drawText(QRectF(room.left(), room.top() + 64, room.width(), 26),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         covered.isEmpty() ? month : month + QStringLiteral(", ") + covered);
        painter.setFont(font_of(11));
        painter.setPen(colors.muted);
        painter.drawText(QRectF(room.right() - 240, room.top() + 22, 240, 40), Qt::AlignRight | Qt::AlignTop,
                         clock + QLatin1Char('\n') + made);
        painter.fillRect(QRectF(room.left(), room.bottom() - 1, room.width(), 1), colors.border);
    });
}

void ReportPages::add_summary() {
    const auto &now = m_report.now.totals;
    const auto before = format_days(m_report.range_before);
    const auto alone =
        m_report.without_visit.bookings == 0
            ? QString()
            : tr(" In addition: %1.").arg(requests_without_visit_label(m_report.without_visit.bookings));
    if (now.visits == 0) {
        add_paragraph(tr("No visits in this period.") + alone, font_of(14), false);
        return;
    }
    auto text = tr("The site had %1 visits by %2 visitors")
                    .arg(format_count(now.visits), format_count(m_report.now.visitors.value_or(0)));
    text += m_report.before.totals.visits == 0
                ? tr(" (none in %1)").arg(before)
                : tr(" (%1: %2)").arg(before, format_count(m_report.before.totals.visits));
    text += tr(". ");
    text += now.bookings == 0   ? tr("They led to no booking request.")
            : now.bookings == 1 ? tr("They led to one booking request.")
                                : tr("They led to %1 booking requests.").arg(format_count(now.bookings));
    if (now.bookings > 0 && conversion(now).readable()) {
        text += tr(" That is a conversion rate of %1.").arg(format_percent(conversion(now).rate()));
    }
    add_paragraph(text + alone, font_of(14), false);
}

void ReportPages::add_tiles() {
    struct Tile {
        QString title, figure, note;
        Change change;
        bool good_when_more = true;
    };
    const auto &now = m_report.now.totals;
    const auto &before = m_report.before.totals;
    const auto visitors = m_report.now.visitors.value_or(0),
               visitors_before = m_report.before.visitors.value_or(0);
    const auto count = [](qint64 number) { return static_cast<double>(number); };
    const auto rate = [](const QString &title, const Share &share, const Share &share_before, bool good) {
        return Tile{title, format_share(share),
                    share.readable() ? tr("%1 of %2").arg(format_count(share.count), format_count(share.of))
                                     : tr("too few for a rate"),
                    share_change(share, share_before), good};
    };
    const auto seconds = average_seconds(now), seconds_before = average_seconds(before);
    const bool timed = now.timed_visits >= Share::min_count && before.timed_visits >= Share::min_count;
    const std::vector<Tile> tiles{
        {tr("Visits"), format_count(now.visits), tr("%1 page views").arg(format_count(now.page_views)),
         count_change(count(now.visits), count(before.visits))},
        {tr("Visitors"), format_count(visitors), tr("see the note at the end"),
         count_change(count(visitors), count(visitors_before))},
        {tr("Bookings"), format_count(now.bookings), tr("excluding cancelled and spam"),
         count_change(count(now.bookings), count(before.bookings))},
        rate(tr("Conversion rate"), conversion(now), conversion(before), true),
        {tr("Average visit"), seconds ? format_duration(*seconds) : QStringLiteral("–"),
         tr("of %1 with several steps").arg(format_count(now.timed_visits)),
         timed ? count_change(*seconds, *seconds_before) : Change{}},
        rate(tr("Viewed photos"), engagement(now), engagement(before), true),
        rate(tr("Left after one page"), bounce(now), bounce(before), false),
        {tr("Booking value"), format_amount(now.value, m_report.query.currency),
         tr("for services with a price"), count_change(now.value, before.value)}};
    for (const auto &tile : tiles) {
        m_words << tile.title << tile.figure << tile.change.text << tile.note;
    }
    const auto rows = static_cast<int>(tiles.size()) / tiles_in_row;
    add(rows * tile_height + (rows - 1) * tile_gap, [tiles](QPainter &painter, const QRectF &room) {
        const auto &colors = light_tokens();
        const double width = (room.width() - (tiles_in_row - 1) * tile_gap) / tiles_in_row;
        for (std::size_t index = 0; index < tiles.size(); ++index) {
            const auto &tile = tiles[index];
            const auto place = static_cast<int>(index);
            const int line = place / tiles_in_row;
            const QRectF frame(room.left() + place % tiles_in_row * (width + tile_gap),
                               room.top() + line * (tile_height + tile_gap), width, tile_height);
            painter.setPen(QPen(colors.border, 1));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(frame, 6, 6);
            const auto inner = frame.adjusted(12, 9, -10, -9);
            painter.setFont(font_of(11));
            painter.setPen(colors.muted);
            painter.drawText(inner, Qt::AlignLeft | Qt::AlignTop, tile.title);
            painter.setFont(font_of(20, QFont::DemiBold));
            painter.setPen(colors.text);
            painter.drawText(inner.adjusted(0, 14, 0, -14), Qt::AlignLeft | Qt::AlignVCenter, tile.figure);
            painter.setFont(font_of(10));
            painter.setPen(colors.muted);
            painter.drawText(inner, Qt::AlignLeft | Qt::AlignBottom, tile.note);
            painter.setFont(font_of(11, QFont::Medium));
            painter.setPen(change_color(tile.change.tone, tile.good_when_more));
            painter.drawText(inner, Qt::AlignRight | Qt::AlignTop, tile.change.text);
        }
    });
}

void ReportPages::add_trend() {
    add_heading(tr("Visits by day"), chart_height);
    const auto table = std::make_shared<FigureTableModel>();
    const auto chart = std::make_shared<LineChart>(QStringLiteral("report.trend"), *table);
    chart->set_styles({{LineChart::Role::Area, 0}, {LineChart::Role::Before, 0}});
    fill_trend(*table, m_report.query, db::Grain::Day, Metric::Visits, m_report.trend, m_report.trend_before,
               m_report.trend.size());
    dress_for_paper(*chart, chart_height);
    for (int row = 0; row < table->rowCount(); ++row) {
        m_words << table->text(row, 1);
    }
    add(chart_height, [table, chart](QPainter &painter, const QRectF &room) {
        painter.translate(room.topLeft());
        chart->paint(painter);
    });
}

void ReportPages::add_table(const FigureTableModel &table, const std::vector<int> &columns) {
    QStringList titles;
    for (const auto column : columns) {
        titles << table.columns()[static_cast<std::size_t>(column)].title;
    }
    double longest = 0;
    for (int row = 0; row < table.rowCount(); ++row) {
        longest = std::max(longest, table.number(row, columns[1]));
    }
    std::vector<Line> lines;
    for (int row = 0; row < table.rowCount(); ++row) {
        Line line{{}, longest > 0 ? table.number(row, columns[1]) / longest : 0};
        for (const auto column : columns) {
            line.cells << table.text(row, column);
        }
        m_words << line.cells;
        lines.push_back(std::move(line));
    }
    // Rows that do not fit on the page continue on the next one, below the repeated column titles.
    for (auto next = lines.begin(); next != lines.end();) {
        auto rows = static_cast<std::ptrdiff_t>((content_bottom - m_top) / row_height) - 1;
        if (rows < 1) {
            next_page();
            continue;
        }
        rows = std::min(rows, lines.end() - next);
        add_lines(titles, {next, next + rows});
        next += rows;
    }
}

void ReportPages::add_lines(const QStringList &titles, const std::vector<Line> &lines) {
    add((static_cast<double>(lines.size()) + 1) * row_height, [titles, lines](QPainter &painter,
                                                                              const QRectF &room) {
        const auto &colors = light_tokens();
        const double first = room.width() * 0.42;
        const double rest = (room.width() - first) / (static_cast<double>(titles.size()) - 1);
        const auto cell = [&](int column, double top) {
            return column == 0 ? QRectF(room.left(), top, first, row_height)
                               : QRectF(room.left() + first + (column - 1) * rest, top, rest - 4, row_height);
        };
        const auto write = [&](const QStringList &texts, double top) {
            for (int column = 0; column < texts.size(); ++column) {
                painter.drawText(cell(column, top).adjusted(column == 0 ? 8 : 0, 0, 0, 0),
                                 int((column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter),
                                 texts[column]);
            }
        };
        painter.setFont(font_of(11));
        painter.setPen(colors.muted);
        write(titles, room.top());
        double top = room.top() + row_height;
        for (const auto &line : lines) {
            painter.fillRect(QRectF(room.left(), top, room.width(), 0.7), colors.border);
            auto fill = chart_color(colors, 0);
            fill.setAlphaF(0.16F);
            painter.fillRect(QRectF(room.left(), top + 4, (first - 12) * line.part, row_height - 8), fill);
            painter.setFont(font_of(12));
            painter.setPen(colors.text);
            write(line.cells, top);
            top += row_height;
        }
    });
}

void ReportPages::add_sources() {
    FigureTableModel table;
    fill_breakdown(table, m_report.query, db::Dimension::Source, m_report.sources);
    add_heading(tr("Where visits come from"), first_rows * row_height);
    add_table(table, {0, 1, 2, 3});
    if (m_report.all_sources > m_report.sources.size()) {
        add_paragraph(tr("The first %1 of %2.").arg(m_report.sources.size()).arg(m_report.all_sources),
                      font_of(10), true);
    }
}

void ReportPages::add_funnel() {
    add_heading(tr("From the first page to a booking request"), funnel_height);
    const auto table = std::make_shared<FigureTableModel>();
    const auto chart = std::make_shared<FunnelChart>(QStringLiteral("report.funnel"), *table);
    fill_funnel(*table, {}, {m_report.funnel});
    for (int row = 0; row < table->rowCount(); ++row) {
        m_words << chart->read_out(row);
    }
    dress_for_paper(*chart, funnel_height);
    add(funnel_height, [table, chart](QPainter &painter, const QRectF &room) {
        painter.translate(room.topLeft());
        chart->paint(painter);
    });
}

void ReportPages::add_services() {
    FigureTableModel table;
    fill_services(table, m_report.query, m_report.services, m_report.without_visit);
    add_heading(tr("Bookings by service"), first_rows * row_height);
    if (table.rowCount() == 0) {
        add_paragraph(tr("No bookings in this period."), font_of(12), true);
        return;
    }
    add_table(table, {0, 1, 2, 3});
}

void ReportPages::add_tests() {
    if (m_report.tests.empty()) {
        return;
    }
    add_heading(tr("Running A/B tests"), 80);
    for (const auto &[test, variants, evaluation] : m_report.tests) {
        const auto since = test.started_at
                               ? QDateTime::fromMSecsSinceEpoch(
                                     std::chrono::floor<std::chrono::milliseconds>(*test.started_at)
                                         .time_since_epoch()
                                         .count(),
                                     m_report.query.zone)
                               : QDateTime();
        add_paragraph(since.isValid() ? tr("%1, since %2")
                                            .arg(QString::fromStdString(test.name),
                                                 QLocale().toString(since, QStringLiteral("d MMMM yyyy")))
                                      : QString::fromStdString(test.name),
                      font_of(12, QFont::DemiBold), false);
        QStringList lines;
        for (std::size_t index = 0; index < evaluation.variants.size(); ++index) {
            const auto &variant = evaluation.variants[index];
            const auto counted = std::ranges::find(variants, variant.id, &db::VariantCounts::variant_id);
            const Share share =
                counted == variants.end() ? Share{} : Share{counted->conversions, counted->visitors};
            const auto *arm = test.variant(variant.id);
            const auto name =
                QString::fromStdString(arm == nullptr || arm->name.empty() ? variant.id : arm->name);
            lines << (share.readable() && variant.wilson
                          ? tr("%1: %2 of %3 visitors booked, %4 (likely between %5 and %6).")
                                .arg(name, format_count(share.count), format_count(share.of),
                                     format_percent(share.rate()), format_percent(variant.wilson->low),
                                     format_percent(variant.wilson->high))
                          : tr("%1: %2 of %3 visitors booked, too few for a rate.")
                                .arg(name, format_count(share.count), format_count(share.of)));
        }
        lines << tr("Until the test has ended, a difference may be chance.");
        add_paragraph(lines.join(QLatin1Char('\n')), font_of(12), false);
    }
}

void ReportPages::add_definitions() {
    m_top += section_gap;
    add_paragraph(
        tr("A visit is one stay on the site; everything in it counts on the day it started. Each visit "
           "without consent counts as a visitor of its own, so there are at most as many people. Bots and "
           "crawlers are left out. Booking requests from their visits, from erased visits or without a "
           "visit are shown separately, as requests without a counted visit. The conversion rate is "
           "bookings divided by visits. Changes are compared with %1. Rates of fewer than %2 visits are "
           "not shown.")
            .arg(format_days(m_report.range_before))
            .arg(Share::min_count),
        font_of(10), true);
}

void ReportPages::paint_footer(QPainter &painter, int page) const {
    const auto &colors = light_tokens();
    const QRectF line(margin, page_height - footer_height, content_width, footer_height - 30);
    painter.fillRect(QRectF(line.left(), line.top(), line.width(), 0.7), colors.border);
    painter.setFont(font_of(10));
    painter.setPen(colors.muted);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                     tr("%1, %2").arg(m_report.query.companion, format_month(m_report.month)));
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, tr("Page %1 of %2").arg(page + 1).arg(count()));
}

void ReportPages::paint(QPainter &painter, int page) const {
    painter.setRenderHint(QPainter::Antialiasing);
    for (const auto &[top, block] : m_pages.at(static_cast<std::size_t>(page))) {
        painter.save();
        block.paint(painter, QRectF(margin, top, content_width, block.height));
        painter.restore();
    }
    paint_footer(painter, page);
}

void ReportPages::save(const QString &name) const {
    QSaveFile file(name);
    const auto fail = [&] {
        throw std::runtime_error(tr("Could not save %1: %2").arg(name, file.errorString()).toStdString());
    };
    if (!file.open(QIODevice::WriteOnly)) {
        fail();
    }
    QPdfWriter writer(&file);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins({});
    writer.setResolution(writer_dpi);
    writer.setTitle(tr("%1, %2").arg(m_report.query.companion, format_month(m_report.month)));
    writer.setCreator(QStringLiteral("Companion Studio"));
    QPainter painter(&writer);
    for (int page = 0; page < count(); ++page) {
        if (page > 0) {
            writer.newPage();
        }
        painter.resetTransform();
        painter.scale(writer_dpi / dots_per_inch, writer_dpi / dots_per_inch);
        paint(painter, page);
    }
    if (!painter.end() || !file.commit()) {
        fail();
    }
}

} // namespace studio::ui
