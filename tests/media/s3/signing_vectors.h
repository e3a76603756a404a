// SPDX-License-Identifier: Apache-2.0
// Reads cases of the suite of aws-c-auth (tests/media/s3/vectors holds a part of it).
#pragma once

#include "media/s3/signature.h"

#include <filesystem>
#include <string>
#include <vector>

namespace studio::media::s3 {

struct SigningCase {
    std::string name;
    SignableRequest request; // without what signing adds
    Credentials credentials;
    Scope scope;
    base::Time at;
    std::chrono::seconds valid{0};
    bool signs_body = false;
    std::string token; // "" where it takes no part in the signature
    struct Expected {
        std::string canonical_request, string_to_sign, signature;
    } header, query;
};

// Every folder in `suite` with a context.json and expected signatures.
std::vector<SigningCase> signing_cases(const std::filesystem::path &suite);

} // namespace studio::media::s3
