// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/line_server.h"

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace studio::test_support {

struct ReceivedRequest {
    std::string method, target;
    std::map<std::string, std::string> fields; // names in lower case
    std::string body;
};

// A web server that records requests and gives the answers that a test sets.
class HttpSink final {
public:
    HttpSink();
    std::string url(const std::string &path = "/hook") const;
    // `fields`: lines with their CRLF, such as "Location: /other\r\n".
    void answer_with(int status, std::string fields = {}, std::string body = {});
    // The whole answer, from its status line on, of each request; an empty one closes the connection.
    using Answer = std::function<std::string(const ReceivedRequest &)>;
    void answer_by(Answer answer);
    std::vector<ReceivedRequest> requests() const;

private:
    void serve(SinkConnection &connection);

    mutable std::mutex m_mutex;
    int m_status = 200;
    std::string m_fields, m_body;
    Answer m_answer;
    std::vector<ReceivedRequest> m_requests;
    LineServer m_server; // last, because its threads use the other members
};

// An answer of a web server that closes the connection afterwards.
std::string http_answer(int status, const std::string &body, const std::string &fields = {});

} // namespace studio::test_support
