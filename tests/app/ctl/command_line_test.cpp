// SPDX-License-Identifier: Apache-2.0
#include "tests/app/ctl/companionctl.h"
#include "tests/db/fixtures/sql.h"

#include <gmock/gmock.h>

#include <set>
#include <sstream>

using namespace studio::ctl_tests;
using testing::HasSubstr;

TEST(CommandLine, WithoutWordsSaysHowToGetHelp) {
    const Answer nothing = run({});
    EXPECT_EQ(nothing.exit_code, 2);
    EXPECT_THAT(nothing.err, HasSubstr("companionctl --help"));
    EXPECT_EQ(nothing.out, "");
}

TEST(CommandLine, HelpListsTheNounsAndExplainsEachCommandWithAnExample) {
    const Answer help = run({"--help"});
    EXPECT_EQ(help.exit_code, 0);
    for (const char *noun : {"workspace", "migrate", "seed", "tenant", "revision", "account", "photo",
                             "share-link", "audit", "backup"}) {
        EXPECT_THAT(help.out, HasSubstr(noun));
    }
    const Answer set = run({"tenant", "set", "--help"});
    EXPECT_EQ(set.exit_code, 0);
    EXPECT_THAT(set.out, HasSubstr("Example: companionctl tenant set claire theme.colors.primary '#123456'"));
}

TEST(CommandLine, WrongWordsExitWithTwoAndNameThem) {
    const auto says = [](const std::vector<std::string> &words, const std::string &sentences) {
        const Answer refused = run(words);
        EXPECT_EQ(refused.exit_code, 2);
        EXPECT_EQ(refused.err, "companionctl: " + sentences + "\n");
        EXPECT_EQ(refused.out, "");
    };
    says({"tennant", "list"}, "There is no command \"tennant\". See \"companionctl --help\".");
    says({"--workspace=here", "tennant"}, "There is no command \"tennant\". See \"companionctl --help\".");
    says({"tenant"}, "\"tenant\" needs a verb. See \"companionctl tenant --help\".");
    says({"tenant", "shwo"}, "There is no command \"tenant shwo\". See \"companionctl tenant --help\".");
    says({"tenant", "shwo", "claire"},
         "There is no command \"tenant shwo\". See \"companionctl tenant --help\".");
    says({"--workspace", "here", "tenant", "shwo"},
         "There is no command \"tenant shwo\". See \"companionctl tenant --help\".");
    says({"tenant", "show"}, "TENANT is required. See \"companionctl tenant show --help\".");
    says({"tenant", "list", "claire"}, "The following argument was not expected: claire. See \"companionctl "
                                       "tenant list --help\".");
    says({"seed", "surplus"},
         "The following argument was not expected: surplus. See \"companionctl seed --help\".");
    const Answer option = run({"tenant", "list", "--colour"});
    EXPECT_EQ(option.exit_code, 2);
    EXPECT_THAT(option.err, HasSubstr("--colour. See \"companionctl tenant list --help\"."));
}

// The list under "Subcommands:", each line its name and what it is.
TEST(CommandLine, HelpDescribesEveryNounAndVerb) {
    std::set<std::string> nouns;
    const auto expect_described = [](const std::string &help, std::set<std::string> &names) {
        std::istringstream lines(help.substr(std::min(help.find("ubcommands:"), help.find("UBCOMMANDS:"))));
        std::string line;
        std::getline(lines, line);
        while (std::getline(lines, line) && line.starts_with("  ")) {
            std::istringstream words(line);
            std::string name, description;
            words >> name >> description;
            EXPECT_FALSE(description.empty()) << line;
            names.insert(name);
        }
    };
    expect_described(run({"--help"}).out, nouns);
    EXPECT_GE(nouns.size(), 15U);
    for (const char *noun : {"analytics", "social", "tenant"}) {
        std::set<std::string> verbs;
        const std::string help = run({noun, "--help"}).out;
        expect_described(help, verbs);
        EXPECT_FALSE(verbs.empty());
        EXPECT_FALSE(help.starts_with("\n")) << "its own help begins with what it is";
    }
}

TEST(CommandLine, ErrorsAreJsonOnStandardErrorWithJson) {
    const Answer answer = run({"tenant", "show", "--json"});
    EXPECT_EQ(answer.exit_code, 2);
    const auto error = studio::models::Json::parse(answer.err, nullptr, false);
    ASSERT_TRUE(error.is_object()) << answer.err;
    EXPECT_EQ(error["kind"], "usage");
}

TEST(CommandLine, AWorkspaceThatDoesNotRunIsNamed) {
    const Answer answer = run({"tenant", "list", "--workspace", (scratch() / "none").string()});
    EXPECT_EQ(answer.exit_code, 1);
    EXPECT_THAT(answer.err, HasSubstr("--workspace: "));
    EXPECT_THAT(answer.err, HasSubstr("\"companionctl workspace start --workspace " +
                                      (scratch() / "none").string() + "\""));
    const Answer spaced = run({"tenant", "list", "--workspace", (scratch() / "not there").string()});
    EXPECT_THAT(spaced.err, HasSubstr("start --workspace '" + (scratch() / "not there").string() + "'\""));
}

