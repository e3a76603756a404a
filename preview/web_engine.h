// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace studio::preview {

// Must be called once before QApplication is created. Registers the scheme studio:; uses software rendering
// where the machine has no graphics device (twice as fast from key to screen as an emulated device); switches
// Chromium's sandbox off for root, for whom it cannot start. Variables that the environment already sets are
// not changed.
void prepare_web_engine();

} // namespace studio::preview
