// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace studio::renderer {

// What became of one attempt. `reason` is a short code without personal data, such as "smtp_451".
struct Delivery {
    enum class Result { Sent, Later, Refused /* by the other side, as something that will not change */ };
    Result result = Result::Sent;
    std::string reason;
    bool operator==(const Delivery &) const = default;
};

class MailTransport {
public:
    virtual ~MailTransport() = default;
    // `message` is a whole RFC 5322 message. Does not throw.
    virtual Delivery send(const std::string &from, const std::string &to, const std::string &message) = 0;
};

using HeaderFields = std::vector<std::pair<std::string, std::string>>;

class WebhookTransport {
public:
    virtual ~WebhookTransport() = default;
    // Posts JSON. Does not throw.
    virtual Delivery post(const std::string &url, const std::string &body, const HeaderFields &fields) = 0;
};

} // namespace studio::renderer
