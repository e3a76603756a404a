// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/photos/gallery_editor.h"

#include "ui/editor/draft/pointer.h"
#include "ui/editor/photos/gallery_delegate.h"
#include "ui/editor/photos/photo_delivery.h"
#include "ui/editor/photos/photo_field.h"
#include "ui/editor/photos/photo_imports.h"
#include "ui/widgets/boxed_list.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/style_sheet.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace studio::ui {

namespace {
constexpr int columns = 4;
constexpr int rows_shown = 3;
constexpr int around_pictures = 10;                   // pixels: frame and padding
constexpr int beside_pictures = around_pictures + 14; // with the scroll bar
} // namespace

GalleryEditor::GalleryEditor(FormParts parts, QWidget *parent)
    : QWidget(parent), m_parts(parts), m_model(new GalleryModel(parts.document, parts.thumbnails, this)),
      m_view(new QListView(this)), m_delegate(new GalleryDelegate(m_view)), m_column(new QVBoxLayout(this)) {
    build_layout();
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &GalleryEditor::show_chosen);
    connect(m_model, &QAbstractItemModel::modelReset, this,
            [this] { choose(std::min(m_shown, m_model->rowCount() - 1)); });
    connect(m_model, &GalleryModel::moved, this, &GalleryEditor::choose, Qt::QueuedConnection);
    connect(m_model, &GalleryModel::files_dropped, this, &GalleryEditor::import);
    connect(&m_parts.photos, &PhotoDelivery::placed, this, &GalleryEditor::show_placed);
    m_parts.registry.add_revealer(this, gallery_pointer, [this](const QString &pointer) {
        const auto rest = pointer.mid(gallery_pointer.size() + 1);
        bool ok = false;
        const int row = rest.section(QLatin1Char('/'), 0, 0).toInt(&ok);
        if (ok) {
            choose(row);
        }
    });
}

