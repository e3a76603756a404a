// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QModelIndex>
#include <QRect>

namespace studio::ui {

inline constexpr int cell_padding = 12; // pixels at each side, as the style sheet gives headers
inline constexpr int header_arrow = 12; // of the sort arrow, for which each header keeps room at its right

inline int room_behind(const QModelIndex &index) {
    const bool is_number = index.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight;
    return cell_padding + (is_number ? header_arrow : 0);
}

// Where the text of a cell stands, under that of its header.
inline QRect text_room(const QRect &cell, const QModelIndex &index) {
    return cell.adjusted(cell_padding, 0, -room_behind(index), 0);
}

} // namespace studio::ui
