// SPDX-License-Identifier: Apache-2.0
#include "renderer/delivery/smtp_client.h"

#include "renderer/support/ip_address.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <optional>

namespace studio::renderer {

namespace {

struct ParsedUrl {
    std::string scheme, host, port, user, password;
};

std::optional<std::string> url_part(CURLU *url, CURLUPart part, unsigned flags = 0) {
    char *text = nullptr;
    if (curl_url_get(url, part, &text, flags) != CURLUE_OK) {
        return std::nullopt;
    }
    const std::unique_ptr<char, decltype(&curl_free)> owner(text, curl_free);
    return std::string(text);
}

std::optional<ParsedUrl> parse(const std::string &text) {
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> url(curl_url(), curl_url_cleanup);
    if (!url || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) {
        return std::nullopt;
    }
    ParsedUrl parts;
    parts.scheme = url_part(url.get(), CURLUPART_SCHEME).value_or("");
    parts.host = url_part(url.get(), CURLUPART_HOST).value_or("");
    parts.port = url_part(url.get(), CURLUPART_PORT).value_or(parts.scheme == "smtps" ? "465" : "587");
    parts.user = url_part(url.get(), CURLUPART_USER, CURLU_URLDECODE).value_or("");
    parts.password = url_part(url.get(), CURLUPART_PASSWORD, CURLU_URLDECODE).value_or("");
    const bool known = parts.scheme == "smtp" || parts.scheme == "smtps";
    return known && !parts.host.empty() ? std::optional(parts) : std::nullopt;
}

bool is_this_machine(const std::string &host) {
    const auto address = IpAddress::parse(host);
    static const IpNetwork loopback = *IpNetwork::parse("127.0.0.0/8");
    return host == "localhost" || host == "[::1]" || (address && loopback.contains(*address));
}

struct Unsent {
    std::string_view text;
};

std::size_t read_message(char *buffer, std::size_t size, std::size_t count, void *user) {
    Unsent &unsent = *static_cast<Unsent *>(user);
    const std::size_t bytes = std::min(size * count, unsent.text.size());
    std::memcpy(buffer, unsent.text.data(), bytes);
    unsent.text.remove_prefix(bytes);
    return bytes;
}

std::size_t ignore(char *, std::size_t size, std::size_t count, void *) {
    return size * count;
}

// The results of libcurl that mean that the server refused; the server's answer code says why.
bool was_refused(CURLcode code) {
    return code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR || code == CURLE_WEIRD_SERVER_REPLY ||
           code == CURLE_QUOTE_ERROR || code == CURLE_UPLOAD_FAILED || code == CURLE_REMOTE_ACCESS_DENIED;
}

} // namespace

SmtpClient::SmtpClient(const OutgoingSettings &settings, const std::string &own_name, const StopFlag &stop,
                       std::chrono::milliseconds patience)
    : m_ca_file(settings.smtp_ca_file), m_stop(stop), m_patience(patience) {
    const ParsedUrl parts = parse(settings.smtp_url).value_or(ParsedUrl{});
    m_url = fmt::format("{}://{}:{}/{}", parts.scheme, parts.host, parts.port, own_name);
    m_user = parts.user;
    m_password = parts.password;
    const bool must = !m_user.empty() && !is_this_machine(parts.host);
    m_use_ssl = must ? CURLUSESSL_ALL : CURLUSESSL_TRY;
}

std::string SmtpClient::problem(const std::string &url) {
    if (parse(url)) {
        return {};
    }
    return "write smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465, with special characters "
           "in user and password percent-encoded";
}

Delivery SmtpClient::send(const std::string &from, const std::string &to, const std::string &message) {
    CurlList recipients;
    recipients.add(fmt::format("<{}>", to));
    Unsent unsent{message};
    m_curl.reset("smtp,smtps", std::chrono::seconds(10), m_patience, m_stop);
    m_curl.set(CURLOPT_URL, m_url.c_str());
    m_curl.set(CURLOPT_USE_SSL, m_use_ssl);
    if (!m_ca_file.empty()) {
        m_curl.set(CURLOPT_CAINFO, m_ca_file.c_str());
    }
    if (!m_user.empty()) {
        m_curl.set(CURLOPT_USERNAME, m_user.c_str());
        m_curl.set(CURLOPT_PASSWORD, m_password.c_str());
    }
    const std::string sender = fmt::format("<{}>", from);
    m_curl.set(CURLOPT_MAIL_FROM, sender.c_str());
    m_curl.set(CURLOPT_MAIL_RCPT, recipients.pointer());
    m_curl.set(CURLOPT_UPLOAD, 1L);
    m_curl.set(CURLOPT_READFUNCTION, read_message);
    m_curl.set(CURLOPT_READDATA, &unsent);
    m_curl.set(CURLOPT_WRITEFUNCTION, ignore);
    const CURLcode code = m_curl.perform();
    if (code == CURLE_OK) {
        return {};
    }
    const long answer = m_curl.response_code();
    if (answer >= 400 && answer < 600 && (was_refused(code) || code == CURLE_LOGIN_DENIED)) {
        // Codes 53x are about the login, which an operator can correct, so they are not permanent.
        const bool for_good = answer >= 550 && code != CURLE_LOGIN_DENIED;
        return {for_good ? Delivery::Result::Refused : Delivery::Result::Later,
                fmt::format("smtp_{}", answer)};
    }
    return {Delivery::Result::Later, fmt::format("smtp_{}", failure_code(code))};
}

} // namespace studio::renderer
