// SPDX-License-Identifier: Apache-2.0
// What the tour does to the studio, as a person would: pages, buttons, fields and choices.
#include "tests/tour/screenshot_tour.h"
#include "ui/editor/forms/section.h"

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabBar>

namespace studio::app {

namespace {

constexpr int blink_ms = 50; // between two acts without a picture

} // namespace

void ScreenshotTour::picture(const char *name, std::function<void()> act, int rest_ms) {
    const auto file = *name == '\0' ? QString() : m_look + QLatin1Char('-') + QLatin1String(name);
    m_steps.push_back({file, std::move(act), nullptr, rest_ms});
}

void ScreenshotTour::act(std::function<void()> act) {
    m_steps.push_back({{}, std::move(act), nullptr, blink_ms});
}

void ScreenshotTour::add_page(const char *name, const QString &page, const QString &argument, int rest_ms) {
    picture(
        name,
        [this, page, argument] {
            const auto id = tenant_id(argument);
            if (!m_subject->show_page(page, id.isEmpty() ? argument : id)) {
                complain(QStringLiteral("there is no page ") + page);
            }
        },
        rest_ms);
    m_steps.back().settled = [this] { return page_settled(); };
}

void ScreenshotTour::press(const QString &button) {
    act([this, button] {
        if (auto *found = m_subject->findChild<QAbstractButton *>(button)) {
            found->click();
        } else {
            complain(QStringLiteral("there is no button ") + button);
        }
    });
    m_steps.back().rest_ms = 600;
}

void ScreenshotTour::trigger(const QString &action) {
    act([this, action] {
        if (auto *found = m_subject->findChild<QAction *>(action)) {
            found->trigger();
        } else {
            complain(QStringLiteral("there is no action ") + action);
        }
    });
}

// Types as by keys, so that the field reports an edit.
void ScreenshotTour::type(const QString &pointer, const QString &text) {
    act([this, pointer, text] {
        if (auto *line = m_subject->findChild<QLineEdit *>(QStringLiteral("field:") + pointer)) {
            line->selectAll();
            line->insert(text);
        } else {
            complain(QStringLiteral("there is no field ") + pointer);
        }
    });
}

void ScreenshotTour::scroll_to_end(const QString &area) {
    if (auto *found = m_subject->findChild<QScrollArea *>(area)) {
        found->verticalScrollBar()->setValue(found->verticalScrollBar()->maximum());
    }
}

void ScreenshotTour::choose(const QString &box, const QString &text) {
    act([this, box, text] {
        auto *found = m_subject->findChild<QComboBox *>(box);
        const int row = found == nullptr ? -1 : found->findText(text, Qt::MatchStartsWith);
        if (row < 0) {
            complain(QStringLiteral("there is no %1 in %2").arg(text, box));
            return;
        }
        found->setCurrentIndex(row);
    });
    m_steps.back().rest_ms = 600;
}

// Opens one section alone and scrolls it to the top of its form.
void ScreenshotTour::show_section(int tab, const QString &name, const QString &then_press) {
    const auto open = [this, tab, name] {
        auto *tabs = m_subject->findChild<QTabBar *>(QStringLiteral("editor-tabs"));
        auto *wanted = m_subject->findChild<ui::Section *>(QStringLiteral("section:") + name);
        if (tabs == nullptr || wanted == nullptr) {
            complain(QStringLiteral("there is no section ") + name);
            return;
        }
        tabs->setCurrentIndex(tab);
        for (auto *section : wanted->parentWidget()->findChildren<ui::Section *>()) {
            section->set_open(section == wanted);
        }
    };
    act(open);
    if (!then_press.isEmpty()) {
        press(then_press);
    }
    const auto file = QStringLiteral("editor-%1%2").arg(name, then_press.isEmpty() ? "" : "-open");
    picture(qPrintable(file), [this, name] {
        const auto *section = m_subject->findChild<ui::Section *>(QStringLiteral("section:") + name);
        for (QWidget *widget = section == nullptr ? nullptr : section->parentWidget(); widget != nullptr;
             widget = widget->parentWidget()) {
            if (auto *area = qobject_cast<QScrollArea *>(widget)) {
                area->verticalScrollBar()->setValue(section->y());
                return;
            }
        }
    });
}

} // namespace studio::app
