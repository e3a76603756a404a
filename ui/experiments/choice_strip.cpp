// SPDX-License-Identifier: Apache-2.0
#include "ui/experiments/choice_strip.h"

#include "ui/widgets/boxed_list.h"
#include "ui/widgets/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QStyledItemDelegate>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int room = 5; // pixels around each picture

class PictureDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override {
        return ChoiceStrip::picture_size + QSize(2 * room, 2 * room);
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override {
        const auto &colors = tokens(option.palette);
        const bool chosen = option.state.testFlag(QStyle::State_Selected);
        painter->save();
        painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        const QRectF frame = QRectF(option.rect).adjusted(room, room, -room, -room);
        QPainterPath round;
        round.addRoundedRect(frame, 4, 4);
        painter->setClipPath(round);
        const auto picture = index.data(Qt::DecorationRole).value<QImage>();
        if (picture.isNull()) {
            painter->fillRect(frame, colors.skeleton);
            painter->setPen(colors.muted);
            painter->drawText(frame, Qt::AlignCenter | Qt::TextWordWrap,
                              index.data(Qt::ToolTipRole).toString());
        } else {
            painter->drawImage(frame, picture);
        }
        painter->setClipping(false);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(chosen ? colors.accent : colors.border, chosen ? 2.5 : 1));
        painter->drawPath(round);
        painter->restore();
    }
};

} // namespace

ChoiceStrip::ChoiceStrip(const QString &name, Purpose purpose, QWidget *parent)
    : QListWidget(parent), m_purpose(purpose) {
    setObjectName(name);
    set_boxed(this);
    setItemDelegate(new PictureDelegate(this));
    setFlow(QListView::LeftToRight);
    setWrapping(false);
    setUniformItemSizes(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setFixedHeight(picture_size.height() + 2 * room + 8 + horizontalScrollBar()->sizeHint().height());
    setSelectionMode(QAbstractItemView::SingleSelection);
    if (purpose == Purpose::Order) {
        setDragDropMode(QAbstractItemView::InternalMove);
        setDefaultDropAction(Qt::MoveAction);
        setToolTip(tr("Drag to reorder, or press Alt and the arrow keys."));
    } else {
        setDragDropMode(QAbstractItemView::NoDragDrop);
        connect(this, &QListWidget::currentItemChanged, this, &ChoiceStrip::changed);
    }
}

void ChoiceStrip::set_choices(const std::vector<Choice> &choices) {
    const QSignalBlocker quiet(this);
    clear();
    for (const auto &choice : choices) {
        auto *item = new QListWidgetItem(this);
        item->setData(Qt::UserRole, choice.key);
        item->setData(Qt::AccessibleTextRole, choice.text);
        item->setToolTip(choice.text);
    }
    setCurrentItem(nullptr);
}

QListWidgetItem *ChoiceStrip::item_of(const QString &key) const {
    for (int row = 0; row < count(); ++row) {
        if (item(row)->data(Qt::UserRole).toString() == key) {
            return item(row);
        }
    }
    return nullptr;
}

void ChoiceStrip::set_picture(const QString &key, const QImage &picture) {
    if (auto *found = item_of(key)) {
        found->setData(Qt::DecorationRole, picture);
    }
}

void ChoiceStrip::choose(const QString &key) {
    const QSignalBlocker quiet(this);
    setCurrentItem(item_of(key));
}

QString ChoiceStrip::chosen() const {
    return currentItem() == nullptr ? QString() : currentItem()->data(Qt::UserRole).toString();
}

QStringList ChoiceStrip::order() const {
    QStringList keys;
    for (int row = 0; row < count(); ++row) {
        keys << item(row)->data(Qt::UserRole).toString();
    }
    return keys;
}

void ChoiceStrip::keyPressEvent(QKeyEvent *event) {
    const int by = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    if (m_purpose != Purpose::Order || by == 0 || !event->modifiers().testFlag(Qt::AltModifier)) {
        QListWidget::keyPressEvent(event);
        return;
    }
    const int from = currentRow(), to = from + by;
    if (from < 0 || to < 0 || to >= count()) {
        return;
    }
    insertItem(to, takeItem(from));
    setCurrentRow(to);
    emit changed();
}

void ChoiceStrip::dropEvent(QDropEvent *event) {
    QListWidget::dropEvent(event);
    emit changed();
}

} // namespace studio::ui
