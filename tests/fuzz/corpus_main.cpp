// SPDX-License-Identifier: Apache-2.0
// corpus FOLDER: gives each file of the folder to the fuzz target once. Exits with 1 if the folder has no
// file.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

int main(int count, char **words) {
    if (count != 2) {
        std::cerr << "usage: corpus FOLDER\n";
        return 1;
    }
    int inputs = 0;
    for (const auto &entry : std::filesystem::directory_iterator(words[1])) {
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string input((std::istreambuf_iterator<char>(file)), {});
        std::cout << entry.path().filename().string()
                  << std::endl; // so that the file named last is the one that failed
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t *>(input.data()), input.size());
        ++inputs;
    }
    return inputs > 0 ? 0 : 1;
}
