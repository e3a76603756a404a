// SPDX-License-Identifier: Apache-2.0
#include "renderer/delivery/webhook_client.h"

#include "renderer/visitors/message_key.h"

#include <fmt/format.h>

namespace studio::renderer {

namespace {

std::size_t ignore(char *, std::size_t size, std::size_t count, void *) {
    return size * count;
}

} // namespace

std::string webhook_signature(std::string_view secret, base::Time at, std::string_view body) {
    const std::string time = std::to_string(base::to_seconds(at));
    std::string text = "t=" + time + ",v1=";
    for (const char byte : MessageKey(secret).sign({time, ".", body})) {
        text += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    }
    return text;
}

WebhookClient::WebhookClient(WebhookRules rules, const StopFlag &stop, std::chrono::milliseconds patience)
    : m_rules(rules), m_stop(stop), m_patience(patience) {}

Delivery WebhookClient::post(const std::string &url, const std::string &body, const HeaderFields &fields) {
    AddressGuard guard(m_rules);
    CurlList list;
    list.add("Content-Type: application/json");
    list.add("Expect:");
    for (const auto &[name, value] : fields) {
        list.add(name + ": " + value);
    }
    guard.prepare(m_curl, url, m_patience, m_stop);
    m_curl.set(CURLOPT_HTTPHEADER, list.pointer());
    m_curl.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    m_curl.set(CURLOPT_POSTFIELDS, body.data());
    m_curl.set(CURLOPT_WRITEFUNCTION, ignore);
    const CURLcode code = m_curl.perform();
    if (guard.refused() && code != CURLE_OK) {
        return {Delivery::Result::Refused, "webhook_private_address"};
    }
    if (code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT) {
        return {Delivery::Result::Refused, "webhook_address_invalid"};
    }
    if (code != CURLE_OK) {
        return {Delivery::Result::Later, fmt::format("webhook_{}", failure_code(code))};
    }
    const long status = m_curl.response_code();
    if (status >= 200 && status < 300) {
        return {};
    }
    return {status == 410 ? Delivery::Result::Refused : Delivery::Result::Later,
            fmt::format("webhook_{}", status)};
}

} // namespace studio::renderer
