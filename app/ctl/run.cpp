// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/run.h"

#include "app/ctl/command_line.h"
#include "app/ctl/commands/account_commands.h"
#include "app/ctl/commands/analytics_commands.h"
#include "app/ctl/commands/audit_commands.h"
#include "app/ctl/commands/availability_commands.h"
#include "app/ctl/commands/backup_commands.h"
#include "app/ctl/commands/block_commands.h"
#include "app/ctl/commands/booking_commands.h"
#include "app/ctl/commands/booking_decision_commands.h"
#include "app/ctl/commands/calendar_commands.h"
#include "app/ctl/commands/database_commands.h"
#include "app/ctl/commands/experiment_commands.h"
#include "app/ctl/commands/experiment_statistics_commands.h"
#include "app/ctl/commands/measurement_commands.h"
#include "app/ctl/commands/outbox_commands.h"
#include "app/ctl/commands/photo_commands.h"
#include "app/ctl/commands/photo_store_commands.h"
#include "app/ctl/commands/privacy_commands.h"
#include "app/ctl/commands/revision_commands.h"
#include "app/ctl/commands/share_link_commands.h"
#include "app/ctl/commands/social_commands.h"
#include "app/ctl/commands/store_commands.h"
#include "app/ctl/commands/tenant_commands.h"
#include "app/ctl/commands/tenant_live_commands.h"
#include "app/ctl/commands/tenant_transfer_commands.h"
#include "app/ctl/commands/webhook_commands.h"
#include "app/ctl/commands/workspace_commands.h"
#include "app/ctl/failure.h"
#include "db/connection/error.h"
#include "media/asset_store.h"
#include "media/s3/error.h"
#include "models/editing/edit.h"

#include <fmt/format.h>
#include <unistd.h>

#include <ostream>

namespace studio::ctl {

namespace {

std::vector<Command> all_commands() {
    std::vector<Command> all;
    for (auto group : {workspace_commands,       database_commands,
                       tenant_commands,          tenant_live_commands,
                       tenant_transfer_commands, revision_commands,
                       account_commands,         photo_commands,
                       store_commands,           share_link_commands,
                       audit_commands,           experiment_commands,
                       booking_commands,         booking_decision_commands,
                       availability_commands,    calendar_commands,
                       outbox_commands,          block_commands,
                       webhook_commands,         privacy_commands,
                       backup_commands,          experiment_statistics_commands,
                       analytics_commands,       measurement_commands,
                       social_commands,          photo_store_commands}) {
        for (auto &command : group()) {
            all.push_back(std::move(command));
        }
    }
    return all;
}

std::string json_line(const models::Json &json) {
    return json.dump(-1, ' ', false, models::Json::error_handler_t::replace);
}

// Reports one error as lines of text or as one JSON object
// {"error":…,"kind":…,"issues":[{"field":…,"message":…}]}.
class ErrorReport final {
public:
    ErrorReport(std::ostream &err, bool json) : m_err(err), m_json(json) {}

