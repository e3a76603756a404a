// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/analytics/question.h"

#include <QObject>

#include <functional>
#include <utility>
#include <vector>

class QWidget;

namespace studio::ui {

class FiguresSection;

// Writes what the page's views show to files that a person chooses.
class FigureExports final : public QObject {
    Q_OBJECT

public:
    // Lines that say what the figures are of: "Companion", "Claire".
    using About = std::vector<std::pair<QString, QString>>;

    explicit FigureExports(QWidget *page);

    // Each table becomes a CSV file in a folder, or a sheet of a workbook.
    void ask_for_csv(const FiguresSection &section);
    void ask_for_workbook(const FiguresSection &section, const About &about);
    // Of every section, each asked first; writes once all have answered.
    void ask_for_workbook(const std::vector<FiguresSection *> &sections, const Question &question,
                          const About &about);

    // Without a dialog. Emit done() or failed().
    void write_csv(const FiguresSection &section, const QString &folder);
    void write_workbook(const std::vector<const FiguresSection *> &sections, const About &about,
                        const QString &file);
    void write_all(const std::vector<FiguresSection *> &sections, const Question &question,
                   const About &about, const QString &file);

signals:
    void done(const QString &message);
    void failed(const QString &message);

private:
    void ask_for_file(const QString &title, const QString &name,
                      const std::function<void(const QString &)> &write);

    QWidget *m_page;
};

} // namespace studio::ui
