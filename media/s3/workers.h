// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/s3/store_copy.h"

#include <functional>
#include <string>
#include <vector>

namespace studio::media::s3 {

// Does `work` for each key, in several threads with a connection each. `failed` is told of what it throws.
// Both are called by several threads at once.
void for_each_key(const CopyTarget &bucket, const std::vector<std::string> &keys,
                  const std::function<void(Connection &connection, const std::string &key)> &work,
                  const std::function<void(const std::string &key, const std::string &message)> &failed);

} // namespace studio::media::s3
