// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/run.h"

#include "app/ctl/command_line.h"
#include "app/ctl/failure.h"
#include "db/error.h"
#include "media/asset_store.h"
#include "models/edit.h"

#include <fmt/format.h>

#include <ostream>

namespace studio::ctl {

namespace {

std::vector<Command> all_commands() {
    std::vector<Command> all;
    for (auto group :
         {workspace_commands, database_commands, tenant_commands, tenant_live_commands,
          tenant_transfer_commands, revision_commands, account_commands, photo_commands, share_link_commands,
          audit_commands, experiment_commands, booking_commands, privacy_commands, backup_commands,
          experiment_statistics_commands, analytics_commands, measurement_commands, social_commands}) {
        for (auto &command : group())
            all.push_back(std::move(command));
    }
    return all;
}

std::string json_line(const models::Json &json) {
    return json.dump(-1, ' ', false, models::Json::error_handler_t::replace);
}

// One error, told as lines or as one JSON object {"error":…,"kind":…,"issues":[{"field":…,"message":…}]}.
class ErrorReport final {
public:
    ErrorReport(std::ostream &err, bool json) : m_err(err), m_json(json) {}

    int tell(int exit_code, const std::string &kind, const std::string &message,
             const models::ValidationIssues &issues) const {
        if (!m_json) {
            for (const auto &issue : issues)
                m_err << "companionctl: " << (issue.pointer.empty() ? "" : issue.pointer + ": ")
                      << issue.message << '\n';
            if (issues.empty())
                m_err << "companionctl: " << message << '\n';
            return exit_code;
        }
        models::Json list = models::Json::array();
        for (const auto &issue : issues)
            list.push_back({{"field", issue.pointer}, {"message", issue.message}});
        m_err << json_line({{"error", message}, {"kind", kind}, {"issues", list}}) << '\n';
        return exit_code;
    }

private:
    std::ostream &m_err;
    bool m_json;
};

int perform(const Invocation &invocation, std::ostream &out, const ErrorReport &errors) {
    try {
        Context context(invocation.options);
        const Report report = invocation.command->run(context, invocation.arguments);
        out << (invocation.options.json ? json_line(report.data) + "\n" : report.text) << std::flush;
        if (!out)
            return errors.tell(1, "io", "The answer could not be written.", {});
        return 0;
    } catch (const UsageError &error) {
        return errors.tell(2, "usage", error.what(), {{error.field(), error.what()}});
    } catch (const CommandFailure &failure) {
        return errors.tell(1, "invalid", failure.what(), failure.issues());
    } catch (const db::Error &error) {
        const std::string field =
            error.kind() == db::ErrorKind::Unreachable ? "--database" : error.constraint();
        return errors.tell(1, std::string(db::to_string(error.kind())), error.what(),
                           {{field, error.what()}});
    } catch (const models::EditError &error) {
        return errors.tell(1, "invalid", error.what(), {{"PATH", error.what()}});
    } catch (const media::Error &error) {
        return errors.tell(1, "media", error.what(), {{"FILE", error.what()}});
    } catch (const app::WorkspaceError &error) {
        return errors.tell(1, "workspace", error.what(), {{"--workspace", error.what()}});
    } catch (const std::exception &error) {
        return errors.tell(1, "other", error.what(), {});
    }
}

} // namespace

int run(const std::vector<std::string> &words, std::ostream &out, std::ostream &err) {
    const std::vector<Command> commands = all_commands();
    const CommandLine line = parse_command_line(commands, words);
    if (line.invocation)
        return perform(*line.invocation, out, ErrorReport(err, line.invocation->options.json));
    if (line.exit_code == 0)
        out << line.message;
    else
        ErrorReport(err, line.json)
            .tell(line.exit_code, "usage", line.message + " See \"companionctl --help\".", {});
    return line.exit_code;
}

} // namespace studio::ctl
