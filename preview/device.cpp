// SPDX-License-Identifier: Apache-2.0
#include "preview/device.h"

#include <algorithm>

namespace studio::preview {

namespace {

constexpr double smallest_zoom = 0.25; // the smallest zoom of Qt WebEngine

DeviceFit fit_framed(QSize screen, QSize room) {
    const double zoom = std::clamp(static_cast<double>(room.width()) / screen.width(), smallest_zoom, 1.0);
    const int width = static_cast<int>(screen.width() * zoom);
    const int height = std::min(room.height(), static_cast<int>(screen.height() * zoom));
    return {{width, std::max(height, 1)}, zoom};
}

} // namespace

DeviceFit fit(Device device, QSize room) {
    switch (device) {
    case Device::Phone:
        return fit_framed({390, 844}, room);
    case Device::Tablet:
        return fit_framed({768, 1024}, room);
    case Device::Desktop:
        break;
    }
    constexpr int desktop_width = 1280;
    const double zoom = std::clamp(static_cast<double>(room.width()) / desktop_width, smallest_zoom, 1.0);
    return {room, zoom};
}

} // namespace studio::preview
