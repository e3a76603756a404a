// SPDX-License-Identifier: Apache-2.0
#include "ui/uploads/former_places.h"

#include "media/s3/store_steps.h"

namespace studio::ui {

void FormerPlaces::add(const media::s3::CopyTarget &bucket, const std::vector<std::string> &keys) {
    for (const auto &key : keys) {
        m_files.push_back({bucket, key});
    }
}

std::string FormerPlaces::hide(media::AssetStore &local_copies, const models::PhotoStore &present) {
    std::string problem;
    std::erase_if(m_files, [&](const File &file) {
        if (models::is_same_place(present, {file.bucket.address})) {
            return true;
        }
        const auto failed =
            media::s3::StoreSteps(local_copies, file.bucket, {}).carry_out({"hide", file.key});
        problem = failed.empty() ? problem : failed;
        return failed.empty();
    });
    return problem;
}

} // namespace studio::ui
