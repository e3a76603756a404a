// SPDX-License-Identifier: Apache-2.0
#include "renderer/program_words.h"
#include "renderer/run.h"

#include <cstdio>
#include <cstdlib>

int main(int count, char **arguments) {
    if (count > 1) {
        const auto answer = studio::renderer::answer_words({arguments + 1, arguments + count});
        std::fputs(answer.text.c_str(), answer.exit_code == 0 ? stdout : stderr);
        return answer.exit_code;
    }
    const studio::renderer::Environment environment = [](const char *name) { return std::getenv(name); };
    return studio::renderer::run(environment);
}
