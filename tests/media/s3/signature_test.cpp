// SPDX-License-Identifier: Apache-2.0
#include "media/s3/digest.h"
#include "media/s3/signature.h"
#include "tests/media/s3/signing_vectors.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace studio::media::s3 {

namespace {

using namespace std::chrono_literals;

std::filesystem::path own_suite() {
    const char *root = std::getenv("STUDIO_SOURCE_DIR");
    return std::filesystem::path(root ? root : ".") / "tests/media/s3/vectors";
}

void expect_same(const Signature &made, const SigningCase::Expected &expected) {
    EXPECT_EQ(made.canonical_request, expected.canonical_request);
    EXPECT_EQ(made.string_to_sign, expected.string_to_sign);
    EXPECT_EQ(made.signature, expected.signature);
}

void expect_signed_as_the_suite_says(const std::filesystem::path &suite, std::size_t at_least) {
    const auto cases = signing_cases(suite);
    EXPECT_GE(cases.size(), at_least);
    for (const SigningCase &each : cases) {
        SCOPED_TRACE(each.name);
        SignableRequest by_header = each.request, by_query = each.request;
        if (each.signs_body) {
            by_header.headers.emplace_back("x-amz-content-sha256", each.request.payload_hash);
        }
        if (!each.token.empty()) {
            by_header.headers.emplace_back("X-Amz-Security-Token", each.token);
            by_query.query.emplace_back("X-Amz-Security-Token", each.token);
        }
        expect_same(sign(by_header, each.credentials, each.scope, each.at), each.header);
        expect_same(presign(by_query, each.credentials, each.scope, each.at, each.valid), each.query);
    }
}

// The examples in Amazon's description of signing for S3, whose keys are these:
// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
const Credentials example_keys{"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"};
const Scope example_scope{"us-east-1", "s3"};
const base::Time example_time{std::chrono::sys_days{std::chrono::year{2013} / 5 / 24}};

SignableRequest example(const std::string &method, const std::string &path, const std::string &body) {
    SignableRequest request{
        method, path, {}, {{"Host", "examplebucket.s3.amazonaws.com"}}, hex(sha256(body))};
    request.headers.emplace_back("x-amz-content-sha256", request.payload_hash);
    return request;
}

std::string example_signature(const SignableRequest &request) {
    return sign(request, example_keys, example_scope, example_time).signature;
}

} // namespace

TEST(Signing, AgreesWithThePublishedVectors) {
    expect_signed_as_the_suite_says(own_suite(), 26);
}

TEST(Signing, AgreesWithTheSuiteThatTheEnvironmentNames) {
    const char *other = std::getenv("SIGV4_SUITE");
    expect_signed_as_the_suite_says(other && *other ? std::filesystem::path(other) : own_suite(), 1);
}

TEST(Signing, AgreesWithAmazonsExamplesForS3) {
    SignableRequest get = example("GET", "/test.txt", "");
    get.headers.emplace_back("Range", "bytes=0-9");
    EXPECT_EQ(example_signature(get), "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");

    SignableRequest put = example("PUT", "/test$file.text", "Welcome to Amazon S3.");
    put.headers.emplace_back("Date", "Fri, 24 May 2013 00:00:00 GMT");
    put.headers.emplace_back("x-amz-storage-class", "REDUCED_REDUNDANCY");
    EXPECT_EQ(example_signature(put), "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");

    SignableRequest lifecycle = example("GET", "/", "");
    lifecycle.query = {{"lifecycle", ""}};
    EXPECT_EQ(example_signature(lifecycle),
              "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");

    SignableRequest list = example("GET", "/", "");
    list.query = {{"max-keys", "2"}, {"prefix", "J"}};
    EXPECT_EQ(example_signature(list), "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
}

TEST(Signing, PresignsAsAmazonsExampleForS3) {
    SignableRequest request{
        "GET", "/test.txt", {}, {{"host", "examplebucket.s3.amazonaws.com"}}, unsigned_payload};
    const Signature made = presign(request, example_keys, example_scope, example_time, 86400s);
    EXPECT_EQ(made.signature, "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
    EXPECT_EQ(made.query,
              "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2F"
              "us-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&"
              "X-Amz-SignedHeaders=host&X-Amz-Signature=" +
                  made.signature);
}

// No server of the tests refuses a header that was sent unsigned, so this is held here.
TEST(Signing, NamesEveryHeaderThatItIsGiven) {
    SignableRequest request = example("PUT", "/a", "x");
    request.headers.emplace_back("X-Amz-Acl", "public-read");
    request.headers.emplace_back("Content-Type", "image/webp");
    EXPECT_NE(
        sign(request, example_keys, example_scope, example_time)
            .authorization.find("SignedHeaders=content-type;host;x-amz-acl;x-amz-content-sha256;x-amz-date,"),
        std::string::npos);
}

TEST(Signing, KeepsTheTildeOfAnUploadId) {
    EXPECT_EQ(canonical_query({{"uploadId", "2~a/b+c"}, {"partNumber", "1"}}),
              "partNumber=1&uploadId=2~a%2Fb%2Bc");
}

} // namespace studio::media::s3
