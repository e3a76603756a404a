// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/command_line.h"

#include "base/version.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>

namespace studio::ctl {

namespace {

const std::map<std::string, std::string> noun_summaries = {
    {"workspace", "The local workspace: database, media and settings on this computer"},
    {"tenant", "Companions and their sites"},
    {"revision", "The history of a site"},
    {"account", "Logins of people"},
    {"photo", "Photos of a site"},
    {"share-link", "Links that open a draft without signing in"},
    {"audit", "Who changed what"},
    {"experiment", "A/B tests of what visitors see"},
    {"booking", "Booking requests and what is decided about them"},
    {"availability", "When a companion can be booked"},
    {"tour", "Stays in other cities"},
    {"calendar", "Busy times of other calendars, and secret addresses for a calendar program"},
    {"outbox", "Emails and notifications that could not be delivered"},
    {"store", "Where the platform keeps its photos: a folder or a bucket"},
    {"block", "Clients whose requests are stored as spam"},
    {"webhook", "Addresses that are notified of new bookings"},
    {"jobs", "Jobs that run on their own, run now"},
    {"backup", "Backups of database and photos in one file"},
    {"analytics", "The figures of visits, and how well the public service runs"},
    {"social", "Figures of social media"},
};

// The values of one command's arguments.
struct Slot {
    std::string name;
    std::vector<std::string> values;
    bool on = false;
    CLI::Option *option = nullptr;
};

class Parser final {
public:
    explicit Parser(const std::vector<Command> &commands)
        : m_app("Runs a platform of companion sites.", "companionctl") {
        prepare(m_app);
        m_app.set_version_flag("--version", fmt::format("companionctl {}", base::version()));
        for (const auto &command : commands) {
            add(command);
        }
        m_app.footer("Exit codes: 0 done, 1 failed and nothing was changed, 2 wrong command line, 3 partly "
                     "done and safe to run again. Errors go to standard error and name the "
                     "field.\n\"companionctl NOUN VERB --help\" explains a command with an example.");
    }

    CommandLine parse(const std::vector<std::string> &words) {
        CommandLine line;
        line.json = std::find(words.begin(), words.end(), "--json") != words.end();
        std::vector<std::string> reversed(words.rbegin(), words.rend());
        try {
            m_app.parse(reversed);
        } catch (const CLI::Success &success) {
            std::ostringstream out;
            m_app.exit(success, out, out);
            line.message = out.str();
            return line;
        } catch (const CLI::ParseError &error) {
            line.message = problem(words, error.what());
            line.exit_code = 2;
            return line;
        }
        line.invocation = invocation();
        return line;
    }

private:
    struct Leaf {
        const Command *command;
        CLI::App *app;
        std::vector<Slot *> slots;
    };

    // The noun and the verb from the command line; fewer words where options other than the common ones come
    // before them.
    static std::vector<std::string> noun_and_verb(const std::vector<std::string> &words) {
        std::vector<std::string> found;
        for (std::size_t at = 0; at < words.size() && found.size() < 2; ++at) {
            const std::string &word = words[at];
            if (word == "--database" || word == "--workspace" || word == "--media") {
                ++at;
            } else if (!word.starts_with('-')) {
                found.push_back(word);
            } else if (word != "--json" && word.find('=') == std::string::npos) {
                break;
            }
        }
        return found;
    }

    // What is wrong, as a sentence, and which --help shows the right form.
    std::string problem(const std::vector<std::string> &words, const std::string &reason) const {
        const std::vector<std::string> named = noun_and_verb(words);
        const auto with_help = [](std::string sentence, const std::string &command) {
            if (!sentence.ends_with('.')) {
                sentence += '.';
            }
            return sentence + " See \"companionctl " + command + "--help\".";
        };
        if (named.empty()) {
            return with_help(words.empty() ? "No command is given" : reason, "");
        }
        const auto is_command = [&](const auto &is_it) {
            return std::any_of(m_leaves.begin(), m_leaves.end(),
                               [&](const Leaf &leaf) { return is_it(*leaf.command); });
        };
        if (!is_command([&](const Command &command) { return command.noun == named[0]; })) {
            return with_help("There is no command \"" + named[0] + "\"", "");
        }
        const std::string in_noun = named[0] + " ";
        if (!m_nouns.contains(named[0])) {
            return with_help(reason, in_noun);
        }
        if (named.size() < 2) {
            return with_help(words.back() == named[0] ? "\"" + named[0] + "\" needs a verb" : reason,
                             in_noun);
        }
        if (!is_command([&](const Command &command) {
                return command.noun == named[0] && command.verb == named[1];
            })) {
            return with_help("There is no command \"" + named[0] + " " + named[1] + "\"", in_noun);
        }
        return with_help(reason, in_noun + named[1] + " ");
    }

