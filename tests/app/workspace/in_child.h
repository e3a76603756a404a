// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

namespace studio::app {

// Runs the function in a forked process and returns its result, or "threw: " and the exception's text. For
// changes that affect a whole process: its user, its mounts.
std::string in_child(const std::function<std::string()> &function);

// In a child only: becomes the system user "nobody".
void become_nobody();
// In a child only: puts an empty file system of so many MB at the directory, for this process and its
// children.
void mount_small_disk(const std::string &directory, int megabytes);

} // namespace studio::app
