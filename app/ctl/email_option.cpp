// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/email_option.h"

#include "app/ctl/failure.h"
#include "models/values/web_address.h"

#include <fmt/format.h>

namespace studio::ctl {

std::string required_email(const std::string &typed) {
    const auto address = models::email_in(typed);
    if (!address) {
        throw CommandFailure(
            "--email",
            fmt::format("\"{}\" is not an email address: enter one like someone@example.com.", typed));
    }
    return *address;
}

} // namespace studio::ctl
