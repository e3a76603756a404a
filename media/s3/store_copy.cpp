// SPDX-License-Identifier: Apache-2.0
#include "media/s3/store_copy.h"

#include "media/asset_key.h"

namespace studio::media::s3 {

ObjectFacts facts_of(const std::string &key, const std::string &content_type) {
    return is_private_key(key) ? original_facts(content_type) : derivative_facts(content_type);
}

} // namespace studio::media::s3
