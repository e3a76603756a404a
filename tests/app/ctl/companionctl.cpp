// SPDX-License-Identifier: Apache-2.0
#include "tests/app/ctl/companionctl.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace studio::ctl_tests {

namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path &path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

void redirect(const fs::path &path, int flags, int descriptor) {
    const int file = open(path.c_str(), flags | O_CLOEXEC, 0600);
    if (file < 0 || dup2(file, descriptor) < 0) {
        _exit(126);
    }
}

class Scratch final {
public:
    Scratch() {
        std::string pattern = (fs::temp_directory_path() / "companionctl-tests-XXXXXX").string();
        if (!mkdtemp(pattern.data())) {
            throw std::runtime_error("no temporary directory");
        }
        path = pattern;
        fs::permissions(path, fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec);
    }
    ~Scratch() {
        if (fs::exists(path / "workspace")) {
            run({"workspace", "remove", "--yes", "--workspace", (path / "workspace").string()});
        }
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    fs::path path;
};

} // namespace

const fs::path &scratch() {
    static const Scratch instance;
    return instance.path;
}

Answer run(const std::vector<std::string> &words, const std::string &input) {
    static std::atomic<int> count = 0;
    const std::string base = (fs::temp_directory_path() /
                              ("companionctl-" + std::to_string(getpid()) + "-" + std::to_string(++count)))
                                 .string();
    std::ofstream(base + ".in", std::ios::binary) << input;
    const char *programs = std::getenv("STUDIO_BIN_DIR");
    const std::string program = std::string(programs ? programs : "build/bin") + "/companionctl";
    std::vector<std::string> all = {program};
    all.insert(all.end(), words.begin(), words.end());
    std::vector<char *> pointers;
    for (auto &word : all) {
        pointers.push_back(word.data());
    }
    pointers.push_back(nullptr);
    const pid_t process = fork();
    if (process == 0) {
        redirect(base + ".in", O_RDONLY, STDIN_FILENO);
        redirect(base + ".out", O_WRONLY | O_CREAT | O_TRUNC, STDOUT_FILENO);
        redirect(base + ".err", O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
        execv(program.c_str(), pointers.data());
        _exit(127);
    }
    int status = 0;
    waitpid(process, &status, 0);
    Answer answer{WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), text_of(base + ".out"),
                  text_of(base + ".err")};
    for (const char *suffix : {".in", ".out", ".err"}) {
        fs::remove(base + suffix);
    }
    return answer;
}

models::Json Answer::json() const {
    return models::Json::parse(out, nullptr, false);
}

const std::string &workspace() {
    static const std::string directory = [] {
        const std::string path = (scratch() / "workspace").string();
        const Answer started = run({"workspace", "start", "--empty", "--workspace", path});
        if (started.exit_code != 0) {
            throw std::runtime_error("the workspace did not start: " + started.err);
        }
        return path;
    }();
    return directory;
}

Answer ctl(std::vector<std::string> words, const std::string &input) {
    words.push_back("--workspace");
    words.push_back(workspace());
    return run(words, input);
}

models::Json answer(std::vector<std::string> words, const std::string &input) {
    words.push_back("--json");
    const Answer answered = ctl(words, input);
    EXPECT_EQ(answered.exit_code, 0) << answered.err;
    EXPECT_EQ(answered.err, "");
    EXPECT_FALSE(answered.json().is_discarded()) << answered.out;
    EXPECT_EQ(answered.out.find('\n'), answered.out.size() - 1) << "one line: " << answered.out;
    return answered.json();
}

fs::path picture(const std::string &name, int shade) {
    constexpr std::uint32_t width = 640, height = 400;
    std::string bytes("II\x2a\0\x08\0\0\0", 8);
    const auto put = [&](std::uint32_t value, int size) {
        for (int at = 0; at < size; ++at) {
            bytes += static_cast<char>((value >> (8 * at)) & 255U);
        }
    };
    struct Tag {
        std::uint32_t id, type, count, value;
    };
    constexpr std::uint32_t after = 8 + 2 + 9 * 12 + 4;
    const Tag tags[] = {{256, 4, 1, width}, {257, 4, 1, height}, {258, 3, 3, after},
                        {259, 3, 1, 1},     {262, 3, 1, 2},      {273, 4, 1, after + 6},
                        {277, 3, 1, 3},     {278, 4, 1, height}, {279, 4, 1, width * height * 3}};
    put(9, 2);
    for (const Tag &tag : tags) {
        put(tag.id, 2);
        put(tag.type, 2);
        put(tag.count, 4);
        put(tag.value, 4);
    }
    put(0, 4);
    for (int channel = 0; channel < 3; ++channel) {
        put(8, 2);
    }
    for (std::uint32_t y = 0; y < height; ++y) {
        for (std::uint32_t x = 0; x < width; ++x) {
            put(x / 3, 1);
            put(y / 2, 1);
            put(static_cast<std::uint32_t>(shade), 1);
        }
    }
    const fs::path path = scratch() / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
}

void make_tenant(const std::string &subdomain) {
    for (const auto &tenant : answer({"tenant", "list"})) {
        if (tenant["subdomain"] == subdomain) {
            return;
        }
    }
    answer({"tenant", "create", subdomain});
}

} // namespace studio::ctl_tests
