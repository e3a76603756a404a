// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page_entry.h"

#include <QMainWindow>

#include <map>

class QStackedWidget;

namespace studio::ui {

class Banner;
class CommandPalette;
class FocusGuard;
class SideBar;
class StatusLine;
class WheelGuard;

// Side bar, pages, status line. Knows no concrete page.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(QWidget *parent = nullptr);

    // A widget in place of side bar and pages: starting up, signing in. Becomes a child; the pages stay
    // alive.
    void show_start(QWidget *start);
    // Replaces all pages; the ones before are deleted. Shows none yet.
    void set_pages(PageEntries entries);
    // Makes the page where need be, brings it to the front and activates it; open(argument) unless that is
    // empty. False where there is no such page.
    bool show_page(const QString &page_id, const QString &argument = {});
    Page *current_page() const;
    // Every page agrees to go (they ask for what they must).
    bool pages_may_close() const;

    SideBar *side_bar() const { return m_side_bar; }
    StatusLine *status_line() const { return m_status; }
    Banner *banner() const { return m_banner; }
    CommandPalette *palette_popup() const { return m_palette; }
    const PageEntries &entries() const { return m_entries; }

signals:
    void trouble();
    void closing();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void build_layout();
    void connect_signals();
    void add_shortcuts();
    Page *make_page(const QString &page_id);

    PageEntries m_entries;
    std::map<QString, Page *> m_made;
    QString m_companion; // that a page showed last; others follow
    QStackedWidget *m_outer;
    QWidget *m_work;
    QStackedWidget *m_pages;
    SideBar *m_side_bar;
    StatusLine *m_status;
    Banner *m_banner;
    CommandPalette *m_palette;
    WheelGuard *m_wheel_guard;
    FocusGuard *m_focus_guard;
};

} // namespace studio::ui
