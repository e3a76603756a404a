// SPDX-License-Identifier: Apache-2.0
// The XML that the store answers with, and that it is asked with.
#pragma once

#include "media/s3/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace studio::media::s3 {

struct ListedObject {
    std::string key;
    std::uint64_t bytes = 0;
    std::string etag;     // with its quotes; may be empty
    std::string modified; // "2026-12-01T07:12:09.000Z"
};

struct ListPage {
    std::vector<ListedObject> objects;
    std::string next; // "" on the last page
};

struct Part {
    int number = 0;
    std::string etag; // with its quotes
    std::uint64_t bytes = 0;
};

struct PartPage {
    std::vector<Part> parts;
    int next = 0; // the number to go on after; 0 on the last page
};

struct UnfinishedUpload {
    std::string key, id, begun; // begun: "2026-12-01T07:12:09.000Z"
};

struct FailedRemoval {
    std::string key, code;
};

// All throw Error where the text is no such answer.
ListPage read_list(std::string_view xml);
PartPage read_parts(std::string_view xml);
std::vector<UnfinishedUpload> read_unfinished(std::string_view xml);
std::string read_upload_id(std::string_view xml);
std::vector<FailedRemoval> read_failed_removals(std::string_view xml);

// nullopt where it is no <Error>, such as an empty or another answer.
std::optional<Refusal> read_refusal(std::string_view xml);

std::string removal_request(const std::vector<std::string> &keys);
std::string completion_request(const std::vector<Part> &parts);

} // namespace studio::media::s3
