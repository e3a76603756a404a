// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time.h"
#include "models/documents/documents.h"
#include "models/tenant/ids.h"

#include <optional>
#include <string>
#include <string_view>

namespace studio::models {

using base::Time;

enum class TenantStatus { Active, Inactive, Preview };
std::string_view to_string(TenantStatus status);
std::optional<TenantStatus> parse_tenant_status(std::string_view text);

enum class Role { Operator, Staff, Companion };
std::string_view to_string(Role role);
std::optional<Role> parse_role(std::string_view text);

struct Tenant {
    TenantId id;
    std::string subdomain;
    std::string name;
    std::optional<std::string> custom_domain;
    TenantStatus status = TenantStatus::Preview;
    Documents published;                   // what the public site shows
    std::optional<int> published_revision; // number of the revision that was published last
    // The folder of the tenant's photos in the store, "/media/<media_folder>/…": 32 random hex digits, which
    // reveal nothing about the companion.
    std::string media_folder;
    Time created_at{}, updated_at{};
    bool operator==(const Tenant &) const = default;
};

// One row of the companions list.
struct TenantSummary {
    TenantId id;
    std::string subdomain, name;
    std::optional<std::string> custom_domain;
    TenantStatus status = TenantStatus::Preview;
    std::optional<int> published_revision;
    int latest_revision = 0; // 0: none saved
    Time last_edit{};
    std::string last_author;
    bool operator==(const TenantSummary &) const = default;
};

struct RevisionSummary {
    std::string id; // UUID
    int number = 0; // 1, 2, … within the tenant
    std::string author;
    Time created_at{};
    std::string note;
    bool published = false; // is the live revision
    bool operator==(const RevisionSummary &) const = default;
};

struct Revision {
    RevisionSummary summary;
    Documents documents;
    bool operator==(const Revision &) const = default;
};

} // namespace studio::models
