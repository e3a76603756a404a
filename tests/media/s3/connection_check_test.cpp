// SPDX-License-Identifier: Apache-2.0
#include "media/s3/bucket.h"
#include "media/s3/connection_check.h"
#include "tests/media/s3/store_fixture.h"
#include "tests/support/http_sink.h"
#include "tests/support/radosgw.h"

#include <gmock/gmock.h>

namespace studio::media::s3 {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> failed(const ConnectionCheck &check) {
    std::vector<std::string> names;
    for (const CheckStep &step : check.steps) {
        if (step.outcome == CheckStep::Outcome::Failed) {
            names.push_back(step.name);
        }
    }
    return names;
}

std::string said(const ConnectionCheck &check) {
    for (const CheckStep &step : check.steps) {
        if (step.outcome == CheckStep::Outcome::Failed) {
            return step.message;
        }
    }
    return {};
}

int objects_in(const models::BucketAddress &address) {
    Connection connection(address, radosgw_keys(), hasty());
    int count = 0;
    Bucket(connection).list("", [&](const ListedObject &) { return ++count > 0; });
    return count;
}

ConnectionCheck tested(const models::BucketAddress &address, const Credentials &keys) {
    Connection connection(address, keys, hasty());
    return check_connection(connection);
}

} // namespace

TEST(ConnectionChecks, PassesAndLeavesNothingBehind) {
    const auto address = bucket_at_radosgw("tested");
    const ConnectionCheck check = tested(address, radosgw_keys());
    EXPECT_TRUE(check.passed()) << said(check);
    EXPECT_EQ(check.steps.size(), 4U);
    EXPECT_EQ(objects_in(address), 0);
}

TEST(ConnectionChecks, NamesTheStepThatFailsAndWhatToChange) {
    const auto address = bucket_at_radosgw("tested");
    Credentials wrong = radosgw_keys();
    wrong.secret += "x";
    ConnectionCheck check = tested(address, wrong);
    EXPECT_THAT(failed(check), ElementsAre("put"));
    EXPECT_EQ(check.steps.front().code, "SignatureDoesNotMatch");
    EXPECT_THAT(said(check), HasSubstr("Enter key and secret again"));
    EXPECT_EQ(check.steps.back().outcome, CheckStep::Outcome::Skipped);

    models::BucketAddress other = address;
    other.bucket = "not-there";
    check = tested(other, radosgw_keys());
    EXPECT_THAT(failed(check), ElementsAre("put"));
    EXPECT_THAT(said(check), HasSubstr("There is no bucket “not-there”"));
}

TEST(ConnectionChecks, NamesAPublicAddressThatShowsSomethingElse) {
    auto address = bucket_at_radosgw("tested");
    address.public_url = test_support::Radosgw::instance().endpoint() + "/not-there";
    ConnectionCheck check = tested(address, radosgw_keys());
    EXPECT_THAT(failed(check), ElementsAre("public"));
    EXPECT_THAT(said(check), HasSubstr("shows nothing (404)"));

    test_support::HttpSink cdn;
    address.public_url = cdn.url("");
    cdn.answer_with(403);
    check = tested(address, radosgw_keys());
    EXPECT_THAT(failed(check), ElementsAre("public"));
    EXPECT_THAT(said(check), HasSubstr("Visitors may not see"));

    cdn.answer_by(
        [](const test_support::ReceivedRequest &) { return test_support::http_answer(200, "parked"); });
    EXPECT_THAT(said(tested(address, radosgw_keys())), HasSubstr("something else"));
    EXPECT_EQ(objects_in(address), 0) << "removed whatever happened";
}

} // namespace studio::media::s3
