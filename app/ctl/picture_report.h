// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"
#include "media/imported_pictures.h"

namespace studio::ctl {

// Adds which pictures were copied, and what to do about the others.
void add_pictures(Report &report, const media::ImportedPictures &pictures);

} // namespace studio::ctl
