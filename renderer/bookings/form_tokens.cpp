// SPDX-License-Identifier: Apache-2.0
#include "renderer/bookings/form_tokens.h"

#include "renderer/visitors/base64url.h"

#include <openssl/rand.h>

#include <stdexcept>

namespace studio::renderer {

namespace {

constexpr std::size_t time_size = 4, payload_size = time_size + 8, signature_size = 16;

} // namespace

FormTokens::FormTokens(std::string_view secret) : m_key(secret, "booking form token") {}

std::string FormTokens::issue(std::string_view tenant_id, std::int64_t now_s) const {
    std::string payload(payload_size, '\0');
    for (std::size_t i = 0; i < time_size; ++i)
        payload[i] = static_cast<char>(now_s >> (8 * (time_size - 1 - i)));
    if (RAND_bytes(reinterpret_cast<unsigned char *>(payload.data() + time_size),
                   static_cast<int>(payload_size - time_size)) != 1)
        throw std::runtime_error("no random numbers from the operating system");
    const auto signature = m_key.sign({payload, tenant_id});
    return to_base64url(payload.append(signature.data(), signature_size));
}

std::string FormTokens::issue_filled(std::string_view tenant_id, std::int64_t now_s) const {
    return issue(tenant_id, now_s - fill_time.count());
}

FormTokens::State FormTokens::check(std::string_view tenant_id, std::string_view token,
                                    std::int64_t now_s) const {
    const auto bytes = from_base64url(token);
    if (!bytes || bytes->size() != payload_size + signature_size)
        return State::Foreign;
    const std::string_view payload = std::string_view(*bytes).substr(0, payload_size);
    const auto signature = m_key.sign({payload, tenant_id});
    if (!equal_in_constant_time({signature.data(), signature_size},
                                std::string_view(*bytes).substr(payload_size)))
        return State::Foreign;
    std::int64_t issued = 0;
    for (std::size_t i = 0; i < time_size; ++i)
        issued = (issued << 8) | static_cast<unsigned char>(payload[i]);
    const std::int64_t age = now_s - issued;
    if (age > lifetime.count())
        return State::Expired;
    if (age < -lifetime.count())
        return State::Foreign;
    // From a clock that is ahead of this one, which says nothing of how fast anybody was.
    if (age < 0)
        return State::Sound;
    return age < fill_time.count() ? State::TooFast : State::Sound;
}

} // namespace studio::renderer
