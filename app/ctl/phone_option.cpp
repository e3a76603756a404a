// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/phone_option.h"

#include "app/ctl/drafts.h"
#include "app/ctl/failure.h"
#include "base/telephone.h"
#include "base/text.h"
#include "models/documents/content.h"

namespace studio::ctl {

std::string required_phone(Context &context, const Arguments &arguments, const std::string &typed) {
    const std::string number = base::clean_line(typed);
    std::string region;
    if (const auto subdomain = arguments.optional_text("--tenant")) {
        const auto revision = latest_revision(context, context.tenant(*subdomain, "--tenant"));
        region = models::telephone_region(models::read_content(revision.documents.content));
    }
    const auto normal = base::normal_telephone(number, region);
    if (!normal && !number.starts_with('+')) {
        throw CommandFailure("--phone",
                             "The number has no country code. Enter it as +61 400 111 222, give the "
                             "tenant of whose country it is, or use --booking ID.");
    }
    return normal.value_or(number);
}

} // namespace studio::ctl
