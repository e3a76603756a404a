// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/s3/backoff.h"
#include "media/s3/error.h"
#include "media/s3/http.h"
#include "media/s3/signature.h"
#include "models/values/photo_store.h"

#include <functional>
#include <optional>
#include <stop_token>
#include <string>

namespace studio::media::s3 {

struct ConnectionOptions {
    std::function<base::Time()> clock = base::now;
    RetryRule retry;
    std::chrono::milliseconds longest_silence{60'000};
    std::stop_token stop;
};

// A request to the bucket, or to the object `key` in it.
struct Call {
    std::string method = "GET";
    std::string key;
    Fields query;
    Fields headers; // "content-type", "x-amz-acl" …; all are signed
    std::variant<std::monostate, std::string, FileBody> body;
    std::string payload_hash;                    // in hex, of a FileBody; of other bodies it is made here
    bool answer_is_xml = false;                  // then an error inside a 200 is looked for
    std::chrono::milliseconds longest_silence{}; // 0: the connection's
    Progress progress;
};

// Sends signed requests to one bucket, again where the store is busy or the connection breaks. It waits, so
// it is for worker threads and command lines, never for the thread that draws; one thread at a time.
class Connection final {
public:
    Connection(models::BucketAddress address, Credentials credentials, ConnectionOptions options = {});

    // An answer of 2xx, or 404 to a HEAD or a GET of an object. Throws Error for everything else.
    HttpAnswer perform(const Call &call);
    // As everybody: unsigned, from the public address.
    HttpAnswer perform_anonymously(const std::string &key, const std::string &method = "GET");
    // An address that shows the object without keys for that long.
    std::string presigned_url(const std::string &key, std::chrono::seconds valid) const;

    const models::BucketAddress &address() const { return m_address; }
    base::Time now() const { return m_options.clock(); }

private:
    HttpAnswer send_once(const Call &call);
    // Nothing where the answer is good; else what the store said.
    std::optional<Refusal> refusal_of(const Call &call, const HttpAnswer &answer) const;
    // A refusal that comes before a large body was taken gets lost with the connection, so that it is asked
    // for without one: whether an upload of that object may begin. Throws Error where it may not.
    void ask_whether_writable(const std::string &key);
    std::string path_of(const std::string &key) const;
    std::string host() const;

    models::BucketAddress m_address;
    models::Endpoint m_endpoint;
    Credentials m_credentials;
    ConnectionOptions m_options;
    Http m_http;
};

} // namespace studio::media::s3
