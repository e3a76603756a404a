// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/run.h"
#include "app/workspace/database_address.h"

#include <iostream>

int main(int count, char **words) {
    const std::vector<std::string> copied(words + 1, words + count);
    studio::app::hide_passwords(count, words);
    return studio::ctl::run(copied, std::cout, std::cerr);
}
