// SPDX-License-Identifier: Apache-2.0
#include "renderer/delivery/calendar_client.h"

#include "models/booking/calendar_import.h"

#include <fmt/format.h>

namespace studio::renderer {

namespace {

// Appends received bytes up to the size limit; beyond it returns fewer bytes than came, which ends the
// transfer.
std::size_t take(char *bytes, std::size_t size, std::size_t count, void *text) {
    std::string &taken = *static_cast<std::string *>(text);
    if (taken.size() + size * count > models::max_calendar_bytes) {
        return 0;
    }
    taken.append(bytes, size * count);
    return size * count;
}

std::string problem_of(CURLcode code, bool refused) {
    if (refused) {
        return "The address is not public, so it is not read.";
    }
    switch (code) {
    case CURLE_WRITE_ERROR:
    case CURLE_FILESIZE_EXCEEDED:
        return "The calendar is larger than 2 MB: share a shorter period.";
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
        return "The address is not one that begins with https://.";
    case CURLE_OPERATION_TIMEDOUT:
        return "The calendar's server did not answer in time.";
    case CURLE_COULDNT_RESOLVE_HOST:
        return "The name of the calendar's server cannot be found.";
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
        return "The calendar's server could not be reached securely.";
    default:
        return "The calendar's server cannot be reached.";
    }
}

std::string problem_of_status(long status) {
    if (status >= 200 && status < 300) {
        return {};
    }
    if (status >= 300 && status < 400) {
        return "The address leads to another one: enter that one.";
    }
    if (status == 401 || status == 403 || status == 404 || status == 410) {
        return fmt::format("The calendar's server refuses the address or no longer knows it ({}).", status);
    }
    return fmt::format("The calendar's server answered {}.", status);
}

} // namespace

CalendarClient::CalendarClient(WebhookRules rules, const StopFlag &stop, std::chrono::milliseconds patience)
    : m_rules(rules), m_stop(stop), m_patience(patience) {}

CalendarAnswer CalendarClient::get(const std::string &url) {
    AddressGuard guard(m_rules);
    CalendarAnswer answer;
    guard.prepare(m_curl, url, m_patience, m_stop);
    m_curl.set(CURLOPT_HTTPGET, 1L);
    m_curl.set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(models::max_calendar_bytes));
    m_curl.set(CURLOPT_WRITEFUNCTION, take);
    m_curl.set(CURLOPT_WRITEDATA, &answer.text);
    const CURLcode code = m_curl.perform();
    answer.problem =
        code == CURLE_OK ? problem_of_status(m_curl.response_code()) : problem_of(code, guard.refused());
    if (!answer.problem.empty()) {
        answer.text.clear();
    }
    return answer;
}

} // namespace studio::renderer
