// SPDX-License-Identifier: Apache-2.0
// Feeds bytes to the functions that clean and read pasted text: clean text does not change, no character is
// cut in two, and the normal form of a telephone number in normal form is itself.
#include "base/host.h"
#include "base/telephone.h"
#include "base/text.h"
#include "tests/fuzz/require.h"

#include <cstdint>
#include <string>

using namespace studio::base;
using studio::fuzz::is_utf8;
using studio::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    require(is_valid_utf8(text) == is_utf8(text));
    const std::string line = clean_line(text), prose = clean_prose(text);
    require(clean_line(line) == line && clean_prose(prose) == prose);
    if (is_utf8(text)) {
        require(is_utf8(line) && is_utf8(prose) && is_utf8(first_characters(line, 3)) &&
                is_utf8(shortened(line, 3)));
        require(is_blank(line) == line.empty());
        require(character_count(first_characters(line, 3)) <= 3 && character_count(shortened(line, 3)) <= 3);
    }
    if (const auto number = normal_telephone(text, "AU")) {
        require(normal_telephone(*number, "") == number && telephone_to_dial(*number, "AU") == number);
    }
    require(!separate_telephones(text, "AU").empty());
    const std::string host = plain_host(text);
    require(plain_host(host) == host || !is_host_name(host));
    return 0;
}
