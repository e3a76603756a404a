// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace studio::preview {

// Must be called before QApplication is created, because WebEngine accepts no new schemes afterwards.
void register_scheme();

inline constexpr const char *scheme_name = "studio";
// The address of the draft's page; /static/… and /media/… are on the same origin.
inline constexpr const char *page_address = "studio://preview/";

} // namespace studio::preview
