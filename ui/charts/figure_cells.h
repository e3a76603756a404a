// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QModelIndex>
#include <QRect>

namespace studio::ui {

inline constexpr int cell_padding = 12; // pixels at each side, as the style sheet gives headers
inline constexpr int header_arrow = 12; // pixels that each header keeps free at its right for the sort arrow

inline int room_behind(const QModelIndex &index) {
    const bool is_number = index.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight;
    return cell_padding + (is_number ? header_arrow : 0);
}

// The rectangle of a cell's text, aligned with the text of its header.
inline QRect text_room(const QRect &cell, const QModelIndex &index) {
    return cell.adjusted(cell_padding, 0, -room_behind(index), 0);
}

} // namespace studio::ui
