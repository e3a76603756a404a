// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/cheat_sheet.h"

#include "ui/bookings/decision_actions.h"
#include "ui/widgets/style_sheet.h"

#include <QApplication>
#include <QGridLayout>
#include <QLabel>

#include <utility>
#include <vector>

namespace studio::ui {

namespace {

std::vector<std::pair<QString, QString>> lines() {
    std::vector<std::pair<QString, QString>> keys;
    for (const auto &entry : act_entries()) {
        keys.emplace_back(QKeySequence(QLatin1String(entry.key)).toString(QKeySequence::NativeText),
                          act_explanation(entry.act));
    }
    keys.emplace_back(QStringLiteral("Z"), CheatSheet::tr("Undo the last decision"));
    keys.emplace_back(QStringLiteral("O"),
                      CheatSheet::tr("Decide over blocked time where that was in the way (in a form "
                                     "Ctrl+Shift+Enter)"));
    keys.emplace_back(QStringLiteral("/"), CheatSheet::tr("Search the list"));
    keys.emplace_back(QStringLiteral("I"), CheatSheet::tr("Write a note"));
    keys.emplace_back(CheatSheet::tr("Up, Down"), CheatSheet::tr("Previous or next booking"));
    keys.emplace_back(CheatSheet::tr("Shift+Down"), CheatSheet::tr("Select several bookings"));
    keys.emplace_back(CheatSheet::tr("Ctrl+Enter"), CheatSheet::tr("Confirm the open decision"));
    keys.emplace_back(CheatSheet::tr("Esc"), CheatSheet::tr("Close the open panel"));
    return keys;
}

} // namespace

CheatSheet::CheatSheet(QWidget *page) : QFrame(page) {
    setObjectName(QStringLiteral("bookings.keys"));
    setAccessibleName(tr("Keys"));
    set_card(this);
    setAutoFillBackground(true);
    setFocusPolicy(Qt::StrongFocus);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setHorizontalSpacing(24);
    layout->setVerticalSpacing(8);
    auto *title = new QLabel(tr("Keys"), this);
    set_text_role(title, TextRole::Title);
    layout->addWidget(title, 0, 0, 1, 2);
    int line = 1;
    for (const auto &[key, words] : lines()) {
        auto *name = new QLabel(key, this);
        set_text_role(name, TextRole::Section);
        layout->addWidget(name, line, 0);
        layout->addWidget(new QLabel(words, this), line, 1);
        ++line;
    }
    hide();
}

void CheatSheet::open() {
    adjustSize();
    const auto *page = parentWidget();
    move((page->width() - width()) / 2, std::max(0, (page->height() - height()) / 3));
    if (auto *now = QApplication::focusWidget(); now != this) {
        m_before = now;
    }
    show();
    raise();
    setFocus();
}

void CheatSheet::give_back() {
    const auto before = m_before;
    hide();
    if (before != nullptr) {
        before->setFocus();
    }
}

void CheatSheet::keyPressEvent(QKeyEvent *) {
    give_back();
}

void CheatSheet::mousePressEvent(QMouseEvent *) {
    give_back();
}

void CheatSheet::focusOutEvent(QFocusEvent *event) {
    hide();
    QFrame::focusOutEvent(event);
}

} // namespace studio::ui
