// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace studio::preview {

// Must be called once before QApplication is made. Registers the studio: scheme; draws by software where the
// machine has no graphics device (half the time from key to screen of an emulated one); switches off
// Chromium's sandbox for root, who cannot have it. What the environment already says stays.
void prepare_web_engine();

} // namespace studio::preview
