// SPDX-License-Identifier: Apache-2.0
#include "ui/page.h"
