// SPDX-License-Identifier: Apache-2.0
// The only file that includes Boost.Beast, because that takes long to compile.
#include "renderer/http/request_parser.h"

#include "renderer/http/head_guard.h"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/http/verb.hpp>

#include <algorithm>
#include <optional>

namespace studio::renderer::http {

namespace beast = boost::beast;
using beast::error_code;
using Field = beast::http::field;

namespace {

std::string_view view(beast::string_view text) {
    return {text.data(), text.size()};
}

class Parser final : public beast::http::basic_parser<true> {
public:
    Parser(const RequestLimits &limits, Request &request, std::string &body)
        : m_limits(limits), m_body_limit(limits.body_bytes), m_request(request), m_body(body) {
        header_limit(static_cast<std::uint32_t>(limits.head_bytes));
        body_limit(limits.body_bytes);
    }

    void limit_body(std::size_t bytes) { m_body_limit = std::min(bytes, m_limits.body_bytes); }

    int refusal() const { return m_refusal; }

    // Checks what needs the whole head. Returns the status of the refusal, or 0 where the head is valid.
    int check_head() {
        if (m_host_count != 1 || !is_valid_host(m_request.host)) {
            return 400;
        }
        if (m_transfer_encoding_count > 1 || (m_transfer_encoding_count && m_request.http_1_0)) {
            return 400;
        }
        const auto target = split_target(m_target, m_request.host);
        if (!target) {
            return 400;
        }
        m_request.path = target->path;
        m_request.query = target->query;
        m_request.keep_alive = keep_alive();
        m_request.chunked = m_transfer_encoding_count > 0;
        if (const auto length = content_length()) {
            m_request.content_length = static_cast<std::size_t>(*length);
        }
        return 0;
    }

private:
    void refuse(int status, error_code &error) {
        m_refusal = status;
        error = beast::http::error::bad_value;
    }

    void on_request_impl(beast::http::verb method, beast::string_view, beast::string_view target, int version,
                         error_code &error) override {
        m_request.method = method == beast::http::verb::get    ? Method::Get
                           : method == beast::http::verb::head ? Method::Head
                           : method == beast::http::verb::post ? Method::Post
                                                               : Method::Other;
        m_request.http_1_0 = version == 10;
        m_target = view(target);
        if (version != 10 && version != 11) {
            refuse(505, error);
        } else if (target.size() > m_limits.target_bytes) {
            refuse(414, error);
        }
    }

    void on_field_impl(Field field, beast::string_view name, beast::string_view value,
                       error_code &error) override {
        if (is_header_done()) {
            return; // trailers are ignored: they must not change what the head decided
        }
        switch (field) {
        case Field::host:
            ++m_host_count;
            m_request.host = view(value);
            break;
        case Field::transfer_encoding:
            ++m_transfer_encoding_count;
            if (!beast::iequals(value, "chunked")) {
                refuse(501, error);
            }
            break;
        case Field::expect:
            if (!beast::iequals(value, "100-continue")) {
                refuse(417, error);
            }
            m_request.expects_continue = true;
            break;
        case Field::accept_encoding:
            m_request.accept_encoding = view(value);
            break;
        case Field::if_none_match:
            m_request.if_none_match = view(value);
            break;
        case Field::if_range:
            m_request.if_range = view(value);
            break;
        case Field::range:
            m_request.range = view(value);
            break;
        case Field::cookie:
            m_request.cookie = view(value);
            break;
        case Field::user_agent:
            m_request.user_agent = view(value);
            break;
        case Field::referer:
            m_request.referer = view(value);
            break;
        case Field::accept_language:
            m_request.accept_language = view(value);
            break;
        case Field::origin:
            m_request.origin = view(value);
            break;
        case Field::sec_fetch_site:
            m_request.sec_fetch_site = view(value);
            break;
        case Field::content_type:
            m_request.content_type = view(value);
            break;
        case Field::content_length:
            if (m_content_length_count++ > 0 || value.find(',') != beast::string_view::npos) {
                refuse(400, error);
            }
            break;
        case Field::unknown:
            on_unknown_field(name, value);
            break;
        default:
            break;
        }
    }

