// SPDX-License-Identifier: Apache-2.0
#include "base/generate_file.h"

#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>

namespace studio::base {

namespace {

std::string read_text(const char *path) {
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file.is_open()) {
        throw std::runtime_error(std::string("cannot read ") + path);
    }
    return text;
}

void write_text(const char *path, const std::string &text) {
    std::ofstream file(path, std::ios::binary);
    if (!(file << text).flush()) {
        throw std::runtime_error(std::string("cannot write ") + path);
    }
}

} // namespace

int generate_file(int count, char **arguments,
                  const std::function<std::string(const std::string &)> &generate) {
    if (count != 3) {
        std::cerr << "usage: PROGRAM INPUT OUTPUT\n";
        return 2;
    }
    try {
        write_text(arguments[2], generate(read_text(arguments[1])));
        return 0;
    } catch (const std::exception &error) {
        std::cerr << arguments[0] << ": " << error.what() << "\n";
        return 1;
    }
}

} // namespace studio::base
