// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/reply_menu.h"

#include "ui/widgets/line_icon.h"
#include "ui/widgets/style_sheet.h"

#include <QLocale>
#include <QMenu>

#include <algorithm>

namespace studio::ui {

namespace {

QString language_name(const std::string &code) {
    const auto language = QLocale(QString::fromStdString(code)).language();
    return language == QLocale::C ? QString::fromStdString(code) : QLocale::languageToString(language);
}

} // namespace

ReplyMenu::ReplyMenu(const QString &name, QWidget *parent)
    : QPushButton(line_icon(QStringLiteral("quote")), tr("Saved replies"), parent), m_menu(new QMenu(this)) {
    setObjectName(name);
    setToolTip(tr("Put one of the companion’s saved replies into the message"));
    set_button_role(this, ButtonRole::Quiet);
    setMenu(m_menu);
    hide();
}

void ReplyMenu::set_replies(const std::vector<models::ReplyTemplate> &replies) {
    m_menu->clear();
    auto sorted = replies;
    std::ranges::stable_sort(sorted, {}, &models::ReplyTemplate::language);
    std::string language;
    for (const auto &reply : sorted) {
        if (reply.language != language) {
            language = reply.language;
            m_menu->addSection(language_name(language));
        }
        auto *action = m_menu->addAction(QString::fromStdString(reply.title));
        action->setObjectName(objectName() + QLatin1Char('.') + QString::fromStdString(reply.id));
        connect(action, &QAction::triggered, this,
                [this, text = QString::fromStdString(reply.text)] { emit chosen(text); });
    }
    setVisible(!sorted.empty());
}

} // namespace studio::ui
