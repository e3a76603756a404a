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

// A framed chart with its title, a note, a switch between chart and table, and a menu to copy and export it.
// The objectNames of its parts are the card's with ".table", ".toggle" or ".menu" appended.
class ChartCard final : public QFrame {
    Q_OBJECT

public:
    ChartCard(const QString &name, const QString &title, QWidget *parent = nullptr);

    // Both become children. A chart that is itself a table gets no toggle.
    void set_chart(QWidget *chart, FigureTableModel *table);
    void set_title(const QString &title);
    void set_note(const QString &text); // below the title; "" hides it
    void add_control(QWidget *widget);  // at the right of the title
    // The text shown in place of the chart while the table has no rows.
    void set_empty_text(const QString &text);
    // Says that figures of this card are still being read: copying and exporting are disabled, and an empty
    // chart shows the words. "" ends that.
    void set_pending(const QString &words);
    // What exported files say about the figures, as pairs of a name and a value. The first pair is
    // {"Companion", "Claire"}; the file's name begins with its value.
    void set_about(const FigureWorkbook::Words &about);

    FigureTableModel *table() const { return m_table; }
    QString title() const;
    void show_table(bool shown);
    bool shows_table() const;

    QPixmap picture(); // the card as it looks, without its buttons
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

// Gives a table of figures its look: rows can be selected and sorted by their headers, and there is no grid.
void set_figure_view(QTableView *view);

} // namespace studio::ui
