// SPDX-License-Identifier: Apache-2.0
#include "db/stores/account_store.h"
#include "db/stores/audit_store.h"
#include "db/stores/privacy_store.h"
#include "db/stores/revision_store.h"
#include "db/stores/share_link_store.h"
#include "db/stores/tenant_store.h"
#include "tests/db/fixtures/expect_error.h"
#include "tests/db/fixtures/sample_rows.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/sample_site.h"

#include <map>
#include <set>

namespace studio::db {

namespace {

using test_support::TestDatabase;
using testing::HasSubstr;
using testing::Not;

class Audit : public testing::Test {
protected:
    const TestDatabase database{TestDatabase::Tenants::Two};
    const models::TenantId ada = database.tenant_id();
    Session session{database.operator_url()};
};

TEST_F(Audit, AChangeByAPersonTellsWhoWhatAndFromWhatToWhat) {
    TenantStore(session).rename(ada, "Ada Lark");
    const AuditEntry entry = AuditStore(session).list(ada, 1).at(0);
    EXPECT_EQ(entry.login, database.login("operator"));
    EXPECT_EQ(entry.name, "Olivia Operator");
    EXPECT_EQ(entry.action, "update");
    EXPECT_EQ(entry.table, "tenants");
    EXPECT_EQ(entry.row_id, ada.text());
    EXPECT_EQ(entry.tenant_id, ada);
    EXPECT_EQ(entry.changes, models::Json::parse(R"({"name": ["Ada", "Ada Lark"]})"));
    EXPECT_GT(entry.at.time_since_epoch().count(), 0);
}

TEST_F(Audit, AChangeThatIsTakenBackLeavesNoEntry) {
    const auto before = AuditStore(session).list(std::nullopt, 1000).size();
    Sql login(database.operator_url());
    EXPECT_EQ(login.tried("UPDATE tenants SET name = 'X'").rows, 2U);
    EXPECT_EQ(AuditStore(session).list(std::nullopt, 1000).size(), before);
}

TEST_F(Audit, AReleaseThatIsWithdrawnAndRecordedAgainTellsByWhomAndWhen) {
    Sql login(database.operator_url());
    const std::string url = "'/media/ada/hero-0123abcd-800.webp'";
    ASSERT_EQ(login.done("SELECT photo_release_record('" + ada.text() + "', " + url + ")").message, "");
    ASSERT_EQ(login.done("SELECT photo_release_withdraw('" + ada.text() + "', " + url + ")").message, "");
    const AuditEntry withdrawn = AuditStore(session).list(ada, 1).at(0);
    EXPECT_EQ(withdrawn.table, "photo_releases");
    EXPECT_EQ(withdrawn.action, "update");
    EXPECT_EQ(withdrawn.login, database.login("operator"));
    EXPECT_TRUE(withdrawn.changes["withdrawn_at"][0].is_null());
    EXPECT_TRUE(withdrawn.changes["withdrawn_at"][1].is_string()) << withdrawn.changes.dump();
    ASSERT_EQ(login.done("SELECT photo_release_record('" + ada.text() + "', " + url + ")").message, "");
    const AuditEntry again = AuditStore(session).list(ada, 1).at(0);
    EXPECT_EQ(again.table, "photo_releases");
    EXPECT_TRUE(again.changes["withdrawn_at"][1].is_null()) << again.changes.dump();
    EXPECT_EQ(again.changes["recorded_at"].size(), 2U) << again.changes.dump();
}

// A column that is added to an audited table is either recorded, or stands here because it must not be.
TEST_F(Audit, EveryColumnOfAnAuditedTableIsRecordedOrNamedHere) {
    const std::vector<std::string> unrecorded = Sql(database.owner_url()).column(R"(
        SELECT tgrelid::regclass || '.' || attname FROM pg_trigger JOIN pg_attribute ON attrelid = tgrelid
        WHERE tgname = 'audit' AND NOT tgisinternal AND attnum > 0 AND NOT attisdropped AND attname <> 'tenant_id'
            AND attname <> ALL (string_to_array(encode(tgargs, 'escape'), '\000'))
        ORDER BY 1)");
    const std::set<std::string> left_out{"ab_tests.definition_hash",
                                         "ab_tests.version",
                                         "accounts.created_at",
                                         "blocked_clients.created_at",
                                         "blocked_clients.expires_at",
                                         "blocked_clients.reason",
                                         "blocked_clients.value_hash",
                                         "booking_settings.agenda_day",
                                         "booking_settings.availability",
                                         "booking_settings.changed_at",
                                         "booking_settings.changed_by",
                                         "booking_settings.rules",
                                         "bookings.answer_by",
                                         "bookings.asked_ends_at",
                                         "bookings.blocked",
                                         "bookings.buffer_minutes",
                                         "bookings.calendar_sequence",
                                         "bookings.changed_at",
                                         "bookings.client_email",
                                         "bookings.client_key",
                                         "bookings.client_name",
                                         "bookings.client_phone",
                                         "bookings.client_phone_normal",
                                         "bookings.client_phones",
                                         "bookings.client_time_zone",
                                         "bookings.consent_at",
                                         "bookings.consent_version",
                                         "bookings.conversion_path",
                                         "bookings.created_at",
                                         "bookings.deposit_due_at",
                                         "bookings.deposit_method",
                                         "bookings.deposit_minor",
                                         "bookings.deposit_received_at",
                                         "bookings.deposit_reference",
                                         "bookings.deposit_reminded_at",
                                         "bookings.deposit_state",
                                         "bookings.duration",
                                         "bookings.ends_at",
                                         "bookings.erased_at",
                                         "bookings.flagged_reason",
                                         "bookings.held_until",
                                         "bookings.holds",
                                         "bookings.idempotency_key",
                                         "bookings.mail_wanted",
                                         "bookings.message",
                                         "bookings.move_asked_at",
                                         "bookings.place",
                                         "bookings.place_kind",
                                         "bookings.preferred_date",
                                         "bookings.preferred_date_end",
                                         "bookings.reason_code",
                                         "bookings.reminded_at",
                                         "bookings.request_hash",
                                         "bookings.screening",
                                         "bookings.service_type",
                                         "bookings.session_id",
                                         "bookings.source",
                                         "bookings.source_visit_id",
                                         "bookings.starts_at",
                                         "bookings.terms_accepted_at",
                                         "bookings.time_zone",
                                         "bookings.value_minor",
                                         "bookings.version",
                                         "bookings.words_gone",
                                         "calendar_feeds.created_at",
                                         "calendar_feeds.token_hash",
                                         "calendar_imports.created_at",
                                         "calendar_imports.failures",
                                         "calendar_imports.name",
                                         "calendar_imports.next_read_at",
                                         "calendar_imports.problem",
                                         "calendar_imports.read_at",
                                         "calendar_imports.report",
                                         "calendar_imports.tried_at",
                                         "calendar_imports.url",
                                         "calendar_imports.zones",
                                         "photo_releases.person",
                                         "photo_releases.scope",
                                         "photos.content_hash",
                                         "photos.licence",
                                         "photos.likeness",
                                         "photos.photo",
                                         "photos.photographer",
                                         "photos.position",
                                         "platform_settings.updated_at",
                                         "revisions.content_config",
                                         "revisions.created_at",
                                         "revisions.idempotency_key",
                                         "revisions.photos_config",
                                         "revisions.theme_config",
                                         "share_links.created_at",
                                         "share_links.token_hash",
                                         "social_media_metrics.imported_at",
                                         "tenants.content_config",
                                         "tenants.created_at",
                                         "tenants.media_folder",
                                         "tenants.photos_config",
                                         "tenants.published_at",
                                         "tenants.theme_config",
                                         "tenants.updated_at",
                                         "tours.created_at",
                                         "tours.created_by",
                                         "tours.incall",
                                         "tours.outcall",
                                         "tours.time_zone",
                                         "tours.visible_from",
                                         "tours.weekly",
                                         "webhooks.created_at",
                                         "webhooks.secret"};
    EXPECT_EQ(std::set<std::string>(unrecorded.begin(), unrecorded.end()), left_out);
}

TEST_F(Audit, NoSecretAndNoDocumentIsCopied) {
    const auto link = ShareLinkStore(session).create(ada, std::chrono::hours(1));
    RevisionStore(session).save(ada, 1, test_support::valid_documents("Ada"), "a note",
                                "6f1c2c7e-0000-4000-8000-000000000001");
    AccountStore(session).add({"Audited", models::Role::Staff, {}, false});
    test_support::go_live(session, ada);
    const std::string everything =
        Sql(database.owner_url()).value("SELECT string_agg(audit_log::text, '') FROM audit_log");
    EXPECT_THAT(everything, HasSubstr("a note"));
    EXPECT_THAT(everything, HasSubstr("published_revision"));
    EXPECT_THAT(everything, Not(HasSubstr("Good company in Sydney")));
    EXPECT_THAT(everything, Not(HasSubstr("#8b4789")));
    EXPECT_THAT(everything, Not(HasSubstr(link.token)));
    EXPECT_THAT(everything, Not(HasSubstr("token_hash")));
    EXPECT_THAT(everything, Not(HasSubstr("SCRAM")));
}

TEST_F(Audit, WhatVisitorsSendIsNoChangeByAPersonButItsModerationIs) {
    add_sample_rows(database);
    const std::string count =
        "SELECT count(*) FROM audit_log WHERE table_name IN ('bookings', 'sessions', 'events')";
    Sql owner(database.owner_url());
    EXPECT_EQ(owner.value(count), "0");
    Sql staff(database.staff_url());
    ASSERT_EQ(staff.done("SELECT booking_act(id, NULL, 'decline') FROM bookings").rows, 2U);
    EXPECT_EQ(owner.value(count), "2");
    EXPECT_EQ(AuditStore(session).list(ada, 1).at(0).name, "Sam Staff");
    EXPECT_THAT(
        owner.value("SELECT string_agg(changes::text, '') FROM audit_log WHERE table_name = 'bookings'"),
        Not(HasSubstr("client@example.com")));
}

// Every column of a booking that can hold a visitor's word holds a marker, is changed and is erased.
TEST_F(Audit, NothingThatAVisitorWroteEverStandsInTheLog) {
    Sql owner(database.owner_url());
    const std::map<std::string, std::string> fixed{{"preferred_date", "'2031-03-07 11:13:17+00'"},
                                                   {"preferred_date_end", "'2031-03-07 12:13:17+00'"}};
    ASSERT_EQ(owner
                  .done("INSERT INTO sessions (tenant_id, id) SELECT '" + ada.text() +
                        "', id FROM unnest(ARRAY['abcdabcd-0000-4000-8000-000000000001',"
                        " 'abcdabcd-0000-4000-8000-000000000002']::uuid[]) id")
                  .message,
              "");
    std::string names, values, changes;
    for (const std::string &column : owner.column(
             "SELECT attname || ' ' || format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid ="
             " 'bookings'::regclass AND attnum > 0 AND NOT attisdropped AND attname NOT IN"
             " ('id', 'tenant_id', 'status', 'flagged_reason', 'created_at', 'source', 'starts_at', "
             "'ends_at', 'holds',"
             " 'buffer_minutes', 'place_kind', 'reason_code', 'deposit_state', 'deposit_reference',"
             " 'version')")) {
        const std::string name = column.substr(0, column.find(' ')), type = column.substr(name.size() + 1);
        std::string value = "'marker@example.com'", other = "'marker-2@example.com'";
        if (const auto found = fixed.find(name); found != fixed.end()) {
            value = found->second;
            other = name + " + interval '1 minute'";
        } else if (type == "timestamp with time zone") {
            value = "'2031-03-07 11:13:17+00'";
            other = "'2031-03-07 11:14:17+00'";
        } else if (type == "jsonb") {
            value = "'[\"marker\"]'";
            other = "'[\"marker-2\"]'";
        } else if (type == "text[]") {
            value = "ARRAY['marker@example.com']";
            other = "ARRAY['marker-2@example.com']";
        } else if (type == "bytea") {
            value = "sha256('marker')";
            other = "sha256('marker-2')";
        } else if (type == "uuid") {
            value = "'abcdabcd-0000-4000-8000-000000000001'";
            other = "'abcdabcd-0000-4000-8000-000000000002'";
        } else if (type == "bigint" || type == "integer") {
            value = "918273645";
            other = "918273646";
        } else if (type == "boolean") {
            value = "true";
            other = "false";
        }
        names += ", " + name;
        values += ", " + value;
        changes += ", " + name + " = " + other;
    }
    ASSERT_EQ(
        owner
            .done("INSERT INTO bookings (tenant_id" + names + ") VALUES ('" + ada.text() + "'" + values + ")")
            .message,
        "");
    ASSERT_EQ(owner.done("UPDATE bookings SET status = 'declined'" + changes).message, "");
    ASSERT_EQ(Sql(database.staff_url())
                  .done("SELECT block_client('" + ada.text() + "', 'email', 'marker@example.com', 'marker')")
                  .message,
              "");
    ASSERT_EQ(Sql(database.staff_url())
                  .done("SELECT privacy_erase_email('" + ada.text() + "', 'marker-2@example.com')")
                  .message,
              "");
    ASSERT_EQ(owner.done("DELETE FROM bookings").message, "");
    EXPECT_EQ(
        owner.value(
            "SELECT count(*) FROM audit_log WHERE table_name = 'bookings' AND changes ?| ARRAY['status']"),
        "2");
    EXPECT_THAT(owner.column("SELECT audit_log::text FROM audit_log WHERE audit_log::text ~"
                             " 'marker|2031-03|abcdabcd|91827364'"),
                testing::IsEmpty());
    EXPECT_THAT(owner.column("SELECT l::text FROM audit_log l, (VALUES ('marker'), ('marker-2')) m (word)"
                             " WHERE position(encode(sha256(word::bytea), 'hex') IN l::text) > 0"),
                testing::IsEmpty());
}

TEST_F(Audit, EntriesAboutVisitorsRowsGoAfterTwoYearsAndThoseAboutThePlatformStay) {
    add_sample_rows(database);
    ASSERT_EQ(Sql(database.staff_url()).done("SELECT booking_act(id, NULL, 'decline') FROM bookings").rows,
              2U);
    Sql owner(database.owner_url());
    ASSERT_EQ(owner.done("UPDATE audit_log SET at = at - interval '25 months'").message, "");
    ASSERT_EQ(Sql(database.staff_url()).done("SELECT booking_act(id, NULL, 'reopen') FROM bookings").rows,
              2U);
    const std::string others =
        "SELECT count(*) FROM audit_log WHERE table_name NOT IN ('bookings', 'blocked_clients')";
    const std::string kept = owner.value(others);
    Session renderer(database.renderer_url());
    EXPECT_GE(PrivacyStore(renderer).retention(base::now())->audit_entries, 2);
    EXPECT_EQ(owner.value("SELECT count(*) FROM audit_log WHERE table_name = 'bookings'"), "2");
    EXPECT_EQ(owner.value(others), kept);
}

TEST_F(Audit, TheLogCanBeReadByOperatorsOnlyAndWrittenByNobody) {
    Session companion(database.companion_url());
    EXPECT_DB_ERROR(ErrorKind::Forbidden, AuditStore(companion).list(ada, 10), HasSubstr("not allowed"));
    Sql login(database.operator_url());
    EXPECT_TRUE(login.tried("DELETE FROM audit_log").denied());
    EXPECT_TRUE(login.tried("UPDATE audit_log SET login = 'staff'").denied());
    EXPECT_TRUE(login.tried("INSERT INTO audit_log (action, table_name, row_id) VALUES ('insert', 'x', '1')")
                    .denied());
}

} // namespace

} // namespace studio::db
