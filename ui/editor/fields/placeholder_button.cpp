// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/fields/placeholder_button.h"

#include <QMenu>

namespace studio::ui {

PlaceholderButton::PlaceholderButton(const QString &pointer, const QString &label,
                                     const QList<PlaceholderChoice> &choices, QWidget *parent)
    : QToolButton(parent) {
    setObjectName(QStringLiteral("placeholder:") + pointer);
    setText(QStringLiteral("{ }"));
    setAutoRaise(true);
    setPopupMode(QToolButton::InstantPopup);
    setToolTip(tr("Insert a placeholder"));
    setAccessibleName(tr("%1: insert a placeholder").arg(label));
    auto *menu = new QMenu(this);
    for (const auto &choice : choices) {
        const auto text = QStringLiteral("{{%1}}").arg(choice.name);
        auto *action = menu->addAction(QStringLiteral("%1\t%2").arg(choice.meaning, text));
        action->setObjectName(QStringLiteral("placeholder:%1:%2").arg(pointer, choice.name));
        connect(action, &QAction::triggered, this, [this, text] { emit chosen(text); });
    }
    setMenu(menu);
}

} // namespace studio::ui
