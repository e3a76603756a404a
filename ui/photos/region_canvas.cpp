// SPDX-License-Identifier: Apache-2.0
#include "ui/photos/region_canvas.h"

#include "ui/widgets/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>

namespace studio::ui {

namespace {

constexpr double handle_radius = 6, handle_reach = 12; // pixels
constexpr double key_step = 0.01;                      // shares of the picture

media::Region between(QPointF one, QPointF other) {
    return {std::min(one.x(), other.x()), std::min(one.y(), other.y()), std::abs(one.x() - other.x()),
            std::abs(one.y() - other.y())};
}

bool large_enough(const media::Region &region) {
    return region.width >= RegionCanvas::least_side && region.height >= RegionCanvas::least_side;
}

std::array<QPointF, 4> corners(const QRectF &rect) {
    return {rect.topLeft(), rect.topRight(), rect.bottomRight(), rect.bottomLeft()};
}

media::Region moved(media::Region region, QPointF by) {
    region.x = std::clamp(region.x + by.x(), 0.0, 1 - region.width);
    region.y = std::clamp(region.y + by.y(), 0.0, 1 - region.height);
    return region;
}

// Whether the region of that number is the same one, moved at most.
bool is_still_there(const std::vector<DrawnRegion> &before, const std::vector<DrawnRegion> &after,
                    int index) {
    const auto place = static_cast<std::size_t>(index);
    return index >= 0 && place < before.size() && place < after.size() &&
           (before.size() == after.size() || before[place] == after[place]);
}

} // namespace

RegionCanvas::RegionCanvas(QWidget *parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(240, 200);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void RegionCanvas::set_image(const QImage &image) {
    m_image = image;
    update();
}

void RegionCanvas::set_regions(Use use, const std::vector<DrawnRegion> &regions) {
    const bool keeps = use == m_use && is_still_there(m_regions, regions, m_selected);
    m_use = use;
    m_regions = regions;
    m_dragged.reset();
    m_drag = Drag::None;
    setCursor(use == Use::Covers ? Qt::CrossCursor : Qt::ArrowCursor);
    select(use == Use::Crop ? 0 : keeps ? m_selected : -1);
    update();
}

void RegionCanvas::select(int index) {
    if (m_selected != index) {
        m_selected = index;
        emit selection_changed(index);
    }
    update();
}

QRectF RegionCanvas::picture_rect() const {
    const QSizeF size = m_image.isNull() ? QSizeF(3, 2) : QSizeF(m_image.size());
    const auto room = QSizeF(this->size()) - QSizeF(16, 16);
    const auto fitted = size.scaled(room, Qt::KeepAspectRatio);
    return {(width() - fitted.width()) / 2, (height() - fitted.height()) / 2, fitted.width(),
            fitted.height()};
}

QRectF RegionCanvas::on_screen(const media::Region &region) const {
    const auto rect = picture_rect();
    return {rect.x() + region.x * rect.width(), rect.y() + region.y * rect.height(),
            region.width * rect.width(), region.height * rect.height()};
}

QPointF RegionCanvas::share_of(QPointF position) const {
    const auto rect = picture_rect();
    return {std::clamp((position.x() - rect.x()) / rect.width(), 0.0, 1.0),
            std::clamp((position.y() - rect.y()) / rect.height(), 0.0, 1.0)};
}

int RegionCanvas::region_at(QPointF position) const {
    for (int index = static_cast<int>(m_regions.size()) - 1; index >= 0; --index) {
        if (on_screen(m_regions[static_cast<std::size_t>(index)].region).contains(position)) {
            return index;
        }
    }
    return -1;
}

int RegionCanvas::handle_at(QPointF position) const {
    if (m_selected < 0) {
        return -1;
    }
    const auto places = corners(on_screen(m_regions[static_cast<std::size_t>(m_selected)].region));
    for (std::size_t corner = 0; corner < places.size(); ++corner) {
        if (QLineF(places[corner], position).length() <= handle_reach) {
            return static_cast<int>(corner);
        }
    }
    return -1;
}

void RegionCanvas::mousePressEvent(QMouseEvent *event) {
    if (event->button() != Qt::LeftButton || m_use == Use::Nothing || m_image.isNull()) {
        return;
    }
    m_from = share_of(event->position());
    if (const int corner = handle_at(event->position()); corner >= 0) {
        m_drag = Drag::Resize;
        const auto &region = m_regions[static_cast<std::size_t>(m_selected)].region;
        m_fixed = corners(QRectF(region.x, region.y, region.width,
                                 region.height))[static_cast<std::size_t>((corner + 2) % 4)];
    } else if (const int index = region_at(event->position()); index >= 0) {
        m_drag = Drag::Move;
        select(index);
        m_start = m_regions[static_cast<std::size_t>(index)].region;
    } else if (m_use == Use::Covers) {
        m_drag = Drag::Draw;
        select(-1);
    }
}

void RegionCanvas::mouseMoveEvent(QMouseEvent *event) {
    const auto to = share_of(event->position());
    switch (m_drag) {
    case Drag::None:
        return;
    case Drag::Draw:
        m_dragged = between(m_from, to);
        break;
    case Drag::Move:
        m_dragged = moved(m_start, to - m_from);
        break;
    case Drag::Resize:
        m_dragged = between(m_fixed, to);
        break;
    }
    update();
}

void RegionCanvas::mouseReleaseEvent(QMouseEvent *) {
    const auto drag = std::exchange(m_drag, Drag::None);
    const auto region = std::exchange(m_dragged, std::nullopt);
    update();
    if (!region || !large_enough(*region)) {
        return;
    }
    if (drag == Drag::Draw) {
        emit drawn(*region);
    } else if (drag != Drag::None) {
        emit changed(m_selected, *region);
    }
}

void RegionCanvas::nudge(QPointF by, bool resize) {
    auto region = m_regions[static_cast<std::size_t>(m_selected)].region;
    if (resize) {
        region.width = std::clamp(region.width + by.x(), least_side, 1 - region.x);
        region.height = std::clamp(region.height + by.y(), least_side, 1 - region.y);
    } else {
        region = moved(region, by);
    }
    emit changed(m_selected, region);
}

void RegionCanvas::keyPressEvent(QKeyEvent *event) {
    const int count = static_cast<int>(m_regions.size());
    if (m_use == Use::Nothing || count == 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    if (event->key() == Qt::Key_PageDown || event->key() == Qt::Key_PageUp) {
        const int step = event->key() == Qt::Key_PageDown ? 1 : count - 1;
        select(m_selected < 0 ? 0 : (m_selected + step) % count);
        return;
    }
    QPointF by;
    switch (event->key()) {
    case Qt::Key_Left:
        by = {-key_step, 0};
        break;
    case Qt::Key_Right:
        by = {key_step, 0};
        break;
    case Qt::Key_Up:
        by = {0, -key_step};
        break;
    case Qt::Key_Down:
        by = {0, key_step};
        break;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        if (m_use == Use::Covers && m_selected >= 0) {
            emit removed(m_selected);
            return;
        }
        break;
    default:
        break;
    }
    if (by.isNull() || m_selected < 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    nudge(by, event->modifiers().testFlag(Qt::ShiftModifier));
}

void RegionCanvas::paint_region(QPainter &painter, const DrawnRegion &drawn, bool selected) const {
    const auto rect = on_screen(drawn.region);
    // Dark below light, so that the line is seen on every picture.
    for (const auto &[color, line] : {std::pair{QColor(0, 0, 0, 160), 4.0}, {QColor(Qt::white), 2.0}}) {
        painter.setPen(QPen(color, line, selected ? Qt::SolidLine : Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
        if (drawn.ellipse) {
            painter.drawEllipse(rect);
        } else {
            painter.drawRect(rect);
        }
    }
    if (selected) {
        painter.setPen(QPen(Qt::white, 2));
        painter.setBrush(tokens(palette()).accent_fill);
        for (const auto &corner : corners(rect)) {
            painter.drawEllipse(corner, handle_radius, handle_radius);
        }
    }
}

void RegionCanvas::paintEvent(QPaintEvent *) {
    const auto &colors = tokens(palette());
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const auto rect = picture_rect();
    if (m_image.isNull()) {
        painter.fillRect(rect, colors.skeleton);
    } else {
        painter.drawImage(rect, m_image);
    }
    auto shown = m_regions;
    if (m_dragged && m_drag == Drag::Draw) {
        shown.push_back({*m_dragged, m_new_ellipse});
    } else if (m_dragged && m_selected >= 0) {
        shown[static_cast<std::size_t>(m_selected)].region = *m_dragged;
    }
    if (m_use == Use::Crop && !shown.empty()) {
        QPainterPath outside;
        outside.addRect(rect);
        outside.addRect(on_screen(shown.front().region));
        painter.fillPath(outside, QColor(0, 0, 0, 140)); // odd-even: the region stays clear
    }
    for (std::size_t index = 0; index < shown.size(); ++index) {
        paint_region(painter, shown[index],
                     static_cast<int>(index) == m_selected || index == m_regions.size());
    }
    if (hasFocus()) {
        painter.setPen(QPen(colors.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(this->rect().adjusted(1, 1, -1, -1));
    }
}

} // namespace studio::ui