TEST(CommandLine, ADatabaseThatIsDownIsAnErrorAndNotAnEmptyList) {
    const Answer answer =
        run({"tenant", "list", "--json", "--database", "postgresql://nobody:x@127.0.0.1:1/none"});
    EXPECT_EQ(answer.exit_code, 1);
    EXPECT_EQ(answer.out, "");
    const auto error = studio::models::Json::parse(answer.err, nullptr, false);
    ASSERT_TRUE(error.is_object()) << answer.err;
    EXPECT_EQ(error["issues"][0]["field"], "--database");
    const Answer nonsense = run({"tenant", "list", "--database", "not a url"});
    EXPECT_EQ(nonsense.exit_code, 2);
    EXPECT_THAT(nonsense.err, HasSubstr("--database: must be a URL"));
}

TEST(Workspace, StatusTellsAddressesAndTwoStartsAreOne) {
    const auto status = answer({"workspace", "status"});
    EXPECT_EQ(status["running"], true);
    EXPECT_THAT(status["logins"]["operator"].get<std::string>(), HasSubstr("postgresql://u"));
    EXPECT_EQ(answer({"workspace", "start"})["port"], status["port"]);
    EXPECT_EQ(run({"workspace", "status", "--workspace", (scratch() / "none").string(), "--json"})
                  .json()["running"],
              false);
    EXPECT_EQ(
        run({"workspace", "stop", "--workspace", (scratch() / "none").string(), "--json"}).json()["stopped"],
        false);
    EXPECT_EQ(run({"workspace", "status", "--database", "postgresql://x@y/z"}).exit_code, 2);
}

TEST(Workspace, StatusShowsPasswordsOnlyWhereTheyAreAskedFor) {
    const std::string url = answer({"workspace", "status"})["logins"]["owner"].get<std::string>();
    const std::size_t colon = url.find(':', url.find("://") + 3);
    const std::string password = url.substr(colon + 1, url.find('@') - colon - 1);
    ASSERT_GE(password.size(), 8U);
    const Answer plain = ctl({"workspace", "status"});
    EXPECT_EQ(plain.exit_code, 0);
    EXPECT_THAT(plain.out, HasSubstr("  owner: " + url.substr(0, colon) + url.substr(url.find('@')) + "\n"));
    EXPECT_THAT(plain.out, testing::Not(HasSubstr(password)));
    EXPECT_THAT(ctl({"workspace", "status", "--passwords"}).out, HasSubstr("  owner: " + url + "\n"));
}

TEST(Workspace, OfAnotherBuildDoesNotStartAndSaysWhy) {
    const std::string other = (scratch() / "other-build").string();
    ASSERT_EQ(run({"workspace", "start", "--empty", "--workspace", other}).exit_code, 0);
    const auto status = run({"workspace", "status", "--json", "--workspace", other}).json();
    EXPECT_EQ(status["cluster"].get<std::string>().find("/"), 0U);
    studio::db::Sql(status["logins"]["owner"].get<std::string>())
        .done("UPDATE schema_migrations SET checksum = 'x' WHERE number = 1");
    const Answer refused = run({"workspace", "start", "--workspace", other});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_EQ(refused.out, "");
    EXPECT_THAT(refused.err, testing::AllOf(HasSubstr("--workspace: "), HasSubstr("another build"),
                                            HasSubstr("0001_roles"), HasSubstr("Nothing was changed")));
    const Answer migrate = run({"migrate", "--database", status["logins"]["owner"].get<std::string>()});
    EXPECT_EQ(migrate.exit_code, 1);
    EXPECT_THAT(migrate.err, HasSubstr("another build"));
    EXPECT_EQ(run({"workspace", "remove", "--yes", "--workspace", other}).exit_code, 0);
}

TEST(Migrate, OfAnUpToDateDatabaseAppliesNothing) {
    const auto migrated = answer({"migrate"});
    EXPECT_EQ(migrated["applied"], 0);
    EXPECT_GE(migrated["migrations"].size(), 7U);
    EXPECT_EQ(run({"migrate", "--database", "postgresql://nobody@127.0.0.1:1/x"}).exit_code, 1);
}

TEST(CommandLine, AnAnswerThatCannotBeWrittenIsToldWithWhatWasDone) {
    make_tenant("unheard");
    const auto at = [](const std::string &before, const std::string &output, const std::string &value) {
        const char *programs = std::getenv("STUDIO_BIN_DIR");
        const std::string command = before + std::string(programs ? programs : "build/bin") +
                                    "/companionctl tenant set unheard content.tagline " + value +
                                    " --workspace " + workspace() + " >" + output;
        return WEXITSTATUS(std::system(("bash -c '" + command + "' 2>/dev/null").c_str()));
    };
    EXPECT_EQ(at("", "/dev/full", "Full"), 1);
    EXPECT_NE(answer({"tenant", "show", "unheard", "content.tagline"}), "Full");
    const std::string file = (scratch() / "limited").string(); // takes no byte, and says so at the first only
    EXPECT_EQ(at("trap \"\" XFSZ; ulimit -f 0; ", file, "Done"), 3);
    EXPECT_EQ(answer({"tenant", "show", "unheard", "content.tagline"}), "Done");
}
