// SPDX-License-Identifier: Apache-2.0
// Who may touch what. A new table, view, sequence or function fails the walk until it has a line here.
#pragma once

#include <array>
#include <string_view>

namespace studio::db {

// r: may select some column, a: insert, w: update, d: delete; "" for nothing at all.
struct RelationExpectation {
    std::string_view name;
    std::string_view operators, staff, companions, renderer;
};

inline constexpr std::array relation_expectations{
    RelationExpectation{"ab_assignments", "r", "", "r", "a"},
    RelationExpectation{"ab_test_phases", "r", "", "r", ""},
    RelationExpectation{"ab_tests", "raw", "", "r", "r"},
    RelationExpectation{"accounts", "rw", "r", "r", ""},
    RelationExpectation{"analytics_dirty", "r", "", "r", ""},
    RelationExpectation{"arm_visitors", "r", "", "r", ""},
    RelationExpectation{"audit_log", "r", "", "", ""},
    RelationExpectation{"audit_log_id_seq", "", "", "", ""},
    RelationExpectation{"blocked_clients", "rd", "rd", "", ""},
    RelationExpectation{"booking_attempts", "", "", "", ""},
    RelationExpectation{"bookings", "rw", "rw", "r", "a"},
    RelationExpectation{"bot_visits", "r", "", "r", ""},
    RelationExpectation{"erasures", "r", "r", "", ""},
    RelationExpectation{"events", "r", "", "r", "a"},
    RelationExpectation{"events_YYYY_MM", "", "", "", ""}, // every partition: reached through events only
    RelationExpectation{"identity_verifications", "rad", "", "", ""},
    RelationExpectation{"outbox", "r", "", "", ""},
    RelationExpectation{"photo_releases", "rad", "", "r", ""},
    RelationExpectation{"platform_settings", "rw", "r", "r", ""},
    RelationExpectation{"public_tenants", "", "", "", "r"},
    RelationExpectation{"revisions", "ra", "r", "ra", ""},
    RelationExpectation{"rollup_arms", "r", "", "r", ""},
    RelationExpectation{"rollup_arms_wanted", "", "", "", ""},
    RelationExpectation{"rollup_days", "r", "", "r", ""},
    RelationExpectation{"rollup_days_wanted", "", "", "", ""},
    RelationExpectation{"rollup_hours", "r", "", "r", ""},
    RelationExpectation{"rollup_hours_wanted", "", "", "", ""},
    RelationExpectation{"rollup_months", "r", "", "r", ""},
    RelationExpectation{"rollup_months_wanted", "", "", "", ""},
    RelationExpectation{"rollup_paths", "r", "", "r", ""},
    RelationExpectation{"rollup_paths_wanted", "", "", "", ""},
    RelationExpectation{"rollup_returns", "r", "", "r", ""},
    RelationExpectation{"rollup_returns_wanted", "", "", "", ""},
    RelationExpectation{"schema_migrations", "", "", "", ""},
    RelationExpectation{"sessions", "r", "", "r", "a"},
    RelationExpectation{"share_links", "rad", "", "rad", ""},
    RelationExpectation{"social_media_metrics", "rawd", "", "r", ""},
    RelationExpectation{"tenant_settings_history", "r", "", "r", ""},
    RelationExpectation{"tenants", "raw", "r", "r", ""},
    RelationExpectation{"visit_facts", "r", "", "r", ""},
    RelationExpectation{"visit_returns", "", "", "", ""},
    RelationExpectation{"visit_slices", "", "", "", ""},
    RelationExpectation{"visitor_salts", "", "", "", ""},
    RelationExpectation{"webhooks", "rawd", "", "", ""},
};

// Views that read with their owner's rights, on purpose; every other view must be a security_invoker.
inline constexpr std::array<std::string_view, 1> owners_views{"public_tenants"};

// x: may call it.
struct FunctionExpectation {
    std::string_view name;
    std::string_view operators, staff, companions, renderer;
};

inline constexpr std::array function_expectations{
    FunctionExpectation{"ab_tests_check", "", "", "", ""},
    FunctionExpectation{"ab_tests_follow", "", "", "", ""},
    FunctionExpectation{"ab_tests_give_way", "", "", "", ""},
    FunctionExpectation{"ab_tests_make_way", "", "", "", ""},
    FunctionExpectation{"account_add", "x", "", "", ""},
    FunctionExpectation{"account_add_renderer", "x", "", "", ""},
    FunctionExpectation{"account_end_sessions", "x", "", "", ""},
    FunctionExpectation{"account_set_disabled", "x", "", "", ""},
    FunctionExpectation{"account_set_password", "x", "", "", ""},
    FunctionExpectation{"analytics_apply_paths", "", "", "", ""},
    FunctionExpectation{"analytics_apply_returns", "", "", "", ""},
    FunctionExpectation{"analytics_apply_sums", "", "", "", ""},
    FunctionExpectation{"analytics_differences", "x", "", "", ""},
    FunctionExpectation{"analytics_facts_of", "", "", "", ""},
    FunctionExpectation{"analytics_hour_visitors_of", "", "", "", ""},
    FunctionExpectation{"analytics_mark", "", "", "", ""},
    FunctionExpectation{"analytics_mark_both", "", "", "", ""},
    FunctionExpectation{"analytics_medium", "", "", "", ""},
    FunctionExpectation{"analytics_new_visitors_of", "", "", "", ""},
    FunctionExpectation{"analytics_page", "", "", "", ""},
    FunctionExpectation{"analytics_paths_of", "", "", "", ""},
    FunctionExpectation{"analytics_rebuild", "x", "", "", ""},
    FunctionExpectation{"analytics_recount", "", "", "", ""},
    FunctionExpectation{"analytics_refresh", "x", "", "", "x"},
    FunctionExpectation{"analytics_returns_of", "", "", "", ""},
    FunctionExpectation{"analytics_source", "", "", "", ""},
    FunctionExpectation{"analytics_source_name", "", "", "", ""},
    FunctionExpectation{"analytics_sum_up", "", "", "", ""},
    FunctionExpectation{"analytics_sums_of", "", "", "", ""},
    FunctionExpectation{"arm_visitors_of", "", "", "", ""},
    FunctionExpectation{"arm_visitors_renew", "", "", "", ""},
    FunctionExpectation{"audit_write", "", "", "", ""},
    FunctionExpectation{"block_client", "x", "x", "", ""},
    FunctionExpectation{"booking_add", "", "", "", "x"},
    FunctionExpectation{"bookings_check", "", "", "", ""},
    FunctionExpectation{"bookings_value", "", "", "", ""},
    FunctionExpectation{"events_make_partitions", "x", "", "", ""},
    FunctionExpectation{"events_session_is_own", "", "", "", "x"},
    FunctionExpectation{"go_live_evidence_kept", "", "", "", ""},
    FunctionExpectation{"outbox_claim", "", "", "", "x"},
    FunctionExpectation{"outbox_counts", "x", "", "", "x"},
    FunctionExpectation{"outbox_failed", "", "", "", "x"},
    FunctionExpectation{"outbox_sent", "", "", "", "x"},
    FunctionExpectation{"platform_settings_check", "", "", "", ""},
    FunctionExpectation{"privacy_erase_email", "x", "x", "", ""},
    FunctionExpectation{"privacy_forget_session", "x", "x", "", "x"},
    FunctionExpectation{"privacy_forget_visitor", "", "", "", "x"},
    FunctionExpectation{"privacy_held", "", "", "", "x"},
    FunctionExpectation{"public_draft", "", "", "", "x"},
    FunctionExpectation{"retention_batch", "x", "", "", "x"},
    FunctionExpectation{"retention_partitions", "x", "", "", "x"},
    FunctionExpectation{"studio_account", "x", "x", "x", ""},
    FunctionExpectation{"studio_administers", "", "", "", ""},
    FunctionExpectation{"studio_arms_problem", "", "", "", ""},
    FunctionExpectation{"studio_client_hash", "", "", "", ""},
    FunctionExpectation{"studio_documents_problem", "", "", "", ""},
    FunctionExpectation{"studio_erase", "", "", "", ""},
    FunctionExpectation{"studio_follow_photos", "", "", "", ""},
    FunctionExpectation{"studio_is_platform_name", "", "", "", ""},
    FunctionExpectation{"studio_is_public", "", "", "", "x"},
    FunctionExpectation{"studio_iso_time", "", "", "", ""},
    FunctionExpectation{"studio_local_day", "", "", "", ""},
    FunctionExpectation{"studio_make_login", "", "", "", ""},
    FunctionExpectation{"studio_missing_for_live", "", "", "", ""},
    FunctionExpectation{"studio_photo_arms", "", "", "", ""},
    FunctionExpectation{"studio_photo_urls", "", "", "", ""},
    FunctionExpectation{"studio_require_administrator", "", "", "", ""},
    FunctionExpectation{"studio_require_analyst", "", "", "", ""},
    FunctionExpectation{"studio_require_janitor", "", "", "", ""},
    FunctionExpectation{"studio_require_moderator", "", "", "", ""},
    FunctionExpectation{"studio_retention_clock", "", "", "", ""},
    FunctionExpectation{"studio_service_value", "", "", "", ""},
    FunctionExpectation{"studio_time", "", "", "", ""},
    FunctionExpectation{"studio_whoami", "x", "x", "x", "x"},
    FunctionExpectation{"studio_zone_of", "", "", "", ""},
    FunctionExpectation{"tenant_settings_note", "", "", "", ""},
    FunctionExpectation{"tenants_check_domain", "", "", "", ""},
    FunctionExpectation{"tenants_follow_photos", "", "", "", ""},
    FunctionExpectation{"tenants_go_live_gate", "", "", "", ""},
    FunctionExpectation{"tenants_note_settings", "", "", "", ""},
    FunctionExpectation{"tenants_notify", "", "", "", ""},
    FunctionExpectation{"tenants_publish", "", "", "", ""},
    FunctionExpectation{"tracking_add_bot_visits", "", "", "", "x"},
    FunctionExpectation{"tracking_add_events", "", "", "", "x"},
    FunctionExpectation{"tracking_add_exposures", "", "", "", "x"},
    FunctionExpectation{"tracking_add_sessions", "", "", "", "x"},
    FunctionExpectation{"unblock_client", "x", "x", "", ""},
    FunctionExpectation{"visitor_salt", "", "", "", "x"},
    FunctionExpectation{"visitor_salts_destroy", "", "", "", ""},
};

} // namespace studio::db
