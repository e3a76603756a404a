// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace studio::media {

// The texts of a property in an XMP packet, "photoshop:City", whether it is written as an attribute, an
// element or a list. Read leniently: a packet that is not whole gives what is there.
std::vector<std::string> xmp_texts(std::string_view xmp, std::string_view property);

// The texts of a data set of IPTC's application record (2), such as 80 for the author, in a block of
// Photoshop's resources or on its own.
std::vector<std::string> iptc_texts(std::string_view iptc, int data_set);

// Without control characters and what is not UTF-8, without space around, at most 200 bytes: fit to be shown.
std::string shown_text(std::string_view text);

} // namespace studio::media
