// SPDX-License-Identifier: Apache-2.0
// One request over HTTP by Qt Network, waited for. Nothing here knows S3.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace studio::media::s3 {

// Bytes of a file, from its beginning; it is read while it is sent.
struct FileBody {
    std::filesystem::path file;
};

// Must not throw.
using Progress = std::function<void(std::uint64_t sent, std::uint64_t of)>;

struct HttpRequest {
    std::string method = "GET";                               // HEAD, PUT, POST or DELETE
    std::string url;                                          // sent as it stands: already encoded
    std::vector<std::pair<std::string, std::string>> headers; // with "host" where it is not the url's
    std::variant<std::monostate, std::string, FileBody> body; // monostate: none
    std::chrono::milliseconds longest_silence{60'000};        // without a byte in either direction
    Progress progress; // bytes given to the connection, not yet acknowledged
};

enum class Fault { None, Broken, Silent, NoHost, Refused, Certificate, Canceled };

struct HttpAnswer {
    Fault fault = Fault::None; // else the answer is not to be relied on, whatever its status
    int status = 0;
    std::map<std::string, std::string> headers; // names in lower case
    std::string body;

    // "" where there is none.
    std::string header(const std::string &name) const;
};

// Connections are kept for the next request. For one thread; makes a QCoreApplication where the program has
// none, which must then happen in its main thread.
class Http final {
public:
    explicit Http(std::stop_token stop = {});
    ~Http();
    Http(const Http &) = delete;
    Http &operator=(const Http &) = delete;

    // A connection that broke is tried again by Qt, up to three times, without a word: so a request may reach
    // the server more than once, and a refusal that came before the whole body was sent may be lost.
    HttpAnswer send(const HttpRequest &request);

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace studio::media::s3
