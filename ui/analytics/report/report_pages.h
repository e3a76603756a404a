// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/analytics/report/month_report.h"

#include <QFont>
#include <QRectF>
#include <QStringList>

#include <functional>
#include <vector>

class QPainter;

namespace studio::ui {

class FigureTableModel;

// Lays a month's report out on A4 pages. Coordinates are 96ths of an inch. Use it on the GUI thread.
class ReportPages final {
public:
    static constexpr double page_width = 794, page_height = 1123;

    explicit ReportPages(MonthReport report);

    int count() const { return static_cast<int>(m_pages.size()); }
    void paint(QPainter &painter, int page) const;
    // Writes a PDF. Throws std::runtime_error that names the file.
    void save(const QString &file) const;

    // Every sentence and figure on the pages, in order.
    const QStringList &words() const { return m_words; }

private:
    struct Block { // is never divided between two pages
        double height = 0;
        std::function<void(QPainter &, const QRectF &)> paint;
    };
    void add_cover();
    void add_summary();
    void add_tiles();
    void add_trend();
    void add_sources();
    void add_funnel();
    void add_services();
    void add_tests();
    void add_definitions();
    void add_heading(const QString &text, double height_of_next);
    void add_paragraph(const QString &text, const QFont &font, bool muted);
    struct Line {
        QStringList cells;
        double part = 0; // the bar's length as a share of the longest bar's
    };
    void next_page();
    void add_table(const FigureTableModel &table, const std::vector<int> &columns);
    void add_lines(const QStringList &titles, const std::vector<Line> &lines);
    void add(double height, std::function<void(QPainter &, const QRectF &)> paint);
    void paint_footer(QPainter &painter, int page) const;

    MonthReport m_report;
    std::vector<std::vector<std::pair<double, Block>>>
        m_pages;      // for each page its blocks, each with its top edge
    double m_top = 0; // the top edge of the next block
    QStringList m_words;
};

} // namespace studio::ui
