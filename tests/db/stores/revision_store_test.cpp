// SPDX-License-Identifier: Apache-2.0
#include "db/connection/session.h"
#include "db/provision/restored_logins.h"
#include "db/stores/revision_store.h"
#include "db/stores/tenant_store.h"
#include "tests/db/fixtures/expect_error.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/sample_site.h"
#include "tests/support/test_database.h"

#include <future>

namespace studio::db {

namespace {

using test_support::TestDatabase;
using testing::HasSubstr;

std::string key(int number) {
    return "6f1c2c7e-0000-4000-8000-00000000000" + std::to_string(number);
}

class Revisions : public testing::Test {
protected:
    const TestDatabase database{TestDatabase::Tenants::Two};
    const models::TenantId ada = database.tenant_id();
    models::Documents documents = test_support::valid_documents("Ada");
    Session session{database.operator_url()};
    RevisionStore revisions{session};
};

TEST_F(Revisions, ASaveOnAnOlderBaseIsAConflictAndWritesNothing) {
    revisions.save(ada, 1, documents, "second", key(1));
    EXPECT_DB_ERROR(ErrorKind::Conflict, revisions.save(ada, 1, documents, "late", key(2)),
                    HasSubstr("Someone else saved in the meantime"));
    EXPECT_EQ(revisions.list(ada).size(), 2U);
    EXPECT_EQ(revisions.latest(ada)->summary.note, "second");
}

TEST_F(Revisions, ASaveOnABaseThatNeverWasIsRefused) {
    EXPECT_DB_ERROR(ErrorKind::Conflict, revisions.save(ada, 5, documents, "", key(1)), testing::_);
    EXPECT_EQ(revisions.list(ada).size(), 1U);
}

TEST_F(Revisions, TheSameKeyGivesTheSameRevisionAgain) {
    const auto first = revisions.save(ada, 1, documents, "once", key(1));
    const auto again = revisions.save(ada, 1, documents, "once", key(1));
    EXPECT_EQ(first, again);
    revisions.save(ada, 2, documents, "next", key(2));
    EXPECT_EQ(revisions.save(ada, 1, documents, "once", key(1)), first);
    EXPECT_EQ(revisions.list(ada).size(), 3U);
}

TEST_F(Revisions, OfTwoEditorsAtOnceExactlyOneSaves) {
    const auto save = [&](int number) {
        Session other(database.operator_url());
        return error_of([&] { RevisionStore(other).save(ada, 1, documents, "", key(number)); });
    };
    auto first = std::async(std::launch::async, save, 1);
    auto second = std::async(std::launch::async, save, 2);
    const auto one = first.get(), two = second.get();
    EXPECT_NE(one.has_value(), two.has_value());
    EXPECT_EQ((one ? one : two)->kind(), ErrorKind::Conflict);
}

TEST_F(Revisions, ADraftMayHoldWhatNoPageCouldShow) {
    documents.theme["colors"] = "not yet";
    documents.content["unknown"] = {{"kept", true}};
    revisions.save(ada, 1, documents, "", key(1));
    EXPECT_EQ(revisions.find(ada, 2)->documents, documents);
}

TEST_F(Revisions, HostileTextComesBackAsItWas) {
    documents.content["tagline"] = "'; DROP TABLE tenants; -- \" \\ \t\n \xF0\x9F\x8C\xB8 $1 %s <script>";
    revisions.save(ada, 1, documents, "a note with 'quotes' and \\", key(1));
    EXPECT_EQ(revisions.latest(ada)->documents, documents);
    EXPECT_EQ(revisions.latest(ada)->summary.note, "a note with 'quotes' and \\");
}

TEST_F(Revisions, ADocumentOfTenMegabytesIsRefusedInWords) {
    documents.content["bio"] = std::string(10U << 20U, 'x');
    EXPECT_DB_ERROR(ErrorKind::Invalid, revisions.save(ada, 1, documents, "", key(1)),
                    HasSubstr("at most 1 MB"));
}

TEST_F(Revisions, TextThatIsNotUtf8IsRefusedInWords) {
    documents.content["bio"] = "\xff\xfe";
    EXPECT_DB_ERROR(ErrorKind::Invalid, revisions.save(ada, 1, documents, "", key(1)),
                    HasSubstr("not UTF-8"));
    documents.content["bio"] = "";
    EXPECT_DB_ERROR(ErrorKind::Invalid, revisions.save(ada, 1, documents, "\xff\xfe", key(1)),
                    HasSubstr("cannot store"));
}

TEST_F(Revisions, TheAuthorIsTheLoginWhateverTheProgramSays) {
    Session companion(database.companion_url());
    EXPECT_EQ(RevisionStore(companion).save(ada, 1, documents, "", key(1)).author, "Ada");
    Sql login(database.companion_url());
    EXPECT_TRUE(
        login
            .tried(
                "INSERT INTO revisions (tenant_id, number, base_number, author, theme_config, content_config,"
                " photos_config) VALUES ('" +
                ada.text() + "', 3, 2, 'operator', '{}', '{}', '{}')")
            .denied());
}

TEST_F(Revisions, ACompanionEditsHerOwnDraftOnlyWhereSheMayAndPublishesNothing) {
    Session companion(database.companion_url());
    Session other(database.other_companion_url());
    EXPECT_DB_ERROR(ErrorKind::Forbidden,
                    RevisionStore(other).save(database.other_tenant_id(), 1, documents, "", key(1)),
                    HasSubstr("not allowed"));
    EXPECT_DB_ERROR(ErrorKind::Forbidden,
                    RevisionStore(companion).save(database.other_tenant_id(), 1, documents, "", key(2)),
                    HasSubstr("not allowed"));
    EXPECT_DB_ERROR(ErrorKind::Forbidden, RevisionStore(companion).publish(ada, 1), HasSubstr("not allowed"));
    EXPECT_EQ(RevisionStore(companion).latest(database.other_tenant_id()), std::nullopt);
}

TEST_F(Revisions, WhatSomebodyElsePublishedInTheMeantimeIsNotReplaced) {
    revisions.save(ada, 1, documents, "", key(1));
    revisions.save(ada, 2, documents, "", key(2));
    const KnownRevisions nothing_live{KnownRevisions::Live{}, std::nullopt};
    revisions.publish(ada, 1, nothing_live);
    EXPECT_DB_ERROR(ErrorKind::Conflict, revisions.publish(ada, 2, nothing_live),
                    HasSubstr("Revision 1 was published by"));
    EXPECT_EQ(TenantStore(session).find(ada)->published_revision, 1);
    revisions.publish(ada, 2, {KnownRevisions::Live{1}, std::nullopt});
    EXPECT_EQ(TenantStore(session).find(ada)->published_revision, 2);
    revisions.publish(ada, 2, nothing_live); // is live already: nothing is replaced
}

TEST_F(Revisions, ARevisionIsNotPublishedWhereANewerOneWasSaved) {
    revisions.save(ada, 1, documents, "", key(1));
    EXPECT_DB_ERROR(ErrorKind::Conflict, revisions.publish(ada, 1, {std::nullopt, 1}),
                    HasSubstr("Revision 2 was saved by"));
    EXPECT_EQ(TenantStore(session).find(ada)->published_revision, std::nullopt);
    revisions.publish(ada, 1, {std::nullopt, 2});
    EXPECT_EQ(TenantStore(session).find(ada)->published_revision, 1);
}

TEST_F(Revisions, OfTwoWhoPublishAtOnceOnTheSameKnowledgeOneIsRefused) {
    revisions.save(ada, 1, documents, "", key(1));
    const KnownRevisions nothing_live{KnownRevisions::Live{}, std::nullopt};
    const auto publish = [&](int number) {
        return std::async(std::launch::async, [&, number] {
            Session own(database.operator_url());
            try {
                RevisionStore(own).publish(ada, number, nothing_live);
                return 1;
            } catch (const Error &error) {
                EXPECT_EQ(error.kind(), ErrorKind::Conflict);
                return 0;
            }
        });
    };
    auto first = publish(1), second = publish(2);
    EXPECT_EQ(first.get() + second.get(), 1);
}

TEST_F(Revisions, ASaveIsFoundAgainByItsKey) {
    revisions.save(ada, 1, documents, "", key(1));
    EXPECT_EQ(revisions.find_by_key(ada, key(1))->summary.number, 2);
    EXPECT_EQ(revisions.find_by_key(ada, key(2)), std::nullopt);
    EXPECT_EQ(revisions.find_by_key(ada, ""), std::nullopt);
    EXPECT_EQ(revisions.latest_summary(ada)->number, 2);
}

TEST_F(Revisions, ADatabaseHasANameOfItsOwnThatEveryPersonSees) {
    const TestDatabase other;
    Session companion(database.companion_url()), elsewhere(other.operator_url());
    EXPECT_EQ(session.database_id(), companion.database_id());
    EXPECT_NE(session.database_id(), elsewhere.database_id());
}

// Two clusters that hide their identifier can number their databases alike, and a restored copy is such a
// one.
TEST_F(Revisions, TheNameOfADatabaseIsItsOwnRandomIdThatNoOperatorChanges) {
    Session owner(database.owner_url()), companion(database.companion_url());
    const auto before = companion.database_id();
    const auto stored =
        Sql(database.owner_url()).value("SELECT value FROM platform_settings WHERE name = 'installation_id'");
    EXPECT_EQ(stored.size(), 36u);
    EXPECT_TRUE(before.starts_with(stored + "-")) << before;
    Sql(database.operator_url())
        .done("UPDATE platform_settings SET value = 'x' WHERE name = 'installation_id'");
    EXPECT_EQ(session.database_id(), before);
    renew_installation_id(owner);
    EXPECT_NE(companion.database_id(), before);
    EXPECT_EQ(companion.database_id(), session.database_id());
}

} // namespace

} // namespace studio::db
