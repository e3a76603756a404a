// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/delivery/curl_handle.h"
#include "renderer/delivery/delivery.h"
#include "renderer/delivery/outgoing_settings.h"

#include <chrono>
#include <string>

namespace studio::renderer {

// Sends by one mail server, over one connection as long as that lasts. One thread at a time.
class SmtpClient final : public MailTransport {
public:
    // smtp_url: "smtp://user:password@mail.example:587" or "smtps://…:465", user and password
    // percent-encoded. smtp:// goes over to TLS where the server offers it; with a password it must, except
    // on this machine. `own_name` is the host name sent with EHLO.
    SmtpClient(const OutgoingSettings &settings, const std::string &own_name, const StopFlag &stop,
               std::chrono::milliseconds patience = std::chrono::seconds(30));

    Delivery send(const std::string &from, const std::string &to, const std::string &message) override;

    // Says what a valid URL looks like; "" where `url` is valid.
    static std::string problem(const std::string &url);

private:
    std::string m_url, m_user, m_password, m_ca_file;
    long m_use_ssl = 0;
    const StopFlag &m_stop;
    const std::chrono::milliseconds m_patience;
    CurlHandle m_curl;
};

} // namespace studio::renderer
