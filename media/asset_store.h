// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace studio::media {

enum class ErrorKind { NotAnImage, TooLarge, DiskFull, NotFound, Forbidden, Io };

// what() is a sentence for a person: it names the file and says what to do.
class Error final : public std::runtime_error {
public:
    Error(ErrorKind kind, const std::string &message) : std::runtime_error(message), m_kind(kind) {}
    ErrorKind kind() const { return m_kind; }

private:
    ErrorKind m_kind;
};

struct Asset {
    std::string key; // "claire/hero-3f2a9c81-1280.webp"
    std::uint64_t bytes = 0;
};

// Where published pictures are stored. A key contains a hash of the content, so a stored asset never changes.
class AssetStore {
public:
    virtual ~AssetStore() = default;
    // Stores all of the bytes or nothing: a failed put leaves no part of a file behind. Throws Error.
    virtual void put(const std::string &key, std::string_view bytes, const std::string &content_type) = 0;
    virtual std::optional<std::string> read(const std::string &key) = 0;
    virtual bool remove(const std::string &key) = 0;
    virtual std::vector<Asset> list(const std::string &prefix) = 0;
    // Locks the store until the returned value is destroyed. Other callers of hold() wait, in this program
    // and in every other one on the same store, so that looking up and then adding or removing is one step
    // for them.
    virtual std::shared_ptr<void> hold() = 0;
};

} // namespace studio::media
