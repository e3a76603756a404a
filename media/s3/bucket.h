// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/s3/answers.h"
#include "media/s3/connection.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace studio::media::s3 {

// What is said of an object when it is stored.
struct ObjectFacts {
    std::string content_type;
    std::string cache_control;
    bool is_public = false;
    std::map<std::string, std::string> notes; // as x-amz-meta-…: ASCII
    bool operator==(const ObjectFacts &) const = default;
};

// Of a picture on a page: for everybody, kept by browsers and shared caches for a day at most, so that one
// that is taken down is gone by then.
ObjectFacts derivative_facts(const std::string &content_type);
// Of what was uploaded: for nobody without keys.
ObjectFacts original_facts(const std::string &content_type);
// The headers that say so.
Fields headers_of(const ObjectFacts &facts);

struct StoredObject {
    std::uint64_t bytes = 0;
    std::string etag; // with its quotes; may be empty
    std::string content_type, cache_control;
};

// The objects of one bucket. Everything throws Error where the store refuses or cannot be reached; repeating
// any of it does no harm.
class Bucket final {
public:
    explicit Bucket(Connection &connection) : m_connection(connection) {}

    void put(const std::string &key, std::string_view bytes, const ObjectFacts &facts);
    // In one request. Throws Error where the file changes meanwhile.
    void put_file(const std::string &key, const std::filesystem::path &file, const ObjectFacts &facts,
                  const Progress &progress = {});
    std::optional<StoredObject> head(const std::string &key);
    std::optional<std::string> get(const std::string &key);
    // In pages of at most `page_size`; `use` answers false to end it.
    void list(const std::string &prefix, const std::function<bool(const ListedObject &)> &use,
              int page_size = 1000);
    // Whether it was there or not.
    void remove(const std::string &key);
    // Of any number; returns those that the store could not remove.
    std::vector<FailedRemoval> remove_all(const std::vector<std::string> &keys);
    // Content and key stay; type, caching, notes and whether it is public become what `facts` say.
    void replace_facts(const std::string &key, const ObjectFacts &facts);
    // Throws Error where the bucket is not there or the keys may not list it.
    void check_access();

private:
    Connection &m_connection;
};

} // namespace studio::media::s3
