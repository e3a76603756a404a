// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/s3/bucket.h"

#include <optional>
#include <string>
#include <vector>

namespace studio::media::s3 {

// The requests of an upload in parts. Nothing is there until complete() is through.
class Multipart final {
public:
    explicit Multipart(Connection &connection) : m_connection(connection) {}

    std::string begin(const std::string &key, const ObjectFacts &facts); // the upload's id
    Part put_part(const std::string &key, const std::string &id, int number, const std::string &bytes,
                  const Progress &progress);
    // nullopt where the store knows no such upload.
    std::optional<std::vector<Part>> parts(const std::string &key, const std::string &id);
    void complete(const std::string &key, const std::string &id, const std::vector<Part> &parts);
    void abort(const std::string &key, const std::string &id); // also one that is gone

    std::vector<UnfinishedUpload> unfinished(const std::string &prefix);
    // A begin() that broke may have begun two. Removes those of the key that are older than a day, so that
    // nobody's upload that still runs is taken away.
    void abort_forgotten(const std::string &key);

private:
    Connection &m_connection;
};

// The ETag that S3 makes of the parts' MD5s.
std::string etag_of_parts(const std::vector<Part> &parts);

// Without its quotes.
std::string bare_etag(const std::string &etag);

} // namespace studio::media::s3
