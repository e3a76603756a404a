// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/analytics/filters/analytics_query.h"

#include <QObject>

#include <functional>
#include <vector>

class QWidget;

namespace studio::ui {

class FiguresSection;

// Writes what the page's views show to files that a person chooses. Files say whose figures they hold: by
// their name, a workbook by its first sheet. What is still being read is not written, nor what belongs to
// another question than the one that stood on the page when the person asked for the file.
class FigureExports final : public QObject {
    Q_OBJECT

public:
    explicit FigureExports(QWidget *page);

    // Each table becomes a CSV file in a folder, or a sheet of a workbook.
    void ask_for_csv(const FiguresSection &section);
    void ask_for_workbook(const FiguresSection &section);
    // Of every section, each asked first; writes once all have answered.
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
