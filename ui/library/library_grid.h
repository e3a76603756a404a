// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QListView>

namespace studio::ui {

class LibraryModel;
class ThumbnailSource;

// The photos as tiles. Several can be selected. Tiles are dragged, or moved with Alt and an arrow key, to put
// them in order; files and folders can be dropped anywhere.
class LibraryGrid final : public QListView {
    Q_OBJECT

public:
    LibraryGrid(LibraryModel &model, ThumbnailSource &thumbnails, bool may_edit, QWidget *parent = nullptr);

    QStringList selected() const; // pictures, in their order
    void select(const QStringList &pictures);

signals:
    void selection_changed();
    // The pictures belong before the other one; "" for the end.
    void order_wanted(const QStringList &pictures, const QString &before);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

private:
    bool accepts(const QDropEvent *event) const;
    int row_before(QPoint point) const; // the row before which something is dropped there
    QString picture_at(int row) const;  // "" behind the last
    void move_selected(int by);

    LibraryModel &m_model;
    const bool m_may_edit;
    int m_drop_row = -1; // -1: nothing is dragged over the grid
};

} // namespace studio::ui
