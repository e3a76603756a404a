// SPDX-License-Identifier: Apache-2.0
#include "ui/people/account_delegate.h"

#include "ui/people/accounts_model.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/theme.h"

#include <QPainter>

namespace studio::ui {

namespace {

constexpr int padding = 12;

QRect paint_ground(QPainter &painter, const QStyleOptionViewItem &option, const Tokens &colors) {
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter.fillRect(option.rect, colors.accent_soft);
    }
    painter.fillRect(QRect(option.rect.x(), option.rect.bottom(), option.rect.width(), 1), colors.border);
    painter.setFont(option.font);
    return option.rect.adjusted(padding, 0, -padding, -1);
}

void paint_text(QPainter &painter, const QRect &rect, const QString &text, const QColor &color,
                QFont::Weight weight = QFont::Normal) {
    auto font = painter.font();
    font.setWeight(weight);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
}

} // namespace

void AccountDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const {
    const auto &colors = tokens(option.palette);
    painter->save();
    const auto rect = paint_ground(*painter, option, colors);
    const bool disabled = index.data(AccountsModel::Disabled).toBool();
    const auto text = index.data().toString();
    const auto second = index.data(AccountsModel::SecondLine).toString();
    if (static_cast<AccountsModel::Column>(index.column()) == AccountsModel::Column::State) {
        paint_badge(*painter, rect, text, disabled ? Tone::Negative : Tone::Positive, colors);
    } else if (second.isEmpty()) {
        paint_text(*painter, rect, text, disabled ? colors.muted : colors.text);
    } else {
        const int line = painter->fontMetrics().height() + 2;
        const QRect first(rect.x(), rect.center().y() - line, rect.width(), line);
        paint_text(*painter, first, text, disabled ? colors.muted : colors.text, QFont::DemiBold);
        paint_text(*painter, first.translated(0, line), second, colors.muted);
    }
    painter->restore();
}

void LogDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                        const QModelIndex &index) const {
    const auto &colors = tokens(option.palette);
    painter->save();
    const auto rect = paint_ground(*painter, option, colors);
    const bool main = static_cast<AuditModel::Column>(index.column()) == AuditModel::Column::What;
    paint_text(*painter, rect, index.data().toString(), main ? colors.text : colors.muted);
    painter->restore();
}

} // namespace studio::ui
