// SPDX-License-Identifier: Apache-2.0
#include "renderer/visitors/visitor_cookie.h"

#include "renderer/visitors/base64url.h"

#include <fmt/format.h>

#include <cstring>

namespace studio::renderer {

namespace {

constexpr char version = 2;
constexpr std::size_t payload_size = 1 + 16 + 8 + 4 + 4, payload_text_size = 44;
constexpr std::size_t signature_size = 16, signature_text_size = 22;
// A time in the future is accepted within this tolerance, because replicas' clocks differ and a clock may
// have been set back. The seal shows that one of them wrote it.
constexpr std::uint32_t clock_tolerance_s = 24 * 3600;

template <typename Number> void append(std::string &bytes, Number number) {
    for (int shift = static_cast<int>(sizeof number) * 8 - 8; shift >= 0; shift -= 8) {
        bytes.push_back(static_cast<char>(number >> shift));
    }
}

template <typename Number> Number take(std::string_view &bytes) {
    Number number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i) {
        number = static_cast<Number>((number << 8) | static_cast<unsigned char>(bytes[i]));
    }
    bytes.remove_prefix(sizeof number);
    return number;
}

Uuid take_uuid(std::string_view &bytes) {
    Uuid uuid;
    std::memcpy(uuid.bytes.data(), bytes.data(), uuid.bytes.size());
    bytes.remove_prefix(uuid.bytes.size());
    return uuid;
}

} // namespace

CookieSealer::CookieSealer(std::string_view secret) : m_signing(secret, "visitor cookie") {}

std::string CookieSealer::seal(const Uuid &tenant, const VisitorCookie &cookie) const {
    std::string payload(1, version);
    payload.reserve(payload_size);
    payload.append(cookie.visitor.view());
    append(payload, cookie.assignment_key);
    append(payload, cookie.issued);
    append(payload, cookie.last_seen);
    const auto signature = m_signing.sign({tenant.view(), payload});
    return to_base64url(payload) + "." + to_base64url({signature.data(), signature_size});
}

std::optional<VisitorCookie> CookieSealer::open(const Uuid &tenant, std::string_view text,
                                                std::uint32_t now) const {
    if (text.size() != payload_text_size + 1 + signature_text_size || text[payload_text_size] != '.') {
        return std::nullopt;
    }
    const auto payload = from_base64url(text.substr(0, payload_text_size));
    const auto claimed = from_base64url(text.substr(payload_text_size + 1));
    if (!payload || !claimed || payload->size() != payload_size) {
        return std::nullopt;
    }
    const auto signature = m_signing.sign({tenant.view(), *payload});
    if (!equal_in_constant_time({signature.data(), signature_size}, *claimed) ||
        payload->front() != version) {
        return std::nullopt;
    }
    std::string_view rest = std::string_view(*payload).substr(1);
    VisitorCookie cookie;
    cookie.visitor = take_uuid(rest);
    cookie.assignment_key = take<std::uint64_t>(rest);
    cookie.issued = take<std::uint32_t>(rest);
    cookie.last_seen = take<std::uint32_t>(rest);
    const bool from_the_future = cookie.last_seen > now && cookie.last_seen - now > clock_tolerance_s;
    const bool expired =
        now > cookie.last_seen && now - cookie.last_seen > static_cast<std::uint64_t>(lifetime.count());
    if (from_the_future || expired) {
        return std::nullopt;
    }
    return cookie;
}

std::string CookieSealer::set_field(const Uuid &tenant, const VisitorCookie &cookie) const {
    return fmt::format("{}={}; Path=/; Max-Age={}; Secure; HttpOnly; SameSite=Lax", visitor_cookie_name,
                       seal(tenant, cookie), lifetime.count());
}

std::string CookieSealer::clear_field() {
    return fmt::format("{}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax", visitor_cookie_name);
}

std::optional<std::string_view> find_cookie(std::string_view field, std::string_view name) {
    std::optional<std::string_view> found;
    while (!field.empty()) {
        const auto end = field.find(';');
        std::string_view pair = field.substr(0, end);
        field = end == std::string_view::npos ? std::string_view{} : field.substr(end + 1);
        while (pair.starts_with(' ') || pair.starts_with('\t')) {
            pair.remove_prefix(1);
        }
        while (pair.ends_with(' ') || pair.ends_with('\t')) {
            pair.remove_suffix(1);
        }
        if (pair.size() <= name.size() || !pair.starts_with(name) || pair[name.size()] != '=') {
            continue;
        }
        if (found) {
            return std::nullopt;
        }
        found = pair.substr(name.size() + 1);
    }
    return found;
}

} // namespace studio::renderer
