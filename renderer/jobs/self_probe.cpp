// SPDX-License-Identifier: Apache-2.0
#include "renderer/jobs/self_probe.h"

#include "renderer/delivery/curl_handle.h"

namespace studio::renderer {

namespace {

using namespace std::chrono_literals;
constexpr std::chrono::milliseconds connect_time = 2s, whole_time = 5s;

} // namespace

struct SelfProbe::Impl {
    std::string url;
    CurlHandle handle;
    StopFlag never;
};

SelfProbe::SelfProbe(std::string url) : m_impl(std::make_shared<Impl>()) {
    m_impl->url = std::move(url);
}

bool SelfProbe::operator()() const {
    CurlHandle &handle = m_impl->handle;
    handle.reset("http", connect_time, whole_time, m_impl->never);
    handle.set(CURLOPT_URL, m_impl->url.c_str());
    handle.set(CURLOPT_NOBODY, 1L);
    handle.set(CURLOPT_FORBID_REUSE, 1L); // a new connection each time, as a new client needs
    return handle.perform() == CURLE_OK && handle.response_code() == 200;
}

} // namespace studio::renderer
