// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSize>

namespace studio::preview {

enum class Device { Phone, Tablet, Desktop };

// How a device's screen fits into the available space: `size` is in pixels of the studio's window, and at
// `zoom` the page has the device's width in CSS pixels.
struct DeviceFit {
    QSize size;
    double zoom = 1;
};

DeviceFit fit(Device device, QSize room);

} // namespace studio::preview
