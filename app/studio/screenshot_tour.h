// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/studio.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <functional>
#include <memory>

namespace studio::app {

// Walks the real application through every page, light and dark, as operator, staff and companion, and saves
// a picture of each state; then ends the program. Exit code 1 where a page did not come or a picture could
// not be written.
class ScreenshotTour final : public QObject {
    Q_OBJECT

public:
    ScreenshotTour(Studio &studio, ui::Theme &theme, QString folder, QObject *parent = nullptr);

private:
    struct Step {
        QString name; // of the file; "" takes no picture
        std::function<void()> act;
        std::function<bool()> settled;
        int rest_ms = 400; // after it settled: pictures and the preview catch up
    };
    void plan();
    void plan_operator(const QString &look);
    void plan_weather(const QString &look);
    void plan_role(const QString &look, const QString &login, const QString &name, int rest_ms);
    void add_page(const QString &name, const QString &page, const QString &argument = {}, int rest_ms = 400);
    void next();
    void poll();
    void take();
    void end(int code);
    bool page_settled() const;
    QString tenant_id(const QString &subdomain) const;

    Studio &m_studio;
    ui::Theme &m_theme;
    QString m_folder;
    std::deque<Step> m_steps;
    QTimer m_poll;
    int m_polls = 0;
    int m_failures = 0;
    ui::MainWindow *m_subject; // what is pictured
    std::unique_ptr<Connection> m_dead;
    std::unique_ptr<ui::MainWindow> m_dead_window;
};

} // namespace studio::app
