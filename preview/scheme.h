// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace studio::preview {

// Must be called before QApplication is made: WebEngine fixes its schemes at start.
void register_scheme();

inline constexpr const char *scheme_name = "studio";
// The draft's page; /static/… and /media/… are below the same origin.
inline constexpr const char *page_address = "studio://preview/";

} // namespace studio::preview
