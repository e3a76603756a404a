// SPDX-License-Identifier: Apache-2.0
#include "tests/media/s3/store_fixture.h"

#include "media/s3/error.h"
#include "tests/support/radosgw.h"

#include <fstream>
#include <random>
#include <set>
#include <sstream>
#include <stdexcept>

namespace studio::media::s3 {

namespace fs = std::filesystem;

namespace {

class Scratch final {
public:
    Scratch() {
        std::string pattern = (fs::temp_directory_path() / "studio-s3-tests-XXXXXX").string();
        if (!mkdtemp(pattern.data())) {
            throw std::runtime_error("no temporary directory");
        }
        path = pattern;
    }
    ~Scratch() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    fs::path path;
};

void make_bucket(const models::BucketAddress &address) {
    Connection connection(address, radosgw_keys());
    Call call;
    call.method = "PUT";
    connection.perform(call);
}

} // namespace

models::BucketAddress bucket_at_radosgw(const std::string &name) {
    models::BucketAddress address{test_support::Radosgw::instance().endpoint(), "default", name, "", true};
    static std::set<std::string> made;
    if (made.insert(name).second) {
        make_bucket(address);
    }
    return address;
}

Credentials radosgw_keys() {
    const auto keys = test_support::Radosgw::instance().keys();
    return {keys.key, keys.secret};
}

ConnectionOptions hasty(int attempts) {
    ConnectionOptions options;
    options.retry = {attempts, std::chrono::milliseconds(20), std::chrono::milliseconds(100)};
    options.longest_silence = std::chrono::seconds(20);
    return options;
}

fs::path scratch_folder() {
    static const Scratch instance;
    return instance.path;
}

fs::path sample_file(const std::string &name, std::uint64_t bytes, unsigned int seed) {
    std::minstd_rand random(seed);
    std::string content(bytes, '\0');
    for (char &byte : content) {
        byte = static_cast<char>(random() >> 8U);
    }
    const fs::path file = scratch_folder() / name;
    std::ofstream(file, std::ios::binary) << content;
    return file;
}

std::string content_of(const fs::path &file) {
    std::ifstream stream(file, std::ios::binary);
    std::stringstream text;
    text << stream.rdbuf();
    return text.str();
}

} // namespace studio::media::s3
