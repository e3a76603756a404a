// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/analytics/filters/analytics_query.h"

#include <QObject>

#include <functional>
#include <vector>

class QWidget;

namespace studio::ui {

class FiguresSection;

// Writes what the page's sections show to files that a person chooses. A file's name says whose figures it
// holds, and so does a workbook's first sheet. Figures that are still being read are not written, nor are
// those of another query than the one that was shown when the person asked for the file.
class FigureExports final : public QObject {
    Q_OBJECT

public:
    explicit FigureExports(QWidget *page);

    // Asks for a folder and writes a CSV file there for each table of the section.
    void ask_for_csv(const FiguresSection &section);
    void ask_for_workbook(const FiguresSection &section);
    // Writes a workbook of all sections: each reads its figures for the query first.
    void ask_for_workbook(const std::vector<FiguresSection *> &sections, const AnalyticsQuery &query);
    // While a workbook waits for its sections.
    bool waits() const { return m_waiting != nullptr; }

signals:
    void done(const QString &message);
    void failed(const QString &message);

private:
    void ask_for_file(const QString &title, const QString &name,
                      const std::function<void(const QString &)> &write);
    void write_csv(const FiguresSection &section, const QString &folder);
    void write_workbook(const std::vector<const FiguresSection *> &sections, const AnalyticsQuery &query,
                        const QString &file);
    void write_all(const std::vector<FiguresSection *> &sections, const AnalyticsQuery &query,
                   const QString &file);
    bool is_answered(const FiguresSection &section, const AnalyticsQuery &query);

    QWidget *m_page;
    QObject *m_waiting = nullptr;
};

} // namespace studio::ui
