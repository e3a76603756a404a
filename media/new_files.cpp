// SPDX-License-Identifier: Apache-2.0
#include "media/new_files.h"

#include <exception>
#include <utility>

namespace studio::media {

NewFiles::NewFiles(AssetStore &store, std::function<void(const std::string &)> told)
    : m_store(store), m_told(std::move(told)) {}

NewFiles::~NewFiles() {
    if (!m_kept) {
        take_back();
    }
}

void NewFiles::keep() {
    m_kept = true;
    m_held.reset();
}

std::shared_ptr<void> NewFiles::hold() {
    if (!m_held) {
        m_held = m_store.hold();
    }
    return m_held;
}

void NewFiles::put(const std::string &key, std::string_view bytes, const std::string &content_type) {
    hold();
    const bool is_new = !m_store.read(key);
    m_store.put(key, bytes, content_type);
    if (is_new) {
        m_written.insert(key);
    }
}

void NewFiles::take_back() noexcept {
    try {
        for (const std::string &key : m_written) {
            m_store.remove(key);
        }
    } catch (const std::exception &error) {
        m_told(error.what());
    }
}

} // namespace studio::media
