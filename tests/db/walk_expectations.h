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
    RelationExpectation{"ab_tests", "raw", "", "r", "r"},
    RelationExpectation{"accounts", "rw", "r", "r", ""},
    RelationExpectation{"audit_log", "r", "", "", ""},
    RelationExpectation{"audit_log_id_seq", "", "", "", ""},
    RelationExpectation{"bookings", "rw", "rw", "r", "a"},
    RelationExpectation{"events", "r", "", "r", "a"},
    RelationExpectation{"events_YYYY_MM", "", "", "", ""}, // every partition: reached through events only
    RelationExpectation{"identity_verifications", "rad", "", "", ""},
    RelationExpectation{"photo_releases", "rad", "", "r", ""},
    RelationExpectation{"platform_settings", "rw", "r", "r", ""},
    RelationExpectation{"public_tenants", "", "", "", "r"},
    RelationExpectation{"revisions", "ra", "r", "ra", ""},
    RelationExpectation{"schema_migrations", "", "", "", ""},
    RelationExpectation{"sessions", "r", "", "r", "a"},
    RelationExpectation{"share_links", "rad", "", "rad", ""},
    RelationExpectation{"social_media_metrics", "rawd", "", "r", ""},
    RelationExpectation{"tenants", "raw", "r", "r", ""},
};

// Views that read with their owner's rights, on purpose; every other view must be a security_invoker.
inline constexpr std::array<std::string_view, 1> owners_views{"public_tenants"};

// x: may call it.
struct FunctionExpectation {
    std::string_view name;
    std::string_view operators, staff, companions, renderer;
};

inline constexpr std::array function_expectations{
    FunctionExpectation{"account_add", "x", "", "", ""},
    FunctionExpectation{"account_add_renderer", "x", "", "", ""},
    FunctionExpectation{"account_end_sessions", "x", "", "", ""},
    FunctionExpectation{"account_set_disabled", "x", "", "", ""},
    FunctionExpectation{"account_set_password", "x", "", "", ""},
    FunctionExpectation{"audit_write", "", "", "", ""},
    FunctionExpectation{"events_make_partitions", "x", "", "", ""},
    FunctionExpectation{"events_of_own_sessions", "", "", "", ""},
    FunctionExpectation{"go_live_evidence_kept", "", "", "", ""},
    FunctionExpectation{"platform_settings_check", "", "", "", ""},
    FunctionExpectation{"public_draft", "", "", "", "x"},
    FunctionExpectation{"studio_account", "x", "x", "x", ""},
    FunctionExpectation{"studio_administers", "", "", "", ""},
    FunctionExpectation{"studio_documents_problem", "", "", "", ""},
    FunctionExpectation{"studio_is_platform_name", "", "", "", ""},
    FunctionExpectation{"studio_is_public", "", "", "", "x"},
    FunctionExpectation{"studio_make_login", "", "", "", ""},
    FunctionExpectation{"studio_missing_for_live", "", "", "", ""},
    FunctionExpectation{"studio_photo_urls", "", "", "", ""},
    FunctionExpectation{"studio_require_administrator", "", "", "", ""},
    FunctionExpectation{"studio_whoami", "x", "x", "x", "x"},
    FunctionExpectation{"tenants_check_domain", "", "", "", ""},
    FunctionExpectation{"tenants_go_live_gate", "", "", "", ""},
    FunctionExpectation{"tenants_notify", "", "", "", ""},
    FunctionExpectation{"tenants_publish", "", "", "", ""},
};

} // namespace studio::db
