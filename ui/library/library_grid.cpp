// SPDX-License-Identifier: Apache-2.0
#include "ui/library/library_grid.h"

#include "ui/library/library_delegate.h"
#include "ui/library/library_model.h"
#include "ui/widgets/boxed_list.h"
#include "ui/widgets/theme.h"

#include <QDropEvent>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QMimeData>
#include <QPainter>

#include <algorithm>

namespace studio::ui {

namespace {

// Those that are of the companion whose photos are shown.
QStringList dragged_pictures(const QMimeData &data, const LibraryModel &model) {
    auto pictures = QString::fromUtf8(data.data(LibraryModel::pictures_type()))
                        .split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    pictures.removeIf([&model](const QString &picture) { return model.find(picture) == nullptr; });
    return pictures;
}

} // namespace

LibraryGrid::LibraryGrid(LibraryModel &model, ThumbnailSource &thumbnails, bool may_edit, QWidget *parent)
    : QListView(parent), m_model(model), m_may_edit(may_edit) {
    setObjectName(QStringLiteral("library.grid"));
    setAccessibleName(tr("Photos"));
    setModel(&model);
    setItemDelegate(new LibraryDelegate(model, thumbnails, this));
    setViewMode(ListMode);
    setFlow(LeftToRight);
    setWrapping(true);
    setResizeMode(Adjust);
    setGridSize(LibraryDelegate::tile);
    setUniformItemSizes(true);
    setVerticalScrollMode(ScrollPerPixel);
    set_boxed(this);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(ExtendedSelection);
    setMouseTracking(true);
    setDragEnabled(may_edit);
    setAcceptDrops(may_edit);
    viewport()->setAcceptDrops(may_edit);
    setDragDropMode(may_edit ? DragDrop : NoDragDrop);
    setDefaultDropAction(Qt::MoveAction);
    setFrameShape(NoFrame);
}

QStringList LibraryGrid::selected() const {
    auto rows = selectionModel()->selectedIndexes();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QStringList pictures;
    for (const auto &index : rows) {
        pictures << index.data(LibraryModel::PictureRole).toString();
    }
    return pictures;
}

void LibraryGrid::select(const QStringList &pictures) {
    QItemSelection selection;
    QModelIndex first;
    for (const auto &picture : pictures) {
        if (const int row = m_model.row_of(picture); row >= 0) {
            const auto index = m_model.index(row);
            selection.select(index, index);
            first = first.isValid() ? first : index;
        }
    }
    if (first.isValid()) {
        selectionModel()->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
    }
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
}

void LibraryGrid::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) {
    QListView::selectionChanged(selected, deselected);
    emit selection_changed();
}

bool LibraryGrid::accepts(const QDropEvent *event) const {
    const auto &dragged = *event->mimeData();
    return m_may_edit && !dragged_pictures(dragged, m_model).isEmpty();
}

int LibraryGrid::row_before(QPoint point) const {
    const auto index = indexAt(point);
    if (!index.isValid()) {
        return m_model.rowCount();
    }
    return point.x() > visualRect(index).center().x() ? index.row() + 1 : index.row();
}

QString LibraryGrid::picture_at(int row) const {
    return row < m_model.rowCount() ? m_model.index(row).data(LibraryModel::PictureRole).toString()
                                    : QString();
}

void LibraryGrid::dragEnterEvent(QDragEnterEvent *event) {
    if (accepts(event)) {
        event->acceptProposedAction();
    }
}

void LibraryGrid::dragMoveEvent(QDragMoveEvent *event) {
    if (!accepts(event)) {
        event->ignore();
        return;
    }
    QListView::dragMoveEvent(event); // scrolls near the edges
    m_drop_row = row_before(event->position().toPoint());
    viewport()->update();
    event->acceptProposedAction();
}

void LibraryGrid::dragLeaveEvent(QDragLeaveEvent *event) {
    QListView::dragLeaveEvent(event);
    m_drop_row = -1;
    viewport()->update();
}

void LibraryGrid::dropEvent(QDropEvent *event) {
    m_drop_row = -1;
    stopAutoScroll();
    setState(NoState);
    viewport()->update();
    if (!accepts(event)) {
        event->ignore();
        return;
    }
    const auto pictures = dragged_pictures(*event->mimeData(), m_model);
    int row = row_before(event->position().toPoint());
    while (pictures.contains(picture_at(row)) && row < m_model.rowCount()) {
        ++row; // a photo is not before itself
    }
    emit order_wanted(pictures, picture_at(row));
    event->acceptProposedAction();
}

void LibraryGrid::move_selected(int by) {
    const auto pictures = selected();
    if (pictures.isEmpty()) {
        return;
    }
    const int first = m_model.row_of(pictures.first()), last = m_model.row_of(pictures.last());
    const int row = by < 0 ? first - 1 : last + 2;
    if (row >= 0 && row <= m_model.rowCount()) {
        emit order_wanted(pictures, picture_at(row));
    }
}

// The tiles of a row share its whole width.
void LibraryGrid::resizeEvent(QResizeEvent *event) {
    QListView::resizeEvent(event);
    const int room = viewport()->width() - 1, columns = std::max(1, room / LibraryDelegate::tile.width());
    const QSize cell(std::max(room / columns, LibraryDelegate::tile.width()), LibraryDelegate::tile.height());
    if (gridSize() != cell) {
        setGridSize(cell);
    }
}

void LibraryGrid::keyPressEvent(QKeyEvent *event) {
    const bool sideways = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    if (m_may_edit && sideways && event->modifiers() == Qt::AltModifier) {
        move_selected(event->key() == Qt::Key_Left ? -1 : 1);
        return;
    }
    QListView::keyPressEvent(event);
}

void LibraryGrid::paintEvent(QPaintEvent *event) {
    QListView::paintEvent(event);
    if (m_drop_row < 0 || m_model.rowCount() == 0) {
        return;
    }
    const bool behind = m_drop_row >= m_model.rowCount();
    const auto tile = visualRect(m_model.index(behind ? m_model.rowCount() - 1 : m_drop_row));
    const int x = behind ? tile.right() - 1 : tile.left() + 1;
    QPainter painter(viewport());
    painter.setPen(QPen(tokens(palette()).accent, 3));
    painter.drawLine(x, tile.top() + 4, x, tile.bottom() - 4);
}

} // namespace studio::ui
