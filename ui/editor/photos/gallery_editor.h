// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/forms/form_parts.h"
#include "ui/editor/photos/gallery_model.h"

#include <QListView>
#include <QWidget>

class QVBoxLayout;

namespace studio::ui {

class GalleryDelegate;

// The gallery as thumbnails that can be reordered, and the fields of the selected photo.
class GalleryEditor final : public QWidget {
    Q_OBJECT

public:
    explicit GalleryEditor(FormParts parts, QWidget *parent = nullptr);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build_layout();
    void fill_width();
    void choose_files();
    void import(const QStringList &files, int row);
    void show_placed(const QString &pointer, bool describe);
    void show_chosen();
    void choose(int row);
    void move_chosen(int by);
    void remove_chosen();

    FormParts m_parts;
    GalleryModel *m_model;
    QListView *m_view;
    GalleryDelegate *m_delegate;
    QWidget *m_details = nullptr;
    QVBoxLayout *m_column;
    int m_shown = -1;
};

} // namespace studio::ui
