// SPDX-License-Identifier: Apache-2.0
#include "renderer/delivery/curl_handle.h"

#include <stdexcept>

namespace studio::renderer {

namespace {

void set_up_once() {
    static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (code != CURLE_OK) {
        throw std::runtime_error("libcurl could not be set up");
    }
}

int stop_asked(void *flag, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<const StopFlag *>(flag)->raised() ? 1 : 0;
}

} // namespace

CurlHandle::CurlHandle() {
    set_up_once();
    m_handle.reset(curl_easy_init());
    if (!m_handle) {
        throw std::runtime_error("libcurl could not create a handle");
    }
}

void CurlHandle::reset(const char *protocols, std::chrono::milliseconds connect_time,
                       std::chrono::milliseconds whole_time, const StopFlag &stop) {
    curl_easy_reset(m_handle.get());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_PROTOCOLS_STR, protocols);
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOPROXY, "*");
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connect_time.count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(whole_time.count()));
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, stop_asked);
    set(CURLOPT_XFERINFODATA, &stop);
}

long CurlHandle::response_code() const {
    long code = 0;
    curl_easy_getinfo(m_handle.get(), CURLINFO_RESPONSE_CODE, &code);
    return code;
}

void CurlList::add(const std::string &text) {
    curl_slist *longer = curl_slist_append(m_list.get(), text.c_str());
    if (!longer) {
        throw std::bad_alloc();
    }
    if (longer != m_list.get()) {
        static_cast<void>(m_list.release());
        m_list.reset(longer);
    }
}

std::string_view failure_code(CURLcode code) {
    switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
        return "timeout";
    case CURLE_COULDNT_RESOLVE_HOST:
        return "name_not_found";
    case CURLE_COULDNT_CONNECT:
        return "unreachable";
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_USE_SSL_FAILED:
        return "tls";
    case CURLE_LOGIN_DENIED:
        return "login_denied";
    case CURLE_ABORTED_BY_CALLBACK:
        return "stopped";
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
        return "address_invalid";
    default:
        return "connection_lost";
    }
}

} // namespace studio::renderer