    int tell(int exit_code, const std::string &kind, const std::string &message,
             const models::ValidationIssues &issues) const {
        if (!m_json) {
            for (const auto &issue : issues) {
                m_err << "companionctl: " << (issue.pointer.empty() ? "" : issue.pointer + ": ")
                      << issue.message << '\n';
            }
            if (issues.empty()) {
                m_err << "companionctl: " << message << '\n';
            }
            return exit_code;
        }
        models::Json list = models::Json::array();
        for (const auto &issue : issues) {
            list.push_back({{"field", issue.pointer}, {"message", issue.message}});
        }
        m_err << json_line({{"error", message}, {"kind", kind}, {"issues", list}}) << '\n';
        return exit_code;
    }

private:
    std::ostream &m_err;
    bool m_json;
};

// Exit code 1 promises that nothing was changed, so a failure after a commit is reported as 3.
int tell_failure(int exit_code, const std::string &kind, const std::string &message,
                 models::ValidationIssues issues, const ErrorReport &errors, const Context &context) {
    if (exit_code != 1 || !context.has_committed()) {
        return errors.tell(exit_code, kind, message, issues);
    }
    const char *partly = "Partly done. Running the command again is safe and does the rest.";
    issues.push_back({"", partly, models::Severity::Error});
    return errors.tell(3, "incomplete", message + " " + partly, issues);
}

// The command was done but its answer could not be written. Says so, because repeating it might create new
// passwords or restore twice.
int tell_unwritten(const Command &command, const ErrorReport &errors, const Context &context) {
    const bool made = context.has_committed() || command.noun == "backup" ||
                      (command.noun == "workspace" && command.verb != "status");
    if (!made) {
        return errors.tell(1, "io", "The answer could not be written.", {});
    }
    const std::string words = fmt::format("It is done; only the answer could not be written. Do not repeat "
                                          "\"companionctl {}\"; check the current state.",
                                          command.noun + (command.verb.empty() ? "" : " " + command.verb));
    return errors.tell(3, "incomplete", words, {{"", words, models::Severity::Error}});
}

// Tests the output with an empty write before the command runs, which fails on a full device.
bool output_is_writable() {
    return ::write(STDOUT_FILENO, "", 0) == 0;
}

int perform(const Invocation &invocation, Context &context, std::ostream &out, const ErrorReport &errors) {
    const auto tell = [&](int exit_code, const std::string &kind, const std::string &message,
                          models::ValidationIssues issues) {
        return tell_failure(exit_code, kind, message, std::move(issues), errors, context);
    };
    try {
        const Report report = invocation.command->run(context, invocation.arguments);
        out << (invocation.options.json ? json_line(report.data) + "\n" : report.text) << std::flush;
        return out ? report.exit_code : tell_unwritten(*invocation.command, errors, context);
    } catch (const UsageError &error) {
        return tell(2, "usage", error.what(), {{error.field(), error.what()}});
    } catch (const CommandFailure &failure) {
        return tell(1, "invalid", failure.what(), failure.issues());
    } catch (const PartlyDone &failure) {
        return tell(3, "incomplete", failure.what(), {{"", failure.what()}});
    } catch (const db::Error &error) {
        if (error.kind() == db::ErrorKind::Incomplete) {
            return tell(3, "incomplete", error.what(), {{"", error.what()}});
        }
        const std::string field =
            error.kind() == db::ErrorKind::Unreachable ? "--database" : error.constraint();
        return tell(1, std::string(db::to_string(error.kind())), error.what(), {{field, error.what()}});
    } catch (const models::EditError &error) {
        return tell(1, "invalid", error.what(), {{"PATH", error.what()}});
    } catch (const media::Error &error) {
        return tell(1, "media", error.what(), {{"FILE", error.what()}});
    } catch (const media::s3::Error &error) {
        return tell(1, "store", error.what(), {{"", error.what()}});
    } catch (const app::WorkspaceError &error) {
        return tell(1, "workspace", error.what(), {{"--workspace", error.what()}});
    } catch (const std::exception &error) {
        return tell(1, "other", error.what(), {});
    }
}

} // namespace

int run(const std::vector<std::string> &words, std::ostream &out, std::ostream &err) {
    const std::vector<Command> commands = all_commands();
    const CommandLine line = parse_command_line(commands, words);
    if (line.invocation) {
        const ErrorReport errors(err, line.invocation->options.json);
        if (!output_is_writable()) {
            return errors.tell(1, "io", "Standard output cannot be written: nothing was done.", {});
        }
        try {
            Context context(line.invocation->options);
            return perform(*line.invocation, context, out, errors);
        } catch (const UsageError &error) {
            return errors.tell(2, "usage", error.what(), {{error.field(), error.what()}});
        } catch (const app::WorkspaceError &error) {
            return errors.tell(1, "io", error.what(), {{"--database", error.what()}});
        }
    }
    if (line.exit_code == 0) {
        out << line.message;
    } else {
        ErrorReport(err, line.json).tell(line.exit_code, "usage", line.message, {});
    }
    return line.exit_code;
}

} // namespace studio::ctl
