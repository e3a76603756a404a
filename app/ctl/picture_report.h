// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"
#include "media/imported_pictures.h"

namespace studio::ctl {

// What was copied, and what is to be done about the rest.
void add_pictures(Report &report, const media::ImportedPictures &pictures);

} // namespace studio::ctl
