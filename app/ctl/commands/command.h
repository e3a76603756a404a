// SPDX-License-Identifier: Apache-2.0
// What a command of companionctl is: a row of a table.
#pragma once

#include "app/ctl/arguments.h"
#include "app/ctl/context.h"
#include "models/json/json.h"

#include <functional>
#include <string>
#include <vector>

namespace studio::ctl {

// What a command prints: `data` with --json, else `text`. `exit_code` is 3 if something could not be done,
// which the text then names.
struct Report {
    models::Json data = models::Json::object();
    std::string text;
    int exit_code = 0;
};

struct Positional {
    enum class Arity { Required, Optional, Repeated };
    std::string name; // "TENANT"
    std::string help;
    Arity arity = Arity::Required;
};

struct Option {
    std::string name;  // "--note"
    std::string value; // "TEXT"; "" for a switch
    std::string help;
    bool required = false;
};

struct Command {
    std::string noun, verb; // verb "" where the noun is the command
    std::string summary;    // shown in the list of commands
    std::string example;    // a whole command line
    std::vector<Positional> positionals;
    std::vector<Option> options;
    std::function<Report(Context &, const Arguments &)> run;
};

} // namespace studio::ctl
