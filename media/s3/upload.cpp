// SPDX-License-Identifier: Apache-2.0
#include "media/s3/upload.h"

#include "media/s3/digest.h"
#include "media/s3/error.h"
#include "media/s3/multipart.h"
#include "media/s3/upload_record.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace studio::media::s3 {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t most_parts = 10'000; // by S3

[[noreturn]] void changed(const fs::path &file) {
    throw Error(ErrorKind::FileChanged,
                "The file " + file.string() +
                    " was changed or removed while it was uploaded. Nothing was stored. Upload it again.");
}

// What tells whether a file is still the same.
struct FileState {
    std::uint64_t bytes = 0;
    timespec modified{};
    ino_t number = 0;
    bool operator==(const FileState &other) const {
        return bytes == other.bytes && number == other.number && modified.tv_sec == other.modified.tv_sec &&
               modified.tv_nsec == other.modified.tv_nsec;
    }
};

FileState state_of(const fs::path &file) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) {
        throw Error(ErrorKind::FileChanged,
                    "The file " + file.string() + " cannot be read: " + std::strerror(errno) + ".");
    }
    if (!S_ISREG(status.st_mode)) {
        throw Error(ErrorKind::Other, file.string() + " is no file.");
    }
    return {static_cast<std::uint64_t>(status.st_size), status.st_mtim, status.st_ino};
}

bool is_unchanged(const fs::path &file, const FileState &before) {
    std::error_code problem;
    return fs::is_regular_file(file, problem) && state_of(file) == before;
}

// One upload in parts, from its record or from the beginning.
class PartedUpload final {
public:
    PartedUpload(Connection &connection, const fs::path &file, const std::string &key,
                 const UploadOptions &options)
        : m_connection(connection), m_multipart(connection), m_records(options.records), m_file(file),
          m_key(key), m_options(options), m_before(state_of(file)), m_stream(file, std::ios::binary) {}

    Uploaded run(const ObjectFacts &facts) {
        try {
            return run_once(facts);
        } catch (const Error &error) {
            if (error.kind() != ErrorKind::NoUpload) {
                throw;
            }
        }
        // Removed at the store meanwhile. Once more from the beginning, unless another studio has stored the
        // same.
        m_records.remove(m_connection.address(), m_key);
        return run_once(facts);
    }

private:
    Uploaded run_once(const ObjectFacts &facts) {
        m_sent = 0;
        const auto kept = take_up();
        if (m_record.upload_id.empty()) {
            m_record = {m_multipart.begin(m_key, facts), m_before.bytes, part_size(), {}};
            keep();
        }
        std::vector<Part> parts;
        for (int number = 1; offset_of(number) < m_before.bytes; ++number) {
            parts.push_back(part(number, kept));
        }
        complete(parts);
        m_records.remove(m_connection.address(), m_key);
        m_multipart.abort_forgotten(m_key);
        return {m_before.bytes, m_sent};
    }

    std::uint64_t part_size() const {
        return std::max(m_options.part_size, (m_before.bytes + most_parts - 1) / most_parts);
    }
    std::uint64_t offset_of(int number) const {
        return static_cast<std::uint64_t>(number - 1) * m_record.part_size;
    }

    // The parts that the store has of an upload that was begun before; m_record is empty where there is none
    // to go on with.
    std::vector<Part> take_up() {
        m_record = m_records.read(m_connection.address(), m_key).value_or(UploadRecord());
        if (m_record.upload_id.empty()) {
            return {};
        }
        const bool fits = m_record.file_bytes == m_before.bytes && m_record.part_size > 0;
        const auto parts = fits ? m_multipart.parts(m_key, m_record.upload_id) : std::nullopt;
        if (!parts) {
            m_multipart.abort(m_key, m_record.upload_id);
            m_record = {};
            return {};
        }
        m_record.parts.clear();
        return *parts;
    }

    Part part(int number, const std::vector<Part> &kept) {
        const std::string bytes = read(number);
        const std::string sum = hex(md5(bytes));
        const auto there = std::find_if(kept.begin(), kept.end(), [&](const Part &each) {
            return each.number == number && each.bytes == bytes.size() && bare_etag(each.etag) == sum;
        });
        Part part{number, "\"" + sum + "\"", bytes.size()};
        if (there == kept.end()) {
            const Progress progress = [&](std::uint64_t sent, std::uint64_t) {
                tell(offset_of(number) + sent);
            };
            const Part stored = m_multipart.put_part(m_key, m_record.upload_id, number, bytes, progress);
            part.etag = stored.etag.empty() ? part.etag : stored.etag;
            m_sent += bytes.size();
        }
        m_record.parts.push_back(part);
        keep();
        tell(offset_of(number) + bytes.size());
        return part;
    }

    std::string read(int number) {
        std::string bytes(std::min(m_record.part_size, m_before.bytes - offset_of(number)), '\0');
        m_stream.seekg(static_cast<std::streamoff>(offset_of(number)));
        if (!m_stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size())) ||
            !is_unchanged(m_file, m_before)) {
            give_up();
        }
        return bytes;
    }

    [[noreturn]] void give_up() {
        m_multipart.abort(m_key, m_record.upload_id);
        m_records.remove(m_connection.address(), m_key);
        changed(m_file);
    }

    // Where the answer to it was lost, the store may have done it and know the upload no more.
    void complete(const std::vector<Part> &parts) {
        if (!is_unchanged(m_file, m_before)) {
            give_up();
        }
        try {
            m_multipart.complete(m_key, m_record.upload_id, parts);
        } catch (const Error &error) {
            const auto there =
                error.kind() == ErrorKind::NoUpload ? Bucket(m_connection).head(m_key) : std::nullopt;
            if (!there || there->bytes != m_before.bytes ||
                (!there->etag.empty() && there->etag != etag_of_parts(parts))) {
                throw;
            }
        }
    }

    void keep() { m_records.write(m_connection.address(), m_key, m_record); }
    void tell(std::uint64_t sent) const {
        if (m_options.progress) {
            m_options.progress(std::min(sent, m_before.bytes), m_before.bytes);
        }
    }

    Connection &m_connection;
    Multipart m_multipart;
    UploadRecords m_records;
    const fs::path &m_file;
    const std::string &m_key;
    const UploadOptions &m_options;
    const FileState m_before;
    std::ifstream m_stream;
    UploadRecord m_record;
    std::uint64_t m_sent = 0;
};

} // namespace

Uploaded upload_file(Connection &connection, const fs::path &file, const std::string &key,
                     const ObjectFacts &facts, const UploadOptions &options) {
    const FileState before = state_of(file);
    if (before.bytes > options.largest_single) {
        return PartedUpload(connection, file, key, options).run(facts);
    }
    Bucket bucket(connection);
    bucket.put_file(key, file, facts, options.progress);
    if (!is_unchanged(file, before)) {
        bucket.remove(key);
        changed(file);
    }
    return {before.bytes, before.bytes};
}

} // namespace studio::media::s3
