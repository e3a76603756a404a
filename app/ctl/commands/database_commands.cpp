// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/database_commands.h"

#include "app/ctl/failure.h"
#include "app/workspace/demo_seed.h"
#include "db/provision/migrator.h"

#include <fmt/format.h>

namespace studio::ctl {

namespace {

Report migrate(Context &context, const Arguments &) {
    db::Session &owner = context.owner_session();
    Report report;
    models::Json list = models::Json::array();
    int applied = 0;
    const db::AppliedSchema schema = db::migrate(owner);
    for (const auto &migration : schema.migrations) {
        list.push_back(
            {{"number", migration.number}, {"name", migration.name}, {"appliedNow", migration.applied_now}});
        if (migration.applied_now) {
            ++applied;
            report.text += fmt::format("Applied {}.\n", migration.name);
        }
    }
    if (schema.definitions_applied_now) {
        report.text += "Applied the functions, views, triggers, policies and grants.\n";
    }
    report.data = {{"applied", applied},
                   {"definitionsAppliedNow", schema.definitions_applied_now},
                   {"migrations", std::move(list)}};
    if (report.text.empty()) {
        report.text = "The database is up to date.\n";
    }
    return report;
}

Report seed(Context &context, const Arguments &) {
    const auto media = context.media_root();
    context.session().ping();
    try {
        app::seed_demo(context.session(), media);
    } catch (const std::exception &error) { // pictures are stored before the rows that show them
        throw PartlyDone(
            fmt::format("The demo is incomplete: {} Run it again to create what is missing.", error.what()));
    }
    return {{{"seeded", true}, {"media", media.string()}}, "The demo tenants exist.\n"};
}

} // namespace

std::vector<Command> database_commands() {
    return {
        {"migrate",
         "",
         "Brings the database's schema up to date",
         "companionctl migrate --database postgresql://studio_owner:…@db.example/studio",
         {},
         {},
         migrate},
        {"seed", "", "Creates the missing demo tenants", "companionctl seed", {}, {}, seed},
    };
}

} // namespace studio::ctl
