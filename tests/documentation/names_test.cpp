// SPDX-License-Identifier: Apache-2.0
// Names on which people and scripts rely are in the code and in the documents: each set must be the same in
// both.
#include "tests/documentation/text_files.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cctype>

namespace studio::tests {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;

std::string document(const std::string &name) {
    return read_text(source_root() / "docs" / name);
}

std::string source(const std::string &folder, const std::vector<std::string> &endings = {".cpp"}) {
    return text_of(files_below(folder, endings));
}

void without(Names &names, const Names &others) {
    for (const std::string &other : others) {
        names.erase(other);
    }
}

// Fails if one set has a name that the other lacks, and if there are fewer names than expected, because then
// a pattern of this test does not match any more.
void expect_same(const Names &code, const Names &documents, std::size_t at_least) {
    Names undocumented = code, unknown = documents;
    without(undocumented, documents);
    without(unknown, code);
    EXPECT_THAT(undocumented, IsEmpty()) << "in the code, but not in the documents";
    EXPECT_THAT(unknown, IsEmpty()) << "in the documents, but not in the code";
    EXPECT_GE(code.size(), at_least);
}

Names spans_of_first_cells(const std::string &text) {
    Names names;
    for (const std::string &cell : first_cells(text)) {
        for (const std::string &span : code_spans(cell)) {
            names.insert(span);
        }
    }
    return names;
}

// "noun verb", or the noun alone where it is the whole command.
Names commands_in_code() {
    const std::string text = source("app/ctl", {"_commands.cpp"});
    Names commands = matches_in(text, R"re(\{"([a-z][a-z-]*)",\s*"",)re");
    for (std::string command : matches_in(text, R"re(\{("[a-z][a-z-]*",\s*"[a-z-]+"),\s*"[A-Z])re")) {
        command.erase(std::remove_if(command.begin(), command.end(),
                                     [](unsigned char c) { return c == '"' || std::isspace(c); }),
                      command.end());
        std::replace(command.begin(), command.end(), ',', ' ');
        commands.insert(command);
    }
    return commands;
}

TEST(Documentation, NamesEveryCommandOfCompanionctl) {
    const Names code = commands_in_code();
    Names documented;
    for (const std::string &cell : first_cells(document("companionctl.md"))) {
        for (const std::string &span :
             code_spans(cell.substr(0, std::min(cell.size(), cell.find("`:")) + 1))) {
            const Names first_words = matches_in(span, "^([a-z][a-z-]*)"),
                        two_words = matches_in(span, "^([a-z][a-z-]* [a-z-]+)");
            const Names &words =
                two_words.empty() || code.contains(*first_words.begin()) ? first_words : two_words;
            documented.insert(words.begin(), words.end());
        }
    }
    expect_same(code, documented, 50);
}

TEST(Documentation, NamesEveryOptionOfCompanionctl) {
    Names code =
        matches_in(source("app/ctl", {"_commands.cpp"}), R"re(\{\s*"(--[a-z-]+)",\s*"[A-Za-z|]*",)re");
    code.merge(
        matches_in(source("app/ctl", {"command_line.cpp"}), R"re((?:add_option|_flag)\("(--[a-z-]+)")re"));
    code.insert("--help"); // handled by the parser itself
    Names documented;
    for (const std::string &span : code_spans(document("companionctl.md"))) {
        documented.merge(matches_in(span, "(--[a-z-]+)"));
    }
    expect_same(code, documented, 30);
}

TEST(Documentation, NamesEveryJobOfCompanionctl) {
    const Names code =
        matches_in(source("app/ctl", {"privacy_commands.cpp"}), R"re(name [!=]= "([a-z_]+)")re");
    expect_same(code, matches_in(document("companionctl.md"), "`jobs run ([a-z_]+)`"), 2);
}

TEST(Documentation, NamesEveryPageAndOptionOfTheStudio) {
    const std::string desktop = document("desktop.md");
    const Names pages = matches_in(source("app/studio", {"page_list.cpp"}),
                                   R"re(return \{\s*QStringLiteral\("([a-z]+)"\), ui::)re");
    Names documented = matches_in(desktop, R"re(\n\| `--page NAME` \| [^\n]*?: ([^\n]*) \|\n)re");
    ASSERT_EQ(documented.size(), 1u);
    const auto spans = code_spans(*documented.begin());
    expect_same(pages, Names(spans.begin(), spans.end()), 7);
    const Names options = matches_in(source("app/studio", {"options.cpp"}),
                                     R"re(QCommandLineOption [a-z_]+\(\s*\{?(?:"h", )?"([a-z-]+)")re");
    expect_same(options, matches_in(desktop, R"re(`--([a-z-]+)[ `])re"), 7);
}

TEST(Documentation, NamesEveryLogEventOfTheService) {
    const std::string code = source("renderer");
    Names events = matches_in(code, R"re(log[.](?:debug|info|warning|error)\(\s*"([a-z_]+)")re");
    events.merge(matches_in(code, R"re(log[.]warning\(dead \? "([a-z_]+)")re"));
    events.merge(matches_in(code, R"re(log[.]warning\(dead \? "[a-z_]+"\s*: "([a-z_]+)")re"));
    events.merge(matches_in(code, R"re(\{m_log, "([a-z_]+)",)re"));
    events.merge(
        matches_in(read_text(source_root() / "renderer/support/log.cpp"), R"re(error\("([a-z_]+)", \{)re"));
    std::string log = section(document("operations.md"), "## Log");
    log.erase(0, log.find("Events:"));
    const auto spans = code_spans(log);
    expect_same(events, Names(spans.begin(), spans.end()), 35);
}

TEST(Documentation, NamesEveryVariableOfTheEnvironment) {
    const std::string operations = document("operations.md");
    const Names code = matches_in(read_text(source_root() / "renderer/configuration.cpp"),
                                  R"re(environment, "([A-Z_]+)"[,)])re");
    const Names documented = spans_of_first_cells(section(operations, "## Environment"));
    expect_same(code, documented, 20);
    Names examples =
        matches_in(read_text(source_root() / "deploy/renderer.env.example"), R"re(\n([A-Z_]+)=)re");
    without(examples, code);
    EXPECT_THAT(examples, IsEmpty()) << "in renderer.env.example alone";

    Names others = matches_in(source("app"), R"re(getenv\("([A-Z_]*STUDIO[A-Z_]*)"\))re");
    EXPECT_GE(others.size(), 2u);
    without(others, matches_in(document("companionctl.md") + document("desktop.md"),
                               R"re(`([A-Z_]*STUDIO[A-Z_]*))re"));
    EXPECT_THAT(others, IsEmpty()) << "variables of the other programs that their documents do not name";
}

TEST(Documentation, NamesEveryMetric) {
    Names code;
    for (std::string name :
         matches_in(source("renderer", {"metrics.cpp"}), R"re("((?:companion|process)_[a-z_]+))re")) {
        for (const char *part : {"_bucket", "_sum", "_count"}) {
            if (name.ends_with(part)) {
                name.resize(name.size() - std::string_view(part).size());
            }
        }
        code.insert(name);
    }
    Names documented;
    for (const std::string &span : spans_of_first_cells(section(document("operations.md"), "## Metrics"))) {
        documented.insert(span.substr(0, span.find('{')));
    }
    expect_same(code, documented, 30);
}

TEST(Documentation, NamesEveryLockOfTheJobs) {
    const std::string migrations = source("db/migrations", {".sql"});
    const std::size_t begin = migrations.find("INSERT INTO job_locks"), end = migrations.find(';', begin);
    const Names code = matches_in(migrations.substr(begin, end - begin), R"re(\('([a-z_]+)'\))re");
    expect_same(
        code, matches_in(section(document("operations.md"), "### Locks of jobs"), R"re(\| `([a-z_]+)` \|)re"),
        6);
}

TEST(Documentation, NamesEveryRoute) {
    Names code = matches_in(source("renderer"), R"re(path [!=]= "(/[^"]*)")re");
    code.merge(matches_in(source("renderer"), R"re([a-z]+_(?:prefix|path) = "(/[a-z/-]+)")re"));
    const std::string api = document("http-api.md");
    Names documented = matches_in(api, R"re(\n### (?:GET|POST) (/\S+)\n)re");
    for (const std::string &span : spans_of_first_cells(section(api, "## Routes"))) {
        const std::string path =
            span.substr(span.find('/') == std::string::npos ? span.size() : span.find('/'));
        const std::size_t name = path.find_first_of("?ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        if (!path.empty()) {
            documented.insert(path.substr(0, name));
        }
    }
    expect_same(code, documented, 15);
}

TEST(Documentation, NamesEveryTableOfTheDatabase) {
    Names code = matches_in(source("db/migrations", {".sql"}), R"re(CREATE (?:UNLOGGED )?TABLE ([a-z_]+))re");
    code.merge(matches_in(source("db", {".cpp"}), R"re(CREATE TABLE (?:IF NOT EXISTS )?(schema_[a-z]+))re"));
    expect_same(code, spans_of_first_cells(section(document("database.md"), "## Tables")), 35);
}

TEST(Documentation, NamesTestsThatExist) {
    Names tests;
    for (std::string name :
         matches_in(source("tests", {"_test.cpp"}), R"re(TEST(?:_F|_P)?\((\w+,\s*\w+)\))re")) {
        name.erase(std::remove_if(name.begin(), name.end(), [](unsigned char c) { return std::isspace(c); }),
                   name.end());
        name[name.find(',')] = '.';
        tests.insert(name);
    }
    Names named = matches_in(document("privacy.md"), R"re(`([A-Za-z]+\.[A-Za-z]{4,})`)re");
    EXPECT_GE(named.size(), 15u);
    without(named, tests);
    EXPECT_THAT(named, IsEmpty());
}

TEST(Documentation, HasFiguresOfEveryBench) {
    Names code;
    for (const fs::path &file : files_below("tests/bench", {".sh"})) {
        if (read_text(file).find("# Sourced by") == std::string::npos) {
            code.insert(file.stem());
        }
    }
    expect_same(code, spans_of_first_cells(section(document("benchmarks.md"), "## Current figures")), 10);
}

// Identifiers and words of file names, of four letters or more.
Names long_words(const std::string &text) {
    Names words;
    std::string word;
    for (const char character : text + " ") {
        if (std::isalnum(static_cast<unsigned char>(character)) || character == '_') {
            word += character;
            continue;
        }
        if (word.size() >= 4 && word.back() != '_') {
            words.insert(word);
        }
        word.clear();
    }
    return words;
}

TEST(Documentation, NamesFilesAndFunctionsThatExist) {
    std::string code;
    for (const char *folder : {"app", "base", "db", "media", "models", "preview", "renderer", "resources",
                               "site", "tests", "ui"}) {
        const auto files = files_below(folder, {".cpp", ".h", ".sql", ".in", ".js", ".tpl", ".md", ".txt"});
        for (const fs::path &file : files) {
            code += fs::relative(file, source_root()).string() + " ";
            code += file.extension() == ".md" ? "" : read_text(file);
        }
    }
    const Names known = long_words(code);
    for (const char *name : {"start-here.md", "glossary.md", "architecture.md", "analytics.md"}) {
        Names named;
        for (const std::string &span : code_spans(document(name))) {
            named.merge(long_words(span));
        }
        EXPECT_GE(named.size(), 20u) << name;
        without(named, known);
        EXPECT_THAT(named, IsEmpty()) << name;
    }
}

TEST(Documentation, HasNoLinkThatLeadsNowhere) {
    const std::vector<fs::path> documents = files_below(".", {".md"});
    EXPECT_GE(documents.size(), 60u);
    for (const fs::path &file : documents) {
        for (const std::string &link : matches_in(read_text(file), R"re(\]\(([^)#\s]+)(?:#[^)]*)?\))re")) {
            if (link.find("://") == std::string::npos) {
                EXPECT_TRUE(fs::exists(file.parent_path() / link)) << file << ": " << link;
            }
        }
    }
}

TEST(Documentation, ListsEveryFolderEveryDocumentAndEveryDecision) {
    Names folders;
    for (const fs::directory_entry &entry : fs::directory_iterator(source_root())) {
        const std::string name = entry.path().filename();
        if (entry.is_directory() && name != ".git" && name != ".cache" && name != "build" &&
            name != "node_modules") {
            folders.insert(name + "/");
        }
    }
    const std::string readme = read_text(source_root() / "README.md");
    expect_same(folders, spans_of_first_cells(section(readme, "## Map")), 14);
    for (const fs::path &file : files_below("docs", {".md"})) {
        const std::string name = file.filename();
        const std::string list =
            std::isdigit(static_cast<unsigned char>(name.front())) ? document("decisions/README.md") : readme;
        EXPECT_TRUE(name == "README.md" || list.find(name + ")") != std::string::npos) << name;
    }
}

} // namespace
} // namespace studio::tests