    void on_unknown_field(beast::string_view name, beast::string_view value) {
        if (beast::iequals(name, "X-Forwarded-For")) {
            m_request.forwarded_for.add(view(value));
        } else if (beast::iequals(name, "X-Forwarded-Proto")) {
            m_request.forwarded_proto.add(view(value));
        } else if (beast::iequals(name, "Sec-GPC")) {
            m_request.global_privacy_control = value == "1";
        } else if (beast::iequals(name, "DNT")) {
            m_request.do_not_track = value == "1";
        } else if (!m_limits.country_field.empty() && beast::iequals(name, m_limits.country_field)) {
            m_request.country = view(value);
        }
    }

    std::size_t append(beast::string_view bytes, error_code &error) {
        if (bytes.size() > m_body_limit - m_body.size()) {
            refuse(413, error);
            return 0;
        }
        m_body.append(bytes.data(), bytes.size());
        return bytes.size();
    }

    void on_header_impl(error_code &) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t> &, error_code &) override {}
    std::size_t on_body_impl(beast::string_view bytes, error_code &error) override {
        return append(bytes, error);
    }
    void on_chunk_header_impl(std::uint64_t, beast::string_view, error_code &) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view bytes, error_code &error) override {
        return append(bytes, error);
    }
    void on_finish_impl(error_code &) override {}
    void on_response_impl(int, beast::string_view, int, error_code &) override {}

    const RequestLimits &m_limits;
    std::size_t m_body_limit;
    Request &m_request;
    std::string &m_body;
    std::string_view m_target;
    int m_host_count = 0;
    int m_transfer_encoding_count = 0;
    int m_content_length_count = 0;
    int m_refusal = 0;
};

// Whether the request line has three words, of which the last names a version of HTTP.
bool has_version(std::string_view head) {
    const std::string_view line = head.substr(0, head.find('\r'));
    const auto last_space = line.rfind(' ');
    return std::count(line.begin(), line.end(), ' ') == 2 && line.substr(last_space + 1).starts_with("HTTP/");
}

int status_of(const error_code &error) {
    if (error == beast::http::error::header_limit) {
        return 431;
    }
    if (error == beast::http::error::body_limit) {
        return 413;
    }
    if (error == beast::http::error::bad_version) {
        return 505;
    }
    return 400;
}

} // namespace

struct RequestParser::Impl {
    explicit Impl(const RequestLimits &given) : limits(given) {}
    RequestLimits limits;
    std::optional<Parser> parser;
    std::string body;
    int refusal = 0;

    Progress refuse(int status) {
        refusal = status;
        return Progress::Refused;
    }
    Progress refuse(const error_code &error) {
        return refuse(parser->refusal() ? parser->refusal() : status_of(error));
    }
};

RequestParser::RequestParser(const RequestLimits &limits) : m_impl(std::make_unique<Impl>(limits)) {}
RequestParser::~RequestParser() = default;

RequestParser::Progress RequestParser::parse_head(std::string_view head, Request &request) {
    Impl &impl = *m_impl;
    impl.body.clear();
    if (const int status = check_raw_head(head)) {
        return impl.refuse(status);
    }
    impl.parser.emplace(impl.limits, request, impl.body);
    error_code error;
    impl.parser->put(boost::asio::const_buffer(head.data(), head.size()), error);
    if (error == beast::http::error::bad_version && !has_version(head)) {
        return impl.refuse(400);
    }
    if (error && error != beast::http::error::need_more) {
        return impl.refuse(error);
    }
    if (!impl.parser->is_header_done()) {
        return impl.refuse(400);
    }
    if (const int status = impl.parser->check_head()) {
        return impl.refuse(status);
    }
    return impl.parser->is_done() ? Progress::Done : Progress::NeedMore;
}

void RequestParser::limit_body(std::size_t bytes) {
    m_impl->parser->limit_body(bytes);
}

RequestParser::Progress RequestParser::parse_body(std::string_view bytes, std::size_t &consumed) {
    Impl &impl = *m_impl;
    consumed = 0;
    while (!impl.parser->is_done() && consumed < bytes.size()) {
        error_code error;
        const std::size_t used = impl.parser->put(
            boost::asio::const_buffer(bytes.data() + consumed, bytes.size() - consumed), error);
        consumed += used;
        if (error == beast::http::error::need_more || (!error && used == 0)) {
            return impl.parser->is_done() ? Progress::Done : Progress::NeedMore;
        }
        if (error) {
            return impl.refuse(error);
        }
    }
    return impl.parser->is_done() ? Progress::Done : Progress::NeedMore;
}

const std::string &RequestParser::body() const {
    return m_impl->body;
}
int RequestParser::refusal() const {
    return m_impl->refusal;
}

} // namespace studio::renderer::http
