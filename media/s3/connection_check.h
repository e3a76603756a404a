// SPDX-License-Identifier: Apache-2.0
// "Test connection": what publishing a photo does, once, with a small object of its own.
#pragma once

#include "media/s3/connection.h"

#include <string>
#include <vector>

namespace studio::media::s3 {

struct CheckStep {
    enum class Outcome { Passed, Failed, Skipped };
    std::string name; // "put", "head", "public", "delete"
    Outcome outcome = Outcome::Skipped;
    std::string code;    // S3's, of a failure; "" where there is none
    std::string message; // of a failure: what happened and what to change
};

struct ConnectionCheck {
    std::vector<CheckStep> steps;
    bool passed() const;
};

// PUT with the ACL of a published photo, HEAD, GET as everybody by the public address, DELETE. After a failed
// PUT the others are skipped; the object is removed whatever happens between.
ConnectionCheck check_connection(Connection &connection);

} // namespace studio::media::s3
