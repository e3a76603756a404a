// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time.h"
#include "models/tenant/ids.h"
#include "renderer/visitors/message_key.h"
#include "renderer/visitors/uuid.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace studio::renderer {

// The token that a booking form carries: base64url(issued 4 | random 8 | visit 16 | first 16 bytes of an
// HMAC-SHA256 over tenant id and all of these, big endian). It shows that this service made the form, how
// long the form was open, and in which visit it was opened, so that no visitor has to be recognised when it
// is sent hours later. The time is in seconds since 1970. Any thread.
class FormTokens final {
public:
    static constexpr std::chrono::seconds lifetime = std::chrono::hours(12);
    // A form that is sent sooner was not filled in by a person.
    static constexpr std::chrono::seconds fill_time{3};

    explicit FormTokens(std::string_view secret);

    // `visit`: all zero where none is known.
    std::string issue(const models::TenantId &tenant_id, base::Time now, const Uuid &visit = {}) const;
    // For a form that is shown again, already filled in: it may be sent at once.
    std::string issue_filled(const models::TenantId &tenant_id, base::Time now, const Uuid &visit = {}) const;

    enum class State { Sound, TooFast, Expired, Foreign };
    State check(const models::TenantId &tenant_id, std::string_view token, base::Time now) const;
    // The visit that a token of this tenant carries, however old; nullopt for none.
    std::optional<Uuid> visit(const models::TenantId &tenant_id, std::string_view token) const;

private:
    // What was signed, without the signature; "" for a token that is not ours.
    std::string payload(const models::TenantId &tenant_id, std::string_view token) const;
    MessageKey m_key;
};

} // namespace studio::renderer
