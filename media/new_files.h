// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/asset_store.h"

#include <functional>
#include <memory>
#include <set>
#include <string>

namespace studio::media {

// Remembers the files that were not there before an import wrote them, and takes those back when it goes,
// unless keep() was called. From the first file on nobody else adds files to the store: whoever imports the
// same picture at the same time adds it afterwards, and never relies on a file that is taken back.
class NewFiles final : public AssetStore {
public:
    // `told` hears why files could not be taken back.
    NewFiles(AssetStore &store, std::function<void(const std::string &reason)> told);
    ~NewFiles() override;
    NewFiles(const NewFiles &) = delete;
    NewFiles &operator=(const NewFiles &) = delete;

    void keep(); // and lets others add files again

    void put(const std::string &key, std::string_view bytes, const std::string &content_type) override;
    std::optional<std::string> read(const std::string &key) override { return m_store.read(key); }
    bool remove(const std::string &key) override { return m_store.remove(key); }
    std::vector<Asset> list(const std::string &prefix) override { return m_store.list(prefix); }
    std::shared_ptr<void> hold() override;

private:
    void take_back() noexcept;

    AssetStore &m_store;
    std::function<void(const std::string &)> m_told;
    std::shared_ptr<void> m_held;
    std::set<std::string> m_written;
    bool m_kept = false;
};

} // namespace studio::media
