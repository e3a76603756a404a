// SPDX-License-Identifier: Apache-2.0
#include "renderer/bookings/form_tokens.h"

#include "renderer/visitors/base64url.h"

#include <openssl/rand.h>

#include <cstring>
#include <stdexcept>

namespace studio::renderer {

namespace {

constexpr std::size_t time_size = 4, random_size = 8, visit_size = 16, signature_size = 16;
constexpr std::size_t payload_size = time_size + random_size + visit_size;

} // namespace

FormTokens::FormTokens(std::string_view secret) : m_key(secret, "booking form token") {}

std::string FormTokens::issue(const models::TenantId &tenant_id, base::Time now, const Uuid &visit) const {
    const std::int64_t seconds = base::to_seconds(now);
    std::string payload(time_size + random_size, '\0');
    for (std::size_t i = 0; i < time_size; ++i) {
        payload[i] = static_cast<char>(seconds >> (8 * (time_size - 1 - i)));
    }
    if (RAND_bytes(reinterpret_cast<unsigned char *>(payload.data() + time_size),
                   static_cast<int>(random_size)) != 1) {
        throw std::runtime_error("the operating system gave no random numbers");
    }
    payload.append(visit.view());
    const auto signature = m_key.sign({payload, tenant_id.text()});
    return to_base64url(payload.append(signature.data(), signature_size));
}

std::string FormTokens::issue_filled(const models::TenantId &tenant_id, base::Time now,
                                     const Uuid &visit) const {
    return issue(tenant_id, now - fill_time, visit);
}

std::string FormTokens::payload(const models::TenantId &tenant_id, std::string_view token) const {
    const auto bytes = from_base64url(token);
    if (!bytes || bytes->size() != payload_size + signature_size) {
        return {};
    }
    const std::string_view payload = std::string_view(*bytes).substr(0, payload_size);
    const auto signature = m_key.sign({payload, tenant_id.text()});
    const bool ours = equal_in_constant_time({signature.data(), signature_size},
                                             std::string_view(*bytes).substr(payload_size));
    return ours ? std::string(payload) : std::string();
}

std::optional<Uuid> FormTokens::visit(const models::TenantId &tenant_id, std::string_view token) const {
    const std::string payload = this->payload(tenant_id, token);
    if (payload.empty()) {
        return std::nullopt;
    }
    Uuid visit;
    std::memcpy(visit.bytes.data(), payload.data() + time_size + random_size, visit_size);
    return visit == Uuid{} ? std::nullopt : std::optional(visit);
}

FormTokens::State FormTokens::check(const models::TenantId &tenant_id, std::string_view token,
                                    base::Time now) const {
    const std::string payload = this->payload(tenant_id, token);
    if (payload.empty()) {
        return State::Foreign;
    }
    std::int64_t issued = 0;
    for (std::size_t i = 0; i < time_size; ++i) {
        issued = (issued << 8) | static_cast<unsigned char>(payload[i]);
    }
    const std::int64_t age = base::to_seconds(now) - issued;
    if (age > lifetime.count()) {
        return State::Expired;
    }
    if (age < -lifetime.count()) {
        return State::Foreign;
    }
    // The token comes from a replica whose clock is ahead, so the time that the form was open is unknown.
    if (age < 0) {
        return State::Sound;
    }
    return age < fill_time.count() ? State::TooFast : State::Sound;
}

} // namespace studio::renderer
