// SPDX-License-Identifier: Apache-2.0
#include "app/studio/start_trace.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace studio::app {

namespace {

// Seconds from boot to the start of this process: field 22 of /proc/self/stat, proc(5).
double process_start() {
    std::ifstream file("/proc/self/stat");
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    std::istringstream after_name(text.substr(text.rfind(')') + 1));
    std::string field;
    for (int number = 3; number <= 22; ++number) {
        after_name >> field;
    }
    return std::stod(field) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

} // namespace

void trace_start(std::string_view event) {
    static const char *wanted = std::getenv("COMPANION_STUDIO_START_TRACE");
    if (wanted == nullptr || std::string_view(wanted) != "1") {
        return;
    }
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    const double seconds = static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
    fmt::print(stderr, "{{\"event\":\"{}\",\"ms\":{:.0f}}}\n", event, (seconds - process_start()) * 1000);
    std::fflush(stderr);
}

} // namespace studio::app
