// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/picture_edits.h"

#include <QImage>
#include <QWidget>

#include <optional>
#include <vector>

namespace studio::ui {

// A region as it is drawn over a picture.
struct DrawnRegion {
    media::Region region;
    bool ellipse = false;
    bool operator==(const DrawnRegion &) const = default;
};

// A picture with regions that are drawn, moved and resized with the mouse or the keyboard: arrows move the
// selected one, Shift and arrows resize it, Delete removes it, Page Up and Page Down select another.
class RegionCanvas final : public QWidget {
    Q_OBJECT

public:
    // Covers can be added and removed; a crop is one region that stays, and what is outside of it is dimmed.
    enum class Use { Covers, Crop, Nothing };
    explicit RegionCanvas(QWidget *parent = nullptr);

    void set_image(const QImage &image);
    void set_regions(Use use, const std::vector<DrawnRegion> &regions);
    void set_new_shape(bool ellipse) { m_new_ellipse = ellipse; }
    int selected() const { return m_selected; }
    void select(int index);
    QRectF picture_rect() const;                         // where the picture is drawn
    QRectF on_screen(const media::Region &region) const; // in the widget's pixels
    static constexpr double least_side = 0.01;           // of a region, as a share of the picture

signals:
    void drawn(const studio::media::Region &region);
    void changed(int index, const studio::media::Region &region);
    void removed(int index);
    void selection_changed(int index); // -1 for none

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    enum class Drag { None, Draw, Move, Resize };
    QPointF share_of(QPointF position) const;
    int region_at(QPointF position) const;
    int handle_at(QPointF position) const;
    void nudge(QPointF by, bool resize);
    void paint_region(QPainter &painter, const DrawnRegion &drawn, bool selected) const;

    QImage m_image;
    Use m_use = Use::Nothing;
    std::vector<DrawnRegion> m_regions;
    int m_selected = -1;
    bool m_new_ellipse = true;
    Drag m_drag = Drag::None;
    QPointF m_from;        // shares of the picture where the drag began
    QPointF m_fixed;       // Resize: the corner that stays
    media::Region m_start; // of the dragged region
    std::optional<media::Region> m_dragged;
};

} // namespace studio::ui
