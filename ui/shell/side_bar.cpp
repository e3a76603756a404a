// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/side_bar.h"

#include "ui/widgets/badge.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/theme.h"

#include <QMenu>
#include <QPainter>

#include <algorithm>

namespace studio::ui {

namespace {
constexpr int wide = 208;
constexpr int narrow = 56;
constexpr int strip_height = 28;
constexpr auto count_property = "count";

// A page's button, with the number of waiting items as a pill at its right.
class PageButton final : public QToolButton {
public:
    using QToolButton::QToolButton;

protected:
    void paintEvent(QPaintEvent *event) override {
        QToolButton::paintEvent(event);
        const int count = property(count_property).toInt();
        if (count <= 0) {
            return;
        }
        const auto &colors = tokens(palette());
        const auto text = count > 999 ? QStringLiteral("999+") : QString::number(count);
        const bool narrow_bar = width() < wide / 2;
        auto small = font();
        small.setPixelSize(narrow_bar ? 10 : 12);
        small.setWeight(QFont::DemiBold);
        const int height_of_pill = narrow_bar ? 14 : 20;
        const int width_of_pill =
            std::max(height_of_pill, QFontMetrics(small).horizontalAdvance(text) + height_of_pill / 2);
        const QRect pill(width() - width_of_pill - (narrow_bar ? 0 : 8),
                         narrow_bar ? 1 : (height() - height_of_pill) / 2, width_of_pill, height_of_pill);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.accent_fill);
        painter.drawRoundedRect(pill, height_of_pill / 2.0, height_of_pill / 2.0);
        painter.setPen(colors.on_accent);
        painter.setFont(small);
        painter.drawText(pill, Qt::AlignCenter, text);
    }
};
} // namespace

SideBar::SideBar(QWidget *parent)
    : QWidget(parent), m_pages(new QVBoxLayout), m_group(new QButtonGroup(this)),
      m_collapse(new QToolButton(this)), m_account(new QToolButton(this)) {
    setObjectName(QStringLiteral("side_bar"));
    setAccessibleName(tr("Pages"));
    m_collapse->setObjectName(QStringLiteral("side_bar.collapse"));
    m_account->setObjectName(QStringLiteral("side_bar.account"));
    m_account->setPopupMode(QToolButton::InstantPopup);
    m_account->setIcon(line_icon(QStringLiteral("account")));
    m_account->hide();
    m_pages->setSpacing(2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 12, 8, 8);
    layout->setSpacing(2);
    layout->addLayout(m_pages);
    layout->addStretch(1);
    layout->addWidget(m_collapse);
    layout->addWidget(m_account);
    connect(m_group, &QButtonGroup::idClicked, this,
            [this](int index) { emit page_requested(m_group->button(index)->property("page").toString()); });
    connect(m_collapse, &QToolButton::clicked, this, [this] {
        set_collapsed(!m_collapsed);
        emit collapsed_changed(m_collapsed);
    });
    set_collapsed(false);
}

void SideBar::set_pages(const PageEntries &entries) {
    for (auto *button : m_group->buttons()) {
        m_group->removeButton(button);
        delete button;
    }
    int index = 0;
    for (const auto &entry : entries) {
        auto *button = new PageButton(this);
        button->setObjectName(QStringLiteral("side_bar.%1").arg(entry.id));
        button->setProperty("page", entry.id);
        button->setProperty("label", entry.title);
        button->setProperty("shortcut_number", index + 1);
        button->setAccessibleName(entry.title);
        button->setCheckable(true);
        button->setIcon(line_icon(entry.icon));
        dress(button, entry.title);
        m_pages->addWidget(button);
        m_group->addButton(button, index++);
    }
}

void SideBar::set_current(const QString &page_id) {
    for (auto *button : m_group->buttons()) {
        if (button->property("page").toString() == page_id) {
            button->setChecked(true);
        }
    }
}

void SideBar::set_count(const QString &page_id, int count) {
    for (auto *button : m_group->buttons()) {
        if (button->property("page").toString() == page_id) {
            const auto label = button->property("label").toString();
            button->setProperty(count_property, count);
            button->setAccessibleName(count > 0 ? tr("%1, %2 pending").arg(label).arg(count) : label);
            button->update();
        }
    }
}

void SideBar::set_collapsed(bool collapsed) {
    m_collapsed = collapsed;
    setFixedWidth(collapsed ? narrow : wide);
    for (auto *button : m_group->buttons()) {
        dress(static_cast<QToolButton *>(button), button->property("label").toString());
    }
    m_collapse->setIcon(line_icon(collapsed ? QStringLiteral("expand") : QStringLiteral("collapse")));
    m_collapse->setAccessibleName(collapsed ? tr("Expand the sidebar") : tr("Collapse the sidebar"));
    dress(m_collapse, collapsed ? m_collapse->accessibleName() : tr("Collapse"));
    dress(m_account, m_account_text);
    update();
}

void SideBar::dress(QToolButton *button, const QString &text) const {
    button->setIconSize({20, 20});
    button->setFixedHeight(button == m_account && !m_collapsed ? 48 : 36);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setToolButtonStyle(m_collapsed ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    const int inner = wide - 16 - 20 - 28;
    QStringList lines;
    for (const auto &line : text.split(QLatin1Char('\n'))) {
        lines << QLatin1Char(' ') + fontMetrics().elidedText(line, Qt::ElideRight, inner);
    }
    button->setText(lines.join(QLatin1Char('\n')));
    const auto number = button->property("shortcut_number").toInt();
    const auto hint = number > 0 && number < 10 ? tr("%1 (Ctrl+%2)").arg(text).arg(number) : text;
    button->setToolTip(m_collapsed || number > 0 ? hint : QString());
}

void SideBar::set_account(const QString &name, const QString &role, QMenu *menu) {
    m_account_text = name + QLatin1Char('\n') + role;
    m_account->setAccessibleName(tr("Signed in as %1, %2").arg(name, role));
    m_account->setMenu(menu);
    m_account->setVisible(!name.isEmpty());
    dress(m_account, m_account_text);
    m_account->setToolTip(tr("Signed in as %1").arg(name));
}

void SideBar::set_environment(const QString &name) {
    m_environment = name;
    layout()->setContentsMargins(8, name.isEmpty() ? 12 : strip_height + 12, 8, 8);
    setToolTip(name.isEmpty() ? QString() : tr("Connected to %1").arg(name));
    update();
}

void SideBar::paintEvent(QPaintEvent *) {
    const auto &colors = tokens(palette());
    QPainter painter(this);
    painter.fillRect(rect(), colors.side_bar);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), colors.border);
    if (m_environment.isEmpty()) {
        return;
    }
    const QRect strip(0, 0, width(), strip_height);
    painter.fillRect(strip, colors.caution_soft);
    painter.setPen(colors.caution);
    auto font = painter.font();
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    const auto label = m_collapsed ? first_characters(m_environment, 4) : m_environment;
    const auto inner = strip.adjusted(m_collapsed ? 4 : 16, 0, -4, 0);
    painter.drawText(inner, int(Qt::AlignVCenter | (m_collapsed ? Qt::AlignHCenter : Qt::AlignLeft)),
                     painter.fontMetrics().elidedText(label, Qt::ElideRight, inner.width()));
}

} // namespace studio::ui
