// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/asset_store.h"

#include <functional>
#include <memory>
#include <set>
#include <string>

namespace studio::media {

// Remembers the files that an import added to the store. Its destructor removes them again unless keep() was
// called. From the first file on it holds the store's lock: another import of the same picture waits, and so
// never relies on a file that is about to be removed.
class NewFiles final : public AssetStore {
public:
    // `told` is called with the reason when files could not be removed again.
    NewFiles(AssetStore &store, std::function<void(const std::string &reason)> told);
    ~NewFiles() override;
    NewFiles(const NewFiles &) = delete;
    NewFiles &operator=(const NewFiles &) = delete;

    void keep(); // also releases the store's lock

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
