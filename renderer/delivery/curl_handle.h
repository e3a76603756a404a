// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace studio::renderer {

// Ends transfers under way when the service stops. Any thread.
class StopFlag final {
public:
    void raise() { m_raised = true; }
    bool raised() const { return m_raised; }

private:
    std::atomic<bool> m_raised{false};
};

// One libcurl handle; its connection is kept for the next transfer. One thread at a time.
class CurlHandle final {
public:
    // Throws std::runtime_error where libcurl cannot be set up.
    CurlHandle();

    // Forgets every option of the previous transfer, and sets what all transfers share: no signals, no proxy,
    // no redirects, nothing but `protocols` ("smtp,smtps"), an end when `stop` is raised.
    void reset(const char *protocols, std::chrono::milliseconds connect_time,
               std::chrono::milliseconds whole_time, const StopFlag &stop);
    template <typename Value> void set(CURLoption option, Value value) {
        curl_easy_setopt(m_handle.get(), option, value);
    }
    CURLcode perform() { return curl_easy_perform(m_handle.get()); }
    long response_code() const;

private:
    struct Deleter {
        void operator()(CURL *handle) const { curl_easy_cleanup(handle); }
    };
    std::unique_ptr<CURL, Deleter> m_handle;
};

// A list of texts for libcurl.
class CurlList final {
public:
    void add(const std::string &text);
    curl_slist *pointer() const { return m_list.get(); }

private:
    struct Deleter {
        void operator()(curl_slist *list) const { curl_slist_free_all(list); }
    };
    std::unique_ptr<curl_slist, Deleter> m_list;
};

// "timeout", "unreachable", "tls", …: a short code for why a transfer failed.
std::string_view failure_code(CURLcode code);

} // namespace studio::renderer
