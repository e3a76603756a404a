// SPDX-License-Identifier: Apache-2.0
#include "media/s3/bucket.h"

#include "media/s3/digest.h"
#include "media/s3/error.h"

#include <algorithm>
#include <charconv>

namespace studio::media::s3 {

namespace {

constexpr std::size_t most_removals = 1000; // of one request, by S3

std::uint64_t number_in(const std::string &text) {
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

} // namespace

ObjectFacts derivative_facts(const std::string &content_type) {
    return {content_type, "public, max-age=86400", true, {}};
}

ObjectFacts original_facts(const std::string &content_type) {
    return {content_type, "private, no-store", false, {}};
}

Fields headers_of(const ObjectFacts &facts) {
    Fields headers{{"content-type", facts.content_type},
                   {"x-amz-acl", facts.is_public ? "public-read" : "private"}};
    if (!facts.cache_control.empty()) {
        headers.emplace_back("cache-control", facts.cache_control);
    }
    for (const auto &[name, value] : facts.notes) {
        headers.emplace_back("x-amz-meta-" + name, value);
    }
    return headers;
}

void Bucket::put(const std::string &key, std::string_view bytes, const ObjectFacts &facts) {
    Call call;
    call.method = "PUT";
    call.key = key;
    call.headers = headers_of(facts);
    call.body = std::string(bytes);
    m_connection.perform(call);
}

void Bucket::put_file(const std::string &key, const std::filesystem::path &file, const ObjectFacts &facts,
                      const Progress &progress) {
    std::error_code problem;
    const auto size = std::filesystem::file_size(file, problem);
    if (problem) {
        throw Error(ErrorKind::FileChanged,
                    "The file " + file.string() + " cannot be read: " + problem.message() + ".");
    }
    Call call;
    call.method = "PUT";
    call.key = key;
    call.headers = headers_of(facts);
    call.body = FileBody{file};
    call.payload_hash = sha256_hex_of_file(file, size);
    call.progress = progress;
    m_connection.perform(call);
}

std::optional<StoredObject> Bucket::head(const std::string &key) {
    Call call;
    call.method = "HEAD";
    call.key = key;
    const HttpAnswer answer = m_connection.perform(call);
    if (answer.status == 404) {
        check_access(); // the answer to a HEAD does not say whether object or bucket is missing
        return std::nullopt;
    }
    return StoredObject{number_in(answer.header("content-length")), answer.header("etag"),
                        answer.header("content-type"), answer.header("cache-control")};
}

std::optional<std::string> Bucket::get(const std::string &key) {
    Call call;
    call.key = key;
    HttpAnswer answer = m_connection.perform(call);
    if (answer.status == 404) {
        return std::nullopt;
    }
    return std::move(answer.body);
}

void Bucket::list(const std::string &prefix, const std::function<bool(const ListedObject &)> &use,
                  int page_size) {
    std::string next;
    do {
        Call call;
        call.query = {{"list-type", "2"}, {"max-keys", std::to_string(page_size)}, {"prefix", prefix}};
        if (!next.empty()) {
            call.query.emplace_back("continuation-token", next);
        }
        call.answer_is_xml = true;
        const ListPage page = read_list(m_connection.perform(call).body);
        for (const ListedObject &object : page.objects) {
            if (!use(object)) {
                return;
            }
        }
        next = page.next;
    } while (!next.empty());
}

void Bucket::remove(const std::string &key) {
    Call call;
    call.method = "DELETE";
    call.key = key;
    try {
        m_connection.perform(call);
    } catch (const Error &error) {
        if (error.code() != "NoSuchKey") {
            throw;
        }
    }
}

std::vector<FailedRemoval> Bucket::remove_all(const std::vector<std::string> &keys) {
    std::vector<FailedRemoval> failed;
    for (std::size_t at = 0; at < keys.size(); at += most_removals) {
        const auto begin = keys.begin() + static_cast<std::ptrdiff_t>(at);
        const auto end = begin + static_cast<std::ptrdiff_t>(std::min(most_removals, keys.size() - at));
        Call call;
        call.method = "POST";
        call.query = {{"delete", ""}};
        const std::string body = removal_request({begin, end});
        call.headers = {{"content-type", "application/xml"}, {"content-md5", base64(md5(body))}};
        call.body = body;
        call.answer_is_xml = true;
        for (FailedRemoval &each : read_failed_removals(m_connection.perform(call).body)) {
            if (each.code != "NoSuchKey") {
                failed.push_back(std::move(each));
            }
        }
    }
    return failed;
}

void Bucket::replace_facts(const std::string &key, const ObjectFacts &facts) {
    Call call;
    call.method = "PUT";
    call.key = key;
    call.headers = headers_of(facts); // S3 copies no ACL
    call.headers.emplace_back("x-amz-copy-source",
                              percent_encoded("/" + m_connection.address().bucket + "/" + key, true));
    call.headers.emplace_back("x-amz-metadata-directive", "REPLACE");
    call.answer_is_xml = true;
    m_connection.perform(call);
}

void Bucket::check_access() {
    list(
        "", [](const ListedObject &) { return false; }, 1);
}

} // namespace studio::media::s3
