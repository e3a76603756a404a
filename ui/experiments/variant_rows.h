// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/charts/figure_table_model.h"

#include <QHash>
#include <QImage>
#include <QWidget>

#include <optional>

namespace studio::ui {

// One row for each variant: its picture, its rate with the interval, all on one axis. The table is that of
// fill_variants(); pictures are set by its keys.
class VariantRows final : public QWidget {
    Q_OBJECT

public:
    VariantRows(const QString &name, const FigureTableModel &table, QWidget *parent = nullptr);

    void set_picture(const QString &variant, const QImage &picture);
    void clear_pictures();
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {420, sizeHint().height()}; }

    static constexpr QSize picture_size{104, 65};

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Axis {
        double low, high, left, width;
        double x_of(double rate) const { return left + (rate - low) / (high - low) * width; }
    };
    std::optional<Axis> axis() const;
    void paint_row(QPainter &painter, int row, const std::optional<Axis> &axis) const;
    void paint_axis(QPainter &painter, const Axis &axis) const;

    const FigureTableModel &m_table;
    QHash<QString, QImage> m_pictures;
};

} // namespace studio::ui
