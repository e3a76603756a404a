// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page_entry.h"

#include <QMainWindow>

#include <functional>
#include <map>
#include <utility>

class QStackedWidget;

namespace studio::ui {

class Banner;
class CommandPalette;
class FocusGuard;
class SideBar;
class StatusLine;
class WheelGuard;

// The main window: side bar, pages, status line. It knows pages only by the interface Page.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(QWidget *parent = nullptr);

    // Shows a widget in place of side bar and pages, while starting and signing in. It becomes a child; the
    // pages are kept.
    void show_start(QWidget *start);
    // Replaces all pages and deletes the previous ones. Shows none of them yet.
    void set_pages(PageEntries entries);
    // Brings the page to the front and activates it, creating it first if needed. Calls open() with the
    // argument unless that is empty. False where there is no such page.
    bool show_page(const QString &page_id, const QString &argument = {});
    Page *current_page() const;
    // Whether every page agrees to be closed; pages may ask the person.
    bool pages_may_close() const;
    // Sets a function that is called after the pages agreed to close the window; false keeps it open. May be
    // empty.
    void set_closing_question(std::function<bool()> question) { m_closing_question = std::move(question); }
    bool pages_may_close_for_now() const;
    // If nothing would be lost by closing, emits closing() and returns true; otherwise returns false.
    bool leave_for_now();

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
    std::function<bool()> m_closing_question;
    QString m_companion; // the companion that a page showed last; other pages follow
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
