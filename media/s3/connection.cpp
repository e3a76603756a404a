// SPDX-License-Identifier: Apache-2.0
#include "media/s3/connection.h"

#include "media/s3/answers.h"
#include "media/s3/digest.h"
#include "media/s3/error.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <ctime>
#include <iomanip>
#include <locale>
#include <sstream>

namespace studio::media::s3 {

namespace {

constexpr std::size_t small_body = 64 * 1024;

// "Tue, 01 Dec 2026 07:12:09 GMT"
std::optional<base::Time> http_date(const std::string &text) {
    std::tm parts{};
    std::istringstream stream(text);
    stream.imbue(std::locale::classic());
    stream >> std::get_time(&parts, "%a, %d %b %Y %H:%M:%S");
    if (stream.fail()) {
        return std::nullopt;
    }
    return base::Time(std::chrono::seconds(timegm(&parts)));
}

Error to_error(Fault fault, const models::BucketAddress &address) {
    const std::string place = address.endpoint;
    switch (fault) {
    case Fault::Canceled:
        return {ErrorKind::Canceled, "Stopped."};
    case Fault::NoHost:
        return {
            ErrorKind::Unreachable,
            fmt::format("There is no host of the name in {}. Check the endpoint, and the network.", place)};
    case Fault::Refused:
        return {ErrorKind::Unreachable, fmt::format("Nothing answers at {}. Check the endpoint.", place)};
    case Fault::Certificate:
        return {
            ErrorKind::WrongPlace,
            fmt::format(
                "The certificate of {} is not valid for this address. Check the endpoint: it has no bucket "
                "in it.",
                place)};
    case Fault::Silent:
        return {ErrorKind::Unreachable,
                fmt::format("{} did not answer in time. Check the network, then try again.", place)};
    case Fault::Broken:
    case Fault::None:
        break;
    }
    return {
        ErrorKind::Unreachable,
        fmt::format("The connection to {} broke, several times. Check the network, then try again.", place)};
}

bool has_large_body(const Call &call) {
    const auto *bytes = std::get_if<std::string>(&call.body);
    return std::holds_alternative<FileBody>(call.body) || (bytes && bytes->size() > small_body);
}

std::string payload_hash_of(const Call &call) {
    if (!call.payload_hash.empty()) {
        return call.payload_hash;
    }
    const auto *bytes = std::get_if<std::string>(&call.body);
    return hex(sha256(bytes ? *bytes : std::string()));
}

// Names below "localhost" are this machine (RFC 6761), which not every system's resolver knows.
std::string reachable_host(const models::Endpoint &endpoint, const std::string &host) {
    if (!host.ends_with(".localhost") && host.find(".localhost:") == std::string::npos) {
        return host;
    }
    return endpoint.port == 0 ? "127.0.0.1" : fmt::format("127.0.0.1:{}", endpoint.port);
}

} // namespace

Connection::Connection(models::BucketAddress address, Credentials credentials, ConnectionOptions options)
    : m_address(std::move(address)),
      m_endpoint(models::parse_endpoint(m_address.endpoint).value_or(models::Endpoint())),
      m_credentials(std::move(credentials)), m_options(std::move(options)), m_http(m_options.stop) {}

std::string Connection::host() const {
    const std::string name =
        m_address.path_style ? m_endpoint.host : m_address.bucket + "." + m_endpoint.host;
    return m_endpoint.port == 0 ? name : fmt::format("{}:{}", name, m_endpoint.port);
}

std::string Connection::path_of(const std::string &key) const {
    return m_address.path_style ? fmt::format("/{}/{}", m_address.bucket, key) : "/" + key;
}

HttpAnswer Connection::send_once(const Call &call) {
    SignableRequest signable{call.method, path_of(call.key), call.query, call.headers, payload_hash_of(call)};
    signable.headers.emplace_back("host", host());
    signable.headers.emplace_back("x-amz-content-sha256", signable.payload_hash);
    const Signature signature = sign(signable, m_credentials, {m_address.region, "s3"}, m_options.clock());
    HttpRequest request;
    request.method = call.method;
    const std::string query = canonical_query(call.query);
    request.url =
        fmt::format("{}://{}{}{}{}", m_endpoint.tls ? "https" : "http", reachable_host(m_endpoint, host()),
                    percent_encoded(signable.path, true), query.empty() ? "" : "?", query);
    request.headers = signable.headers;
    request.headers.emplace_back("x-amz-date", signature.date);
    request.headers.emplace_back("authorization", signature.authorization);
    request.body = call.body;
    request.longest_silence =
        call.longest_silence.count() > 0 ? call.longest_silence : m_options.longest_silence;
    request.progress = call.progress;
    return m_http.send(request);
}

std::optional<Refusal> Connection::refusal_of(const Call &call, const HttpAnswer &answer) const {
    const bool is_object =
        !call.key.empty() && call.query.empty() && (call.method == "HEAD" || call.method == "GET");
    const bool is_good = answer.status >= 200 && answer.status < 300;
    std::optional<Refusal> refusal;
    if (!is_good || call.answer_is_xml) {
        refusal = read_refusal(answer.body);
    }
    if (!refusal && is_good) {
        return std::nullopt;
    }
    if (answer.status == 404 && is_object && (!refusal || refusal->code == "NoSuchKey")) {
        return std::nullopt;
    }
    if (!refusal) {
        refusal.emplace();
    }
    refusal->status = answer.status;
    if (const auto theirs = http_date(answer.header("date"))) {
        const auto ahead = std::chrono::duration<double, std::ratio<60>>(m_options.clock() - *theirs);
        refusal->minutes_fast = std::lround(ahead.count());
    }
    if (refusal->region.empty()) {
        refusal->region = answer.header("x-amz-bucket-region");
    }
    return refusal;
}

HttpAnswer Connection::perform(const Call &call) {
    for (int attempt = 1;; ++attempt) {
        const HttpAnswer answer = send_once(call);
        const bool is_last = attempt >= m_options.retry.attempts;
        if (answer.fault == Fault::None) {
            const auto refusal = refusal_of(call, answer);
            if (!refusal) {
                return answer;
            }
            if (is_last || !is_passing(*refusal)) {
                throw s3::to_error(*refusal, m_address.bucket);
            }
        } else if (is_last || answer.fault == Fault::Canceled || answer.fault == Fault::Certificate) {
            throw to_error(answer.fault, m_address);
        } else if (answer.fault == Fault::Broken && has_large_body(call)) {
            ask_whether_writable(call.key);
        }
        if (!wait(pause_before(attempt + 1, m_options.retry), m_options.stop)) {
            throw to_error(Fault::Canceled, m_address);
        }
    }
}

void Connection::ask_whether_writable(const std::string &key) {
    Call begin;
    begin.method = "POST";
    begin.key = key;
    begin.query = {{"uploads", ""}};
    begin.headers = {{"content-type", "application/octet-stream"}};
    begin.body = std::string();
    begin.answer_is_xml = true;
    const HttpAnswer answer = send_once(begin);
    if (answer.fault != Fault::None) {
        return;
    }
    if (const auto refusal = refusal_of(begin, answer)) {
        if (!is_passing(*refusal)) {
            throw s3::to_error(*refusal, m_address.bucket);
        }
        return;
    }
    Call abort;
    abort.method = "DELETE";
    abort.key = key;
    abort.query = {{"uploadId", read_upload_id(answer.body)}};
    send_once(abort);
}

HttpAnswer Connection::perform_anonymously(const std::string &key, const std::string &method) {
    const std::string url = models::public_address(m_address, percent_encoded(key, true));
    HttpRequest request;
    request.method = method;
    const std::size_t begin = url.find("//") + 2;
    const std::size_t end = url.find('/', begin);
    const std::string named = url.substr(begin, end - begin);
    const auto endpoint = models::parse_endpoint(url.substr(0, end)).value_or(models::Endpoint());
    request.url = url.substr(0, begin) + reachable_host(endpoint, named) + url.substr(end);
    request.headers.emplace_back("host", named);
    request.longest_silence = m_options.longest_silence;
    return m_http.send(request);
}

std::string Connection::presigned_url(const std::string &key, std::chrono::seconds valid) const {
    SignableRequest request;
    request.path = path_of(key);
    request.headers = {{"host", host()}};
    request.payload_hash = unsigned_payload;
    const Signature signature =
        presign(request, m_credentials, {m_address.region, "s3"}, m_options.clock(), valid);
    return fmt::format("{}://{}{}?{}", m_endpoint.tls ? "https" : "http", host(),
                       percent_encoded(request.path, true), signature.query);
}

} // namespace studio::media::s3
