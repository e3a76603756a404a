// SPDX-License-Identifier: Apache-2.0
#include "media/s3/cdn.h"

#include "media/s3/error.h"
#include "models/json/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace studio::media::s3 {

namespace {

constexpr std::size_t most_files = 50; // of one request, and of 20 seconds
constexpr std::chrono::seconds longest_wait{60};

Error refused(const HttpAnswer &answer) {
    if (answer.fault == Fault::Canceled) {
        return {ErrorKind::Canceled, "Stopped."};
    }
    if (answer.fault != Fault::None) {
        return {ErrorKind::Unreachable, "The CDN's API did not answer. Check the network, then try again."};
    }
    if (answer.status == 401 || answer.status == 403) {
        return {
            ErrorKind::WrongKeys,
            "The CDN's API refused the token. Make a new one with the right to read and purge CDN endpoints.",
            {},
            answer.status};
    }
    if (answer.status == 404) {
        return {ErrorKind::WrongPlace,
                "The CDN's API does not know this endpoint: the CDN was removed or made anew.",
                {},
                answer.status};
    }
    if (answer.status == 429 || answer.status >= 500) {
        return {ErrorKind::Busy, "The CDN's API is busy. Try again in a few minutes.", {}, answer.status};
    }
    return {ErrorKind::Other, fmt::format("The CDN's API answered {}.", answer.status), {}, answer.status};
}

bool is_passing(const HttpAnswer &answer) {
    const bool broken =
        answer.fault != Fault::None && answer.fault != Fault::Canceled && answer.fault != Fault::Certificate;
    return broken || answer.status == 429 || answer.status >= 500;
}

// What the API asks for by Retry-After, in seconds; at least the usual pause.
std::chrono::milliseconds pause(const HttpAnswer &answer, int next, const RetryRule &rule) {
    const std::string text = answer.header("retry-after");
    int seconds = 0;
    std::from_chars(text.data(), text.data() + text.size(), seconds);
    const std::chrono::milliseconds asked = std::clamp<std::chrono::seconds>(
        std::chrono::seconds(seconds), std::chrono::seconds(0), longest_wait);
    return std::max(asked, pause_before(next, rule));
}

// The endpoint with that origin on this page of the list.
std::optional<std::string> endpoint_on(const models::Json &page, const std::string &origin) {
    const auto list = page.find("endpoints");
    if (list == page.end() || !list->is_array()) {
        return std::nullopt;
    }
    for (const models::Json &endpoint : *list) {
        if (endpoint.is_object() && endpoint.value("origin", "") == origin) {
            return endpoint.value("id", "");
        }
    }
    return std::nullopt;
}

bool has_next(const models::Json &page) {
    return page.contains(models::Json::json_pointer("/links/pages/next"));
}

} // namespace

Cdn::Cdn(std::string token, CdnOptions options)
    : m_token(std::move(token)), m_options(std::move(options)), m_http(m_options.stop) {}

HttpAnswer Cdn::perform(const std::string &method, const std::string &path, const std::string &body) {
    HttpRequest request;
    request.method = method;
    request.url = m_options.api + path;
    request.headers = {{"authorization", "Bearer " + m_token}};
    if (!body.empty()) {
        request.headers.emplace_back("content-type", "application/json");
        request.body = body;
    }
    for (int attempt = 1;; ++attempt) {
        HttpAnswer answer = m_http.send(request);
        if (answer.fault == Fault::None && answer.status >= 200 && answer.status < 300) {
            return answer;
        }
        if (!is_passing(answer) || attempt >= m_options.retry.attempts) {
            throw refused(answer);
        }
        if (!wait(pause(answer, attempt + 1, m_options.retry), m_options.stop)) {
            throw Error(ErrorKind::Canceled, "Stopped.");
        }
    }
}

std::optional<std::string> Cdn::endpoint_of(const std::string &origin) {
    for (int number = 1;; ++number) {
        const HttpAnswer answer =
            perform("GET", fmt::format("/v2/cdn/endpoints?page={}&per_page=200", number), {});
        const auto page = models::Json::parse(answer.body, nullptr, false);
        if (!page.is_object()) {
            throw Error(ErrorKind::Other, "The answer of the CDN's API could not be read.");
        }
        if (auto found = endpoint_on(page, origin)) {
            return found;
        }
        if (!has_next(page)) {
            return std::nullopt;
        }
    }
}

void Cdn::purge(const std::string &endpoint, const std::vector<std::string> &keys) {
    for (std::size_t at = 0; at < keys.size(); at += most_files) {
        const auto begin = keys.begin() + static_cast<std::ptrdiff_t>(at);
        const auto end = begin + static_cast<std::ptrdiff_t>(std::min(most_files, keys.size() - at));
        const models::Json files = std::vector<std::string>(begin, end);
        perform("DELETE", fmt::format("/v2/cdn/endpoints/{}/cache", endpoint),
                models::Json{{"files", files}}.dump());
    }
}

} // namespace studio::media::s3
