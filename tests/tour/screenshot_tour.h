// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/studio.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <functional>
#include <memory>

namespace studio::app {

// Walks the real application through every page, form and panel, light and dark, as operator, staff and
// companion, and saves a picture of each state at two sizes; then ends the program. It edits, saves and
// shares as a person would, so give it a workspace of its own. Exit code 1 if a page did not appear or a
// picture could not be written.
class ScreenshotTour final : public QObject {
    Q_OBJECT

public:
    ScreenshotTour(Studio &studio, ui::Theme &theme, QString folder, QObject *parent = nullptr);

private:
    struct Step {
        QString name; // of the file; "" takes no picture
        std::function<void()> act;
        std::function<bool()> settled;
        int rest_ms = 400; // waited after the page has settled, for pictures and the preview
    };
    // Functions with which the plan adds steps at its end; names are those of files, without the prefix for
    // the look and the suffix for the size.
    void plan();
    void plan_companions();
    void plan_editor();
    void plan_forms();
    void plan_history();
    void save_as_claire(const QString &tagline);
    void plan_conflict();
    void plan_long_names();
    void plan_figures();
    void plan_experiments();
    void add_test_of(const char *name, const QString &subdomain);
    void plan_new_test();
    void publish_generated();
    void add_bookings(int first, int last);
    void plan_bookings();
    void act_on_booking(const QString &name);
    void plan_several_bookings();
    void plan_availability();
    void choose_companion(const QString &name);
    void plan_calendar();
    void add_photos();
    void plan_library();
    void plan_incoming();
    void plan_the_rest();
    void plan_failures();
    void plan_role(const QString &login, const char *name, int rest_ms);
    void picture(const char *name, std::function<void()> act, int rest_ms = 400);
    void act(std::function<void()> act);
    void add_page(const char *name, const QString &page, const QString &argument = {}, int rest_ms = 400);
    void press(const QString &button);
    void trigger(const QString &action);
    void type(const QString &pointer, const QString &text);
    void show_section(int tab, const QString &name, const QString &then_press = {});
    void scroll_to_end(const QString &area);
    void choose(const QString &box, const QString &text);

    void next();
    void poll();
    void take();
    void complain(const QString &what);
    void end(int code);
    bool directory_known() const;
    bool page_settled() const;
    QString tenant_id(const QString &subdomain) const;

    Studio &m_studio;
    ui::Theme &m_theme;
    QString m_folder;
    std::deque<Step> m_steps;
    QTimer m_poll;
    int m_polls = 0;
    int m_failures = 0;
    std::size_t m_format = 0;
    QString m_look;                      // "light", "dark"
    std::unique_ptr<ui::Worker> m_other; // another person who saves
    bool m_other_saved = false;
    bool m_ended = false;
    ui::MainWindow *m_subject; // what is pictured
    std::unique_ptr<Connection> m_dead;
    std::unique_ptr<ui::MainWindow> m_dead_window;
};

} // namespace studio::app
