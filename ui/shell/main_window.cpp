// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/main_window.h"

#include "ui/shell/command_palette.h"
#include "ui/shell/side_bar.h"
#include "ui/shell/status_line.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/focus_guard.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/wheel_guard.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QShortcut>
#include <QStackedWidget>

#include <algorithm>

namespace studio::ui {

MainWindow::MainWindow(QWidget *parent)
    : QMainWindow(parent), m_outer(new QStackedWidget(this)), m_work(new QWidget(this)),
      m_pages(new QStackedWidget(this)), m_side_bar(new SideBar(this)), m_status(new StatusLine(this)),
      m_banner(new Banner(QStringLiteral("window.banner"), this)), m_palette(new CommandPalette(this)),
      m_wheel_guard(new WheelGuard(this)), m_focus_guard(new FocusGuard(this)) {
    setObjectName(QStringLiteral("main_window"));
    setWindowTitle(tr("Companion Studio"));
    setWindowIcon(product_icon());
    setMinimumSize(900, 600);
    resize(1280, 800);
    build_layout();
    connect_signals();
    add_shortcuts();
}

void MainWindow::build_layout() {
    m_banner->set_margins({24, 12, 24, 0});
    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(m_banner);
    right->addWidget(m_pages, 1);
    auto *row = new QHBoxLayout(m_work);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_side_bar);
    row->addLayout(right, 1);
    m_outer->addWidget(m_work);
    setCentralWidget(m_outer);
    setStatusBar(m_status);
}

void MainWindow::connect_signals() {
    connect(m_side_bar, &SideBar::page_requested, this, [this](const QString &id) { show_page(id); });
}

void MainWindow::add_shortcuts() {
    for (int number = 1; number <= 9; ++number) {
        auto *shortcut =
            new QShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + number)), this);
        connect(shortcut, &QShortcut::activated, this, [this, number] {
            if (const auto index = static_cast<std::size_t>(number - 1); index < m_entries.size()) {
                show_page(m_entries[index].id);
            }
        });
    }
    connect(new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_K), this), &QShortcut::activated, m_palette,
            &CommandPalette::open);
    connect(new QShortcut(QKeySequence(Qt::Key_F5), this), &QShortcut::activated, this, [this] {
        if (auto *page = current_page()) {
            page->activate();
        }
    });
    connect(new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Backslash), this), &QShortcut::activated, this,
            [this] {
                m_side_bar->set_collapsed(!m_side_bar->collapsed());
                emit m_side_bar->collapsed_changed(m_side_bar->collapsed());
            });
    connect(new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Comma), this), &QShortcut::activated, this,
            [this] { show_page(QStringLiteral("settings")); });
    connect(new QShortcut(QKeySequence::Quit, this), &QShortcut::activated, this, &QWidget::close);
}

void MainWindow::show_start(QWidget *start) {
    if (m_outer->indexOf(start) < 0) {
        m_outer->addWidget(start);
    }
    m_outer->setCurrentWidget(start);
    m_status->setVisible(false);
}

void MainWindow::set_pages(PageEntries entries) {
    for (const auto &[id, page] : m_made) {
        m_pages->removeWidget(page);
        delete page;
    }
    m_made.clear();
    m_companion.clear();
    m_entries = std::move(entries);
    m_side_bar->set_pages(m_entries);
    m_status->set_page_status({});
}

bool MainWindow::show_page(const QString &page_id, const QString &argument) {
    auto *page = make_page(page_id);
    if (page == nullptr) {
        return false;
    }
    m_outer->setCurrentWidget(m_work);
    m_status->setVisible(true);
    const bool was_current = m_pages->currentWidget() == page;
    m_pages->setCurrentWidget(page);
    m_side_bar->set_current(page_id);
    if (!was_current) {
        m_status->set_page_status({});
        page->setFocus();
    }
    if (!argument.isEmpty()) {
        page->open(argument);
    } else if (!m_companion.isEmpty()) {
        page->follow(m_companion);
    }
    page->activate();
    return true;
}

Page *MainWindow::current_page() const {
    return qobject_cast<Page *>(m_pages->currentWidget());
}

bool MainWindow::pages_may_close() const {
    return std::all_of(m_made.begin(), m_made.end(),
                       [](const auto &made) { return made.second->may_close(); });
}

bool MainWindow::pages_may_close_for_now() const {
    return std::all_of(m_made.begin(), m_made.end(),
                       [](const auto &made) { return made.second->may_close_for_now(); });
}

bool MainWindow::leave_for_now() {
    const bool may = pages_may_close_for_now();
    if (may) {
        emit closing();
    }
    return may;
}

Page *MainWindow::make_page(const QString &page_id) {
    if (const auto made = m_made.find(page_id); made != m_made.end()) {
        return made->second;
    }
    const auto entry =
        std::find_if(m_entries.begin(), m_entries.end(),
                     [&page_id](const PageEntry &candidate) { return candidate.id == page_id; });
    if (entry == m_entries.end()) {
        return nullptr;
    }
    auto *page = entry->make(m_pages);
    page->setObjectName(page_id);
    m_made.emplace(page_id, page);
    m_pages->addWidget(page);
    connect(page, &Page::status_changed, this, [this, page](const QString &text) {
        if (current_page() == page) {
            m_status->set_page_status(text);
        }
    });
    connect(page, &Page::navigate, this, &MainWindow::show_page);
    connect(page, &Page::companion_chosen, this,
            [this](const QString &tenant_id) { m_companion = tenant_id; });
    connect(page, &Page::trouble, this, &MainWindow::trouble);
    return page;
}

void MainWindow::closeEvent(QCloseEvent *event) {
    if (!pages_may_close() || (m_closing_question && !m_closing_question())) {
        event->ignore();
        return;
    }
    emit closing();
    event->accept();
}

} // namespace studio::ui