    void prepare(CLI::App &app) {
        app.set_help_flag("--help,-h", "Show this help");
        app.add_option("--database", m_database,
                       "Use this database: postgresql://LOGIN@HOST/NAME, or @FILE with its URL; also from "
                       "the variable STUDIO_DATABASE_URL")
            ->type_name("URL");
        app.add_option("--workspace", m_workspace, "Use this local workspace instead of the default")
            ->type_name("DIR");
        app.add_option("--media", m_media, "The folder that is served at /media")->type_name("DIR");
        app.add_flag("--json", m_json, "Print one line of JSON");
    }

    void add(const Command &command) {
        CLI::App *app = nullptr;
        if (command.verb.empty()) {
            app = m_app.add_subcommand(command.noun, command.summary);
        } else {
            CLI::App *&noun = m_nouns[command.noun];
            if (!noun) {
                const auto summary = noun_summaries.find(command.noun);
                noun = m_app.add_subcommand(command.noun,
                                            summary == noun_summaries.end() ? "" : summary->second);
                prepare(*noun);
                noun->require_subcommand(1);
            }
            app = noun->add_subcommand(command.verb, command.summary);
        }
        m_app.require_subcommand(1);
        prepare(*app);
        app->footer("Example: " + command.example);
        Leaf leaf{&command, app, {}};
        for (const auto &positional : command.positionals) {
            leaf.slots.push_back(&add_positional(*app, positional));
        }
        for (const auto &option : command.options) {
            leaf.slots.push_back(&add_option(*app, option));
        }
        m_leaves.push_back(std::move(leaf));
    }

    Slot &add_positional(CLI::App &app, const Positional &positional) {
        Slot &slot = m_slots.emplace_back();
        slot.name = positional.name;
        slot.option = app.add_option(positional.name, slot.values, positional.help)->type_name("");
        slot.option->allow_extra_args(false);
        if (positional.arity == Positional::Arity::Repeated) {
            slot.option->expected(1, 10'000)->required();
        } else {
            slot.option->expected(1)->required(positional.arity == Positional::Arity::Required);
        }
        return slot;
    }

    Slot &add_option(CLI::App &app, const Option &option) {
        Slot &slot = m_slots.emplace_back();
        slot.name = option.name;
        if (option.value.empty()) {
            slot.option = app.add_flag(option.name, slot.on, option.help);
        } else {
            slot.option = app.add_option(option.name, slot.values, option.help)
                              ->type_name(option.value)
                              ->allow_extra_args(false)
                              ->expected(1)
                              ->required(option.required);
        }
        return slot;
    }

    std::optional<Invocation> invocation() const {
        for (const auto &leaf : m_leaves) {
            if (!leaf.app->parsed()) {
                continue;
            }
            Invocation invocation{leaf.command, {}, {m_database, m_workspace, m_media, m_json}};
            for (const Slot *slot : leaf.slots) {
                if (slot->option->count() > 0) {
                    invocation.arguments.set(slot->name, slot->values);
                }
            }
            return invocation;
        }
        return std::nullopt;
    }

    CLI::App m_app;
    std::optional<std::string> m_database, m_workspace, m_media;
    bool m_json = false;
    std::map<std::string, CLI::App *> m_nouns;
    std::deque<Slot> m_slots;
    std::vector<Leaf> m_leaves;
};

} // namespace

CommandLine parse_command_line(const std::vector<Command> &commands, const std::vector<std::string> &words) {
    return Parser(commands).parse(words);
}

} // namespace studio::ctl
