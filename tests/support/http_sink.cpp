// SPDX-License-Identifier: Apache-2.0
#include "tests/support/http_sink.h"

#include <algorithm>

namespace studio::test_support {

HttpSink::HttpSink() : m_server([this](SinkConnection &connection) { serve(connection); }) {}

std::string HttpSink::url(const std::string &path) const {
    return "http://127.0.0.1:" + std::to_string(m_server.port()) + path;
}

void HttpSink::answer_with(int status, std::string fields, std::string body) {
    const std::scoped_lock lock(m_mutex);
    m_status = status;
    m_fields = std::move(fields);
    m_body = std::move(body);
    m_answer = nullptr;
}

void HttpSink::answer_by(Answer answer) {
    const std::scoped_lock lock(m_mutex);
    m_answer = std::move(answer);
}

std::vector<ReceivedRequest> HttpSink::requests() const {
    const std::scoped_lock lock(m_mutex);
    return m_requests;
}

void HttpSink::serve(SinkConnection &connection) {
    ReceivedRequest request;
    const auto start = connection.read_line();
    if (!start) {
        return;
    }
    const auto first = start->find(' '), second = start->find(' ', first + 1);
    request.method = start->substr(0, first);
    request.target = start->substr(first + 1, second - first - 1);
    for (;;) {
        const auto line = connection.read_line();
        if (!line) {
            return;
        }
        if (*line == "\r\n") {
            break;
        }
        const auto colon = line->find(": ");
        std::string name = line->substr(0, colon);
        std::transform(name.begin(), name.end(), name.begin(), ::tolower);
        request.fields[name] = line->substr(colon + 2, line->size() - colon - 4);
    }
    const auto length = request.fields.find("content-length");
    if (length != request.fields.end()) {
        request.body = connection.read_bytes(std::stoul(length->second)).value_or("");
    }
    const std::scoped_lock lock(m_mutex);
    m_requests.push_back(request);
    connection.write(m_answer ? m_answer(request) : http_answer(m_status, m_body, m_fields));
}

std::string http_answer(int status, const std::string &body, const std::string &fields) {
    return "HTTP/1.1 " + std::to_string(status) + " Answer\r\n" + fields +
           "Content-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

} // namespace studio::test_support
