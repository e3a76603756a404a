// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"

#include <optional>
#include <string>
#include <vector>

namespace studio::ctl {

struct Invocation {
    const Command *command = nullptr;
    Arguments arguments;
    GlobalOptions options;
};

// A parsed command line; or, without an invocation, the text to print instead and the exit code.
struct CommandLine {
    std::optional<Invocation> invocation;
    std::string message;
    int exit_code = 0;
    bool json = false; // --json was among the words
};

CommandLine parse_command_line(const std::vector<Command> &commands, const std::vector<std::string> &words);

} // namespace studio::ctl