void GalleryEditor::build_layout() {
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(10);
    m_view->setObjectName(QStringLiteral("gallery"));
    m_view->setAccessibleName(tr("Gallery: drag to reorder, or Alt and arrow keys; Delete removes"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(m_delegate);
    set_boxed(m_view);
    m_view->setViewMode(QListView::IconMode);
    m_view->setMovement(QListView::Snap);
    m_view->setFlow(QListView::LeftToRight);
    m_view->setWrapping(true);
    m_view->setResizeMode(QListView::Adjust);
    m_view->setDefaultDropAction(Qt::MoveAction);
    m_view->setDropIndicatorShown(true);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    fill_width();
    m_view->installEventFilter(this);
    auto *add = new QPushButton(line_icon(QStringLiteral("plus")), tr("Add photos…"), this);
    add->setObjectName(QStringLiteral("add:/photos/gallery"));
    auto *hint =
        new QLabel(tr("Drop photos here. Drag to reorder. A dot marks a photo without alt text."), this);
    hint->setWordWrap(true);
    set_text_role(hint, TextRole::Muted);
    m_column->addWidget(hint);
    m_column->addWidget(m_view);
    auto *from_library = new QPushButton(tr("From the library…"), this);
    from_library->setObjectName(QStringLiteral("add-from-library:/photos/gallery"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addWidget(from_library);
    buttons->addStretch(1);
    m_column->addLayout(buttons);
    connect(from_library, &QPushButton::clicked, this, [this] {
        const auto end = place_in_list(m_parts.document, gallery_pointer, m_model->rowCount());
        emit m_parts.photos.library_wanted(m_parts.photos.request(end, false));
    });
    const auto allow = [this, add, from_library](bool read_only) {
        add->setDisabled(read_only);
        from_library->setDisabled(read_only);
        m_view->setDragDropMode(read_only ? QAbstractItemView::NoDragDrop : QAbstractItemView::DragDrop);
    };
    allow(m_parts.document.read_only());
    connect(&m_parts.document, &DraftDocument::read_only_changed, this, allow);
    connect(add, &QPushButton::clicked, this, &GalleryEditor::choose_files);
}

void GalleryEditor::choose_files() {
    auto *dialog =
        new QFileDialog(this, tr("Add photos"), PhotoImports::pictures_folder(), PhotoImports::file_filter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    const auto place = place_in_list(m_parts.document, gallery_pointer, m_model->rowCount());
    connect(dialog, &QFileDialog::filesSelected, this,
            [this, request = m_parts.photos.request(place, true)](const QStringList &files) {
                m_parts.photos.offer(files, request);
            });
    dialog->open();
}

void GalleryEditor::import(const QStringList &files, int row) {
    m_parts.photos.offer(files,
                         m_parts.photos.request(place_in_list(m_parts.document, gallery_pointer, row), true));
}

// After the first new photo its alt text gets the focus; photos that arrive later do not take the focus from
// it.
void GalleryEditor::show_placed(const QString &pointer, bool describe) {
    if (parent_of(pointer) != gallery_pointer) {
        return;
    }
    choose(pointer.section(QLatin1Char('/'), -1).toInt());
    if (describe) {
        m_parts.registry.focus(child(pointer, QStringLiteral("alt")));
    }
}

void GalleryEditor::choose(int row) {
    m_view->setCurrentIndex(m_model->index(row));
    show_chosen();
}

void GalleryEditor::show_chosen() {
    const int row = m_view->currentIndex().isValid() ? m_view->currentIndex().row() : -1;
    if (row == m_shown && m_details) {
        return;
    }
    m_shown = row;
    if (m_details) {
        m_details->deleteLater();
        m_details->hide();
        qDeleteAll(m_details->findChildren<Field *>(QString(), Qt::FindDirectChildrenOnly));
        m_details = nullptr;
    }
    if (row < 0) {
        return;
    }
    const auto photo = child(gallery_pointer, static_cast<std::size_t>(row));
    m_details = new QWidget(this);
    auto *column = new QVBoxLayout(m_details);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(new PhotoField(m_parts, photo, tr("Photo %1").arg(row + 1)));
    auto *alt = new PhotoTextField(m_parts, photo, QStringLiteral("alt"), tr("Alt text"));
    column->addWidget(alt);
    column->addWidget(new PhotoTextField(m_parts, photo, QStringLiteral("caption"), tr("Caption")));
    auto *remove =
        new QPushButton(line_icon(QStringLiteral("trash")), tr("Remove photo %1").arg(row + 1), m_details);
    remove->setObjectName(QStringLiteral("remove:") + photo);
    set_button_role(remove, ButtonRole::Quiet);
    column->addWidget(remove, 0, Qt::AlignLeft);
    remove->setDisabled(m_parts.document.read_only());
    connect(&m_parts.document, &DraftDocument::read_only_changed, remove, &QWidget::setDisabled);
    connect(remove, &QPushButton::clicked, this, &GalleryEditor::remove_chosen, Qt::QueuedConnection);
    m_column->addWidget(m_details);
}

void GalleryEditor::move_chosen(int by) {
    const int to = m_shown + by;
    if (m_shown < 0 || to < 0 || to >= m_model->rowCount()) {
        return;
    }
    m_parts.document.move(gallery_pointer, static_cast<std::size_t>(m_shown), static_cast<std::size_t>(to),
                          tr("Move photo"));
    choose(to);
}

void GalleryEditor::remove_chosen() {
    if (m_shown >= 0) {
        m_parts.document.remove(child(gallery_pointer, static_cast<std::size_t>(m_shown)),
                                tr("Remove photo"));
    }
}

// Chooses the size of the pictures so that their rows fill the width beside the scroll bar.
void GalleryEditor::fill_width() {
    const int side = (m_view->width() - beside_pictures) / columns;
    if (side > 0 && m_view->gridSize().width() != side) {
        m_delegate->set_side(side);
        m_view->setGridSize({side, side});
        m_view->setFixedHeight(rows_shown * side + around_pictures);
    }
}

bool GalleryEditor::eventFilter(QObject *watched, QEvent *event) {
    if (watched == m_view && event->type() == QEvent::Resize) {
        QMetaObject::invokeMethod(this, &GalleryEditor::fill_width, Qt::QueuedConnection);
    }
    if (watched == m_view && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Delete) {
            remove_chosen();
            return true;
        }
        if (key->modifiers() & Qt::AltModifier) {
            const bool back = key->key() == Qt::Key_Left || key->key() == Qt::Key_Up;
            const bool on = key->key() == Qt::Key_Right || key->key() == Qt::Key_Down;
            if (back || on) {
                move_chosen(back ? -1 : 1);
                return true;
            }
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace studio::ui
