// SPDX-License-Identifier: Apache-2.0
// Feeds bytes to the readers of the visitor's cookie and the form's token: they accept only what was sealed
// here, and only complete.
#include "renderer/bookings/form_tokens.h"
#include "renderer/visitors/base64url.h"
#include "renderer/visitors/visitor_cookie.h"
#include "tests/fuzz/require.h"

#include <cstdint>
#include <cstring>
#include <string>

namespace {

using namespace studio::renderer;
using studio::fuzz::require;

constexpr std::string_view tenant_text = "3f0c0e3e-5a4b-4c6d-8e9f-000000000001";
constexpr studio::base::Time an_hour_of_november(std::chrono::seconds(1'795'430'400));

// Keys that are the same for every input and different from all others.
struct Keys {
    CookieSealer sealer{"of the fuzzer"};
    FormTokens tokens{"of the fuzzer"};
    Uuid tenant = Uuid::parse(tenant_text).value();
    studio::models::TenantId tenant_id{tenant_text};
};

VisitorCookie cookie_of(std::string_view bytes) {
    VisitorCookie cookie;
    char room[32] = {};
    std::memcpy(room, bytes.data(), std::min(bytes.size(), sizeof room));
    std::memcpy(cookie.visitor.bytes.data(), room, 16);
    std::memcpy(&cookie.assignment_key, room + 16, 8);
    std::memcpy(&cookie.issued, room + 24, 4);
    std::memcpy(&cookie.last_seen, room + 28, 4);
    return cookie;
}

void check_strangers(const Keys &keys, std::string_view text) {
    require(!keys.sealer.open(keys.tenant, text, 1'795'430'400));
    require(keys.tokens.check(keys.tenant_id, text, an_hour_of_november) == FormTokens::State::Foreign);
    if (const auto value = find_cookie(text, visitor_cookie_name)) {
        require(!keys.sealer.open(keys.tenant, *value, 1'795'430'400));
    }
    if (const auto bytes = from_base64url(text)) {
        require(to_base64url(*bytes) == text);
    }
    require(from_base64url(to_base64url(text)) == text);
    if (const auto uuid = Uuid::parse(text)) {
        require(Uuid::parse(uuid->text()) == uuid);
    }
}

void check_own(const Keys &keys, std::string_view bytes) {
    const VisitorCookie cookie = cookie_of(bytes);
    const std::string sealed = keys.sealer.seal(keys.tenant, cookie);
    require(keys.sealer.open(keys.tenant, sealed, cookie.last_seen) == cookie);
    std::string field = "a=b; " + std::string(visitor_cookie_name) + "=" + sealed + "; c=d";
    require(find_cookie(field, visitor_cookie_name) == sealed);
    Uuid other = keys.tenant;
    other.bytes[0] ^= 1;
    require(!keys.sealer.open(other, sealed, cookie.last_seen));
    std::string spoilt = sealed;
    spoilt[static_cast<unsigned char>(bytes.front()) % spoilt.size()] ^= 1;
    require(!keys.sealer.open(keys.tenant, spoilt, cookie.last_seen));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    static const Keys keys;
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    check_strangers(keys, text);
    if (!text.empty()) {
        check_own(keys, text);
    }
    return 0;
}
