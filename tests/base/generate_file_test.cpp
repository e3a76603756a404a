// SPDX-License-Identifier: Apache-2.0
#include "base/generate_file.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace studio::base {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path &path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

class GenerateFile : public testing::Test {
protected:
    GenerateFile() : m_folder(fs::path(testing::TempDir()) / "generate_file_test") {
        fs::create_directories(m_folder);
        std::ofstream(m_folder / "in") << "one\ntwo\n";
    }
    ~GenerateFile() override { fs::remove_all(m_folder); }

    int run(const std::string &input, const std::function<std::string(const std::string &)> &generate) {
        std::string program = "program", in = m_folder / input, out = m_folder / "out";
        char *arguments[] = {program.data(), in.data(), out.data(), nullptr};
        return generate_file(3, arguments, generate);
    }

    const fs::path m_folder;
};

TEST_F(GenerateFile, WritesWhatIsMadeOfTheInput) {
    EXPECT_EQ(run("in", [](const std::string &text) { return "<" + text + ">"; }), 0);
    EXPECT_EQ(text_of(m_folder / "out"), "<one\ntwo\n>");
}

TEST_F(GenerateFile, FailsAndWritesNothingWhereTheInputIsMissingOrOfNoUse) {
    testing::internal::CaptureStderr();
    EXPECT_EQ(run("absent", [](const std::string &text) { return text; }), 1);
    EXPECT_EQ(run("in", [](const std::string &) -> std::string { throw std::runtime_error("no hosts"); }), 1);
    const std::string said = testing::internal::GetCapturedStderr();
    EXPECT_THAT(
        said, testing::AllOf(testing::HasSubstr("cannot read "), testing::HasSubstr("program: no hosts\n")));
    EXPECT_FALSE(fs::exists(m_folder / "out"));
}

TEST_F(GenerateFile, RefusesOtherArguments) {
    std::string program = "program";
    char *arguments[] = {program.data(), nullptr};
    testing::internal::CaptureStderr();
    EXPECT_EQ(generate_file(1, arguments, [](const std::string &text) { return text; }), 2);
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "usage: PROGRAM INPUT OUTPUT\n");
}

} // namespace
} // namespace studio::base
