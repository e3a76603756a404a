// SPDX-License-Identifier: Apache-2.0
// AWS Signature Version 4, as S3 uses it: the path is never normalised, and each of its bytes is encoded
// once. https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html
#pragma once

#include "base/time.h"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace studio::media::s3 {

// Never part of a message, a log or a file.
struct Credentials {
    std::string key, secret;
};

struct Scope {
    std::string region;
    std::string service = "s3";
};

// Names and values that are not encoded.
using Fields = std::vector<std::pair<std::string, std::string>>;

struct SignableRequest {
    std::string method = "GET";
    std::string path = "/"; // not encoded
    Fields query;           // not encoded
    Fields headers;         // all that are signed, "host" among them; "x-amz-date" is added here
    std::string payload_hash;
};

struct Signature {
    std::string date; // "20150830T123600Z": of the header x-amz-date, or of the query
    std::string canonical_request, string_to_sign, signature;
    std::string authorization; // of sign()
    std::string query;         // of presign(): encoded, with the signature at its end
};

inline constexpr const char *unsigned_payload = "UNSIGNED-PAYLOAD";

// For the headers Authorization and x-amz-date.
Signature sign(SignableRequest request, const Credentials &credentials, const Scope &scope, base::Time at);

// For an address that works without keys until it expires, seven days at most.
Signature presign(SignableRequest request, const Credentials &credentials, const Scope &scope, base::Time at,
                  std::chrono::seconds valid);

// The query as it is signed and sent: sorted, names and values encoded.
std::string canonical_query(const Fields &query);

} // namespace studio::media::s3
