// SPDX-License-Identifier: Apache-2.0
#include "media/s3/multipart.h"

#include "media/s3/digest.h"
#include "media/s3/error.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace studio::media::s3 {

namespace {

// The store puts the parts together before it answers.
constexpr std::chrono::minutes longest_completion{10};

std::string from_hex(const std::string &text) {
    std::string bytes;
    for (std::size_t at = 0; at + 1 < text.size(); at += 2) {
        unsigned int byte = 0;
        std::from_chars(text.data() + at, text.data() + at + 2, byte, 16);
        bytes += static_cast<char>(byte);
    }
    return bytes;
}

} // namespace

std::string bare_etag(const std::string &etag) {
    const bool quoted = etag.size() >= 2 && etag.front() == '"' && etag.back() == '"';
    return quoted ? etag.substr(1, etag.size() - 2) : etag;
}

std::string etag_of_parts(const std::vector<Part> &parts) {
    std::string sums;
    for (const Part &part : parts) {
        sums += from_hex(bare_etag(part.etag));
    }
    return fmt::format("\"{}-{}\"", hex(md5(sums)), parts.size());
}

std::string Multipart::begin(const std::string &key, const ObjectFacts &facts) {
    Call call;
    call.method = "POST";
    call.key = key;
    call.query = {{"uploads", ""}};
    call.headers = headers_of(facts);
    call.body = std::string();
    call.answer_is_xml = true;
    return read_upload_id(m_connection.perform(call).body);
}

Part Multipart::put_part(const std::string &key, const std::string &id, int number, const std::string &bytes,
                         const Progress &progress) {
    Call call;
    call.method = "PUT";
    call.key = key;
    call.query = {{"partNumber", std::to_string(number)}, {"uploadId", id}};
    call.headers = {{"content-type", "application/octet-stream"}};
    call.body = bytes;
    call.progress = progress;
    const HttpAnswer answer = m_connection.perform(call);
    return {number, answer.header("etag"), bytes.size()};
}

std::optional<std::vector<Part>> Multipart::parts(const std::string &key, const std::string &id) {
    std::vector<Part> found;
    int after = 0;
    do {
        Call call;
        call.key = key;
        call.query = {{"uploadId", id}};
        if (after > 0) {
            call.query.emplace_back("part-number-marker", std::to_string(after));
        }
        call.answer_is_xml = true;
        try {
            const PartPage page = read_parts(m_connection.perform(call).body);
            found.insert(found.end(), page.parts.begin(), page.parts.end());
            after = page.next;
        } catch (const Error &error) {
            // radosgw says NoSuchKey of an upload that was aborted.
            if (error.kind() == ErrorKind::NoUpload || error.code() == "NoSuchKey") {
                return std::nullopt;
            }
            throw;
        }
    } while (after > 0);
    return found;
}

void Multipart::complete(const std::string &key, const std::string &id, const std::vector<Part> &parts) {
    Call call;
    call.method = "POST";
    call.key = key;
    call.query = {{"uploadId", id}};
    call.headers = {{"content-type", "application/xml"}};
    call.body = completion_request(parts);
    call.answer_is_xml = true;
    call.longest_silence = longest_completion;
    m_connection.perform(call);
}

void Multipart::abort(const std::string &key, const std::string &id) {
    Call call;
    call.method = "DELETE";
    call.key = key;
    call.query = {{"uploadId", id}};
    try {
        m_connection.perform(call);
    } catch (const Error &error) {
        if (error.kind() != ErrorKind::NoUpload) {
            throw;
        }
    }
}

std::vector<UnfinishedUpload> Multipart::unfinished(const std::string &prefix) {
    Call call;
    call.query = {{"uploads", ""}, {"prefix", prefix}};
    call.answer_is_xml = true;
    return read_unfinished(m_connection.perform(call).body);
}

void Multipart::abort_forgotten(const std::string &key) {
    const auto yesterday =
        std::chrono::floor<std::chrono::seconds>(m_connection.now() - std::chrono::hours(24));
    const std::string limit = fmt::format(
        "{:%Y-%m-%dT%H:%M:%S}", fmt::gmtime(static_cast<std::time_t>(yesterday.time_since_epoch().count())));
    for (const UnfinishedUpload &upload : unfinished(key)) {
        if (upload.key == key && upload.begun < limit) {
            abort(key, upload.id);
        }
    }
}

} // namespace studio::media::s3
