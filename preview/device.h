// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSize>

namespace studio::preview {

enum class Device { Phone, Tablet, Desktop };

// How a device's screen is laid into the room that there is: `size` in pixels of the studio's window, and the
// zoom at which the page then has the device's width in CSS pixels.
struct DeviceFit {
    QSize size;
    double zoom = 1;
};

DeviceFit fit(Device device, QSize room);

} // namespace studio::preview
