// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/delivery/mail_message.h"

#include <string>

namespace studio::renderer {

struct WebhookRules {
    bool allow_insecure = false; // http:// too
    bool allow_private = false;  // addresses that are not public too
};

// How emails and webhooks leave.
struct OutgoingSettings {
    std::string smtp_url;     // "": emails wait
    std::string smtp_ca_file; // "": the authorities that the system trusts
    MailAddress mail_from;
    WebhookRules webhooks;
};

} // namespace studio::renderer
