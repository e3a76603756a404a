// SPDX-License-Identifier: Apache-2.0
#include "models/tenant/tenant.h"

namespace studio::models {

std::string_view to_string(TenantStatus status) {
    switch (status) {
    case TenantStatus::Active:
        return "active";
    case TenantStatus::Inactive:
        return "inactive";
    default:
        return "preview";
    }
}

std::optional<TenantStatus> parse_tenant_status(std::string_view text) {
    for (const auto status : {TenantStatus::Active, TenantStatus::Inactive, TenantStatus::Preview}) {
        if (to_string(status) == text) {
            return status;
        }
    }
    return std::nullopt;
}

std::string_view to_string(Role role) {
    switch (role) {
    case Role::Operator:
        return "operator";
    case Role::Staff:
        return "staff";
    default:
        return "companion";
    }
}

std::optional<Role> parse_role(std::string_view text) {
    for (const auto role : {Role::Operator, Role::Staff, Role::Companion}) {
        if (to_string(role) == text) {
            return role;
        }
    }
    return std::nullopt;
}

} // namespace studio::models
