// SPDX-License-Identifier: Apache-2.0
#include "media/s3/upload_record.h"

#include "media/s3/digest.h"
#include "media/s3/error.h"
#include "models/json/json.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <sstream>

namespace studio::media::s3 {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const fs::path &file) {
    throw Error(ErrorKind::Other, "The upload's state could not be written to " + file.string() + ": " +
                                      std::strerror(errno) + ". Free space there, then try again.");
}

void write_whole(const fs::path &file, const std::string &text) {
    const fs::path temporary = file.string() + ".new";
    const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        fail(file);
    }
    const bool written = ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                         ::fsync(descriptor) == 0;
    if (::close(descriptor) != 0 || !written || ::rename(temporary.c_str(), file.c_str()) != 0) {
        fail(file);
    }
}

} // namespace

fs::path UploadRecords::file_of(const models::BucketAddress &address, const std::string &key) const {
    return m_folder /
           (hex(sha256(address.endpoint + "\n" + address.bucket + "\n" + key)).substr(0, 32) + ".upload");
}

std::optional<UploadRecord> UploadRecords::read(const models::BucketAddress &address,
                                                const std::string &key) const {
    std::ifstream file(file_of(address, key), std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    try {
        const auto json = models::Json::parse(text.str());
        UploadRecord record;
        json.at("upload").get_to(record.upload_id);
        json.at("bytes").get_to(record.file_bytes);
        json.at("partSize").get_to(record.part_size);
        const models::Json &parts = json.at("parts");
        for (const models::Json &part : parts) {
            record.parts.push_back({part.at("number").get<int>(), part.at("etag").get<std::string>(),
                                    part.at("bytes").get<std::uint64_t>()});
        }
        return record;
    } catch (const models::Json::exception &) {
        return std::nullopt; // begun anew: the store removes what is forgotten
    }
}

void UploadRecords::write(const models::BucketAddress &address, const std::string &key,
                          const UploadRecord &record) const {
    std::error_code problem;
    fs::create_directories(m_folder, problem);
    models::Json parts = models::Json::array();
    for (const Part &part : record.parts) {
        parts.push_back({{"number", part.number}, {"etag", part.etag}, {"bytes", part.bytes}});
    }
    const models::Json json{{"bucket", address.bucket},     {"key", key},
                            {"upload", record.upload_id},   {"bytes", record.file_bytes},
                            {"partSize", record.part_size}, {"parts", parts}};
    write_whole(file_of(address, key), json.dump());
}

void UploadRecords::remove(const models::BucketAddress &address, const std::string &key) const {
    std::error_code problem;
    fs::remove(file_of(address, key), problem);
}

} // namespace studio::media::s3
