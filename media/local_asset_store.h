// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/asset_store.h"

#include <filesystem>

namespace studio::media {

// Assets as files below one folder; the public service serves the same folder at /media.
class LocalAssetStore final : public AssetStore {
public:
    explicit LocalAssetStore(std::filesystem::path root);
    void put(const std::string &key, std::string_view bytes, const std::string &content_type) override;
    std::optional<std::string> read(const std::string &key) override;
    bool remove(const std::string &key) override;
    std::vector<Asset> list(const std::string &prefix) override;
    std::shared_ptr<void> hold() override;
    const std::filesystem::path &root() const { return m_root; }

private:
    std::filesystem::path m_root;
};

} // namespace studio::media
