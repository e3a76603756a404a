// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/charts/figure_workbook.h"

#include <QFrame>
#include <QPixmap>

class QLabel;
class QHBoxLayout;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace studio::ui {

// A framed chart: title, what to know about it, the chart or its figures as a table, and the ways to take it
// along. Parts have the card's objectName with ".table", ".toggle", ".menu" behind it.
class ChartCard final : public QFrame {
    Q_OBJECT

public:
    ChartCard(const QString &name, const QString &title, QWidget *parent = nullptr);

    // Both become children. A chart that is a table itself has no toggle.
    void set_chart(QWidget *chart, FigureTableModel *table);
    void set_title(const QString &title);
    void set_note(const QString &text); // below the title; "" hides it
    void add_control(QWidget *widget);  // at the right of the title
    // Instead of the chart while the table has no rows.
    void set_empty_text(const QString &text);
    // While figures of this card are still being read: nothing can be taken along then. An empty chart shows
    // the words. "" ends it.
    void set_pending(const QString &words);
    // What the figures are of, for the files: {"Companion", "Claire"} first, whose name the file begins with.
    void set_about(const FigureWorkbook::Words &about);

    FigureTableModel *table() const { return m_table; }
    QString title() const;
    void show_table(bool shown);
    bool shows_table() const;

    QPixmap picture(); // as it stands, without the tools
    // Throws std::runtime_error that names the file where it cannot be written.
    void save_csv(const QString &file) const;
    void save_workbook(const QString &file) const;

signals:
    void row_activated(const QString &key); // in the table
    void failed(const QString &message);

private:
    void build_tools();
    void settle();
    void export_csv();
    void export_workbook();
    void export_to(const QString &kind, const QString &ending,
                   void (ChartCard::*save)(const QString &) const);

    FigureTableModel *m_table = nullptr;
    QWidget *m_chart = nullptr;
    QLabel *m_title;
    QLabel *m_note;
    QLabel *m_empty;
    QHBoxLayout *m_controls;
    QStackedWidget *m_stack;
    QTableView *m_view;
    QToolButton *m_toggle;
    QToolButton *m_menu;
    QString m_empty_text, m_pending;
    FigureWorkbook::Words m_about;
};

// How tables of figures look: rows to choose, sorted by their headers, no grid.
void set_figure_view(QTableView *view);

} // namespace studio::ui
