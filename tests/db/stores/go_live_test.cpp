// SPDX-License-Identifier: Apache-2.0
#include "db/stores/compliance_store.h"
#include "db/stores/revision_store.h"
#include "db/stores/tenant_store.h"
#include "tests/db/fixtures/expect_error.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/sample_site.h"
#include "tests/support/test_database.h"

namespace studio::db {

namespace {

using models::TenantStatus;
using test_support::TestDatabase;
using testing::AllOf;
using testing::HasSubstr;

constexpr const char *key = "6f1c2c7e-0000-4000-8000-000000000001";

class GoLive : public testing::Test {
protected:
    const TestDatabase database{TestDatabase::Tenants::Two};
    const models::TenantId ada = database.tenant_id();
    Session session{database.operator_url()};
    TenantStore tenants{session};
    RevisionStore revisions{session};
    ComplianceStore compliance{session};
};

TEST_F(GoLive, ATenantWithNothingRecordedIsToldEverythingThatIsMissing) {
    EXPECT_DB_ERROR(ErrorKind::Invalid, tenants.set_status(ada, TenantStatus::Active),
                    AllOf(HasSubstr("Ada cannot be public"), HasSubstr("no revision is published"),
                          HasSubstr("no identity check that confirms an adult")));
    revisions.publish(ada, 1);
    EXPECT_DB_ERROR(ErrorKind::Invalid, tenants.set_status(ada, TenantStatus::Active),
                    AllOf(HasSubstr("/media/ada/hero.jpg"), HasSubstr("/media/ada/one.jpg")));
    EXPECT_EQ(tenants.find(ada)->status, TenantStatus::Preview);
}

TEST_F(GoLive, EachRecordOpensTheGateAStepFurther) {
    revisions.publish(ada, 1);
    compliance.record_verification(ada, "passport");
    compliance.record_release(ada, "/media/ada/hero.jpg");
    EXPECT_DB_ERROR(ErrorKind::Invalid, tenants.set_status(ada, TenantStatus::Active),
                    AllOf(HasSubstr("/media/ada/one.jpg"), testing::Not(HasSubstr("hero")),
                          testing::Not(HasSubstr("identity"))));
    compliance.record_release(ada, "/media/ada/one.jpg");
    tenants.set_status(ada, TenantStatus::Active);
    EXPECT_EQ(tenants.find(ada)->status, TenantStatus::Active);
    EXPECT_EQ(compliance.verification(ada)->verified_by, "Olivia Operator");
    EXPECT_EQ(compliance.releases(ada).size(), 2U);
}

TEST_F(GoLive, AVerificationWithoutAConfirmedAdultIsNotEnough) {
    revisions.publish(ada, 1);
    Sql login(database.operator_url());
    ASSERT_EQ(login
                  .done("INSERT INTO identity_verifications (tenant_id, document_kind) VALUES ('" +
                        ada.text() + "', 'passport')")
                  .message,
              "");
    EXPECT_DB_ERROR(ErrorKind::Invalid, tenants.set_status(ada, TenantStatus::Active),
                    HasSubstr("no identity check"));
}

TEST_F(GoLive, ANewPhotoOfAnActiveTenantIsNotPublishedBeforeItsRelease) {
    test_support::go_live(session, ada);
    auto documents = test_support::valid_documents("Ada");
    documents.photos["hero"]["variants"] =
        models::Json::array({{{"id", "b"}, {"url", "/media/ada/second.jpg"}, {"weight", 0.5}}});
    documents.photos["testimonials"] =
        models::Json::array({{{"id", "t"}, {"photo", "/media/ada/third.jpg"}}});
    revisions.save(ada, 1, documents, "", key);
    EXPECT_DB_ERROR(ErrorKind::Invalid, revisions.publish(ada, 2),
                    AllOf(HasSubstr("/media/ada/second.jpg"), HasSubstr("/media/ada/third.jpg")));
    EXPECT_EQ(tenants.find(ada)->published_revision, 1);
    compliance.record_release(ada, "/media/ada/second.jpg");
    compliance.record_release(ada, "/media/ada/third.jpg");
    revisions.publish(ada, 2);
    EXPECT_EQ(tenants.find(ada)->published, documents);
}

TEST_F(GoLive, WhatAnActiveTenantRestsOnCannotBeTakenAway) {
    test_support::go_live(session, ada);
    Sql login(database.operator_url());
    EXPECT_THAT(login.done("SELECT identity_verification_remove(id) FROM identity_verifications").message,
                HasSubstr("no identity check"));
}

TEST_F(GoLive, AReleaseIsWithdrawnWhateverIsPublishedAndMissingFromThenOn) {
    test_support::go_live(session, ada);
    compliance.withdraw_release(ada, "/media/ada/one.jpg");
    EXPECT_DB_ERROR(ErrorKind::NotFound, compliance.withdraw_release(ada, "/media/ada/one.jpg"),
                    HasSubstr("No release is recorded"));
    tenants.set_status(ada, TenantStatus::Inactive);
    EXPECT_DB_ERROR(ErrorKind::Invalid, tenants.set_status(ada, TenantStatus::Active),
                    HasSubstr("/media/ada/one.jpg"));
    EXPECT_EQ(
        Sql(database.owner_url()).value("SELECT count(*) FROM photo_releases WHERE withdrawn_at IS NOT NULL"),
        "1");
    compliance.record_release(ada, "/media/ada/one.jpg");
    tenants.set_status(ada, TenantStatus::Active);
    EXPECT_TRUE(Sql(database.companion_url())
                    .tried("SELECT photo_release_withdraw('" + ada.text() + "', '/media/ada/one.jpg')")
                    .denied());
}

TEST_F(GoLive, TheSharingPictureAndTheTestsPhotosNeedReleasesToo) {
    test_support::go_live(session, ada);
    auto documents = test_support::valid_documents("Ada");
    documents.content["seo"] = {{"ogImage", "/media/ada/share-12345678-1200.jpg"}};
    revisions.save(ada, 1, documents, "", key);
    EXPECT_DB_ERROR(ErrorKind::Invalid, revisions.publish(ada, 2),
                    HasSubstr("/media/ada/share-12345678-1200.jpg"));
    compliance.record_release(ada, "/media/ada/share-12345678-1920.jpg");
    revisions.publish(ada, 2);
    Sql login(database.operator_url());
    const std::string test =
        "INSERT INTO ab_tests (tenant_id, name, element_type, variants, status) VALUES ('" + ada.text() +
        "', 'Photos', 'hero_photo', '[{\"id\": \"a\", \"weight\": 0.5, \"config\": {}}, "
        "{\"id\": \"b\", \"weight\": 0.5, \"config\": {\"photo\": \"/media/ada/new.jpg\"}}]', 'active')";
    EXPECT_THAT(login.done(test).message,
                HasSubstr("no release is recorded for the photo /media/ada/new.jpg"));
    compliance.record_release(ada, "/media/ada/new.jpg");
    EXPECT_EQ(login.done(test).message, "");
}

TEST_F(GoLive, APhotoOfAnotherCompanionIsNeitherReleasedNorPublished) {
    test_support::go_live(session, ada);
    const std::string of_bea = "/media/bea/hero.jpg";
    EXPECT_DB_ERROR(ErrorKind::Invalid, compliance.record_release(ada, of_bea),
                    HasSubstr("belongs to another companion"));
    EXPECT_THAT(Sql(database.operator_url())
                    .done("INSERT INTO photo_releases (tenant_id, photo_url) VALUES ('" + ada.text() +
                          "', '" + of_bea + "')")
                    .message,
                HasSubstr("belongs to another companion"));
    auto documents = test_support::valid_documents("Ada");
    documents.photos["hero"]["control"]["url"] = of_bea;
    revisions.save(ada, 1, documents, "", key);
    EXPECT_DB_ERROR(ErrorKind::Invalid, revisions.publish(ada, 2),
                    HasSubstr(of_bea + " belongs to another companion and must be added again"));
}

TEST_F(GoLive, ANewSubdomainKeepsThePhotosOfTheOneBefore) {
    test_support::go_live(session, ada);
    Sql owner(database.owner_url());
    ASSERT_EQ(owner.done("UPDATE tenants SET subdomain = 'adele' WHERE subdomain = 'ada'").message, "");
    tenants.set_status(ada, TenantStatus::Inactive);
    tenants.set_status(ada, TenantStatus::Active);
    compliance.record_release(ada, "/media/ada/one-more.jpg");
    compliance.record_release(ada, "/media/adele/new.jpg");
}

TEST_F(GoLive, ANumberInAPhotosNameIsNoSize) {
    const auto released = [&](const std::string &url) {
        return Sql(database.owner_url())
            .value("SELECT studio_is_released('" + ada.text() + "', '" + url + "')");
    };
    compliance.record_release(ada, "/media/ada/hero-1.jpg");
    compliance.record_release(ada, "/media/ada/beach-1a2b3c4d-480.webp");
    EXPECT_EQ(released("/media/ada/hero-1.jpg"), "t");
    EXPECT_EQ(released("/media/ada/hero-2.jpg"), "f");
    EXPECT_EQ(released("/media/ada/beach-1a2b3c4d-1920.jpg"), "t");
    EXPECT_EQ(released("/media/ada/beach-1a2b3c4e-1920.jpg"), "f");
}

TEST_F(GoLive, AWithdrawalWinsUntilThePhotoIsReleasedAgainInAnySize) {
    const auto withdrawn = [&] {
        return Sql(database.renderer_url()).value("SELECT count(*) FROM public_withdrawn_photos");
    };
    const std::string shared = "https://pictures.example/beach-1a2b3c4d-";
    compliance.record_release(ada, shared + "480.webp");
    compliance.record_release(database.other_tenant_id(), shared + "480.webp");
    compliance.withdraw_release(ada, shared + "1920.jpg");
    EXPECT_EQ(withdrawn(), "1") << "whoever else has it";
    compliance.record_release(ada, shared + "1920.jpg");
    EXPECT_EQ(withdrawn(), "0");
}

TEST_F(GoLive, TheGateHoldsForTheOwnerWithPsqlToo) {
    Sql owner(database.owner_url());
    EXPECT_THAT(owner.done("UPDATE tenants SET status = 'active'").message, HasSubstr("cannot be public"));
    EXPECT_THAT(
        owner.done("INSERT INTO tenants (subdomain, name, status) VALUES ('new', 'New', 'active')").message,
        HasSubstr("cannot be public"));
}

TEST_F(GoLive, TheLiveColumnsHoldNothingButTheRevisionsDocuments) {
    revisions.publish(ada, 1);
    Sql login(database.operator_url());
    EXPECT_TRUE(login.tried("UPDATE tenants SET theme_config = '{}'").denied());
    Sql owner(database.owner_url());
    ASSERT_EQ(owner.done("UPDATE tenants SET theme_config = '{}', content_config = '{}'").message, "");
    EXPECT_EQ(
        owner.value(
            "SELECT t.theme_config = r.theme_config::jsonb AND t.content_config = r.content_config::jsonb"
            " FROM tenants t JOIN revisions r ON r.tenant_id = t.id AND r.number = t.published_revision"),
        "t");
}

TEST_F(GoLive, DocumentsWithErrorsAreNotPublishedByAnybody) {
    auto documents = test_support::valid_documents("Ada");
    documents.theme["colors"]["primary"] = "red";
    revisions.save(ada, 1, documents, "", key);
    EXPECT_DB_ERROR(ErrorKind::Invalid, revisions.publish(ada, 2), HasSubstr("/theme/colors/primary"));
    Sql owner(database.owner_url());
    EXPECT_THAT(owner.done("UPDATE tenants SET published_revision = 2 WHERE subdomain = 'ada'").message,
                HasSubstr("/theme/colors/primary: The primary colour must be a colour"));
}

TEST_F(GoLive, TheDatabaseItselfRefusesDocumentsOfTheWrongShape) {
    const auto problem = [&](const std::string &theme, const std::string &content,
                             const std::string &photos) {
        return Sql(database.owner_url())
            .value("SELECT coalesce(studio_documents_problem('" + theme + "', '" + content + "', '" + photos +
                   "'), '')");
    };
    const std::string theme = R"({"colors":{"primary":"#123456"}})", content = R"({"name":"A"})";
    EXPECT_EQ(problem(theme, content, "{}"), "");
    EXPECT_THAT(problem("[]", content, "{}"), HasSubstr("/theme: The theme document must be an object"));
    EXPECT_THAT(problem("{}", content, "{}"), HasSubstr("/theme/colors: The colours are missing"));
    EXPECT_THAT(problem(theme, "{}", "{}"), HasSubstr("/content/name: The name is missing"));
    EXPECT_THAT(problem(theme, R"({"name":"A","services":{}})", "{}"),
                HasSubstr("/content/services: The services must be a list"));
    EXPECT_THAT(problem(theme, content, R"({"hero":{"variants":[{"weight":0.6},{"weight":0.6}]}})"),
                HasSubstr("add up to 1.2"));
    EXPECT_THAT(problem(theme, content, R"({"hero":{"variants":[{"weight":"1"}]}})"),
                HasSubstr("/photos/hero/variants/0/weight: The weight must be a number from 0 to 1"));
    EXPECT_THAT(problem(R"({"colors":{"primary":"#123456"},"layout":"loud"})", content, "{}"),
                HasSubstr("/theme/layout: The layout must be one of"));
}

TEST_F(GoLive, APublishedRevisionIsMarkedAndPublishingItAgainChangesNothing) {
    revisions.publish(ada, 1);
    const auto first = tenants.find(ada)->updated_at;
    revisions.publish(ada, 1);
    EXPECT_EQ(tenants.find(ada)->updated_at, first);
    EXPECT_TRUE(revisions.list(ada).at(0).published);
    EXPECT_DB_ERROR(ErrorKind::NotFound, revisions.publish(ada, 7), HasSubstr("no revision 7"));
}

} // namespace

} // namespace studio::db
