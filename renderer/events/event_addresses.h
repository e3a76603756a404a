// SPDX-License-Identifier: Apache-2.0
// The parts that are stored of the addresses that a browser reports.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace studio::renderer {

// "www.google.com" of "https://www.google.com/search?q=x"; "" where there is no host of a web address.
std::string host_of_address(std::string_view address);
// "/book" of "https://ada.example/book?x=1#y" or "/book?x=1"; nullopt for text that is neither an address nor
// a path.
std::optional<std::string> path_of_address(std::string_view address);

} // namespace studio::renderer
