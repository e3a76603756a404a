// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/run.h"

#include <iostream>

int main(int count, char **words) {
    return studio::ctl::run(std::vector<std::string>(words + 1, words + count), std::cout, std::cerr);
}
