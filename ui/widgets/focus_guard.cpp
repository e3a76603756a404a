// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/focus_guard.h"

#include <QAbstractButton>
#include <QApplication>
#include <QStackedWidget>

namespace studio::ui {

namespace {

bool takes_keys(const QWidget *widget) {
    return widget->isVisible() && widget->isEnabled();
}

// The page that contains `now` in the innermost stacked widget in which `before` is on a different page;
// nullptr for none.
QWidget *page_that_came(const QWidget *before, QWidget *now) {
    for (auto *page = now; page != nullptr && !page->isWindow(); page = page->parentWidget()) {
        const auto *stack = qobject_cast<const QStackedWidget *>(page->parentWidget());
        if (stack != nullptr && stack->isAncestorOf(before) && !page->isAncestorOf(before) &&
            page != before) {
            return page;
        }
    }
    return nullptr;
}

} // namespace

FocusGuard::FocusGuard(QObject *parent) : QObject(parent) {
    connect(qApp, &QApplication::focusChanged, this, &FocusGuard::follow);
}

void FocusGuard::follow(QWidget *before, QWidget *now) {
    if (before == nullptr || now == nullptr || before->window() != now->window()) {
        return;
    }
    if (auto *page = page_that_came(before, now)) {
        if (qobject_cast<QAbstractButton *>(now) != nullptr) {
            page->setFocus();
        }
    } else if (!takes_keys(before)) {
        auto *left = before->parentWidget();
        while (left != nullptr && !takes_keys(left)) {
            left = left->parentWidget();
        }
        if (left != nullptr && left != now) {
            left->setFocus();
        }
    }
}

} // namespace studio::ui
