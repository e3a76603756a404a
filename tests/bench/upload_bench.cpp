// SPDX-License-Identifier: Apache-2.0
// upload_bench serve: a radosgw until standard input ends; prints "ENDPOINT KEY SECRET".
// upload_bench send ENDPOINT KEY SECRET BUCKET FOLDER WORKERS: the folder's files to the bucket, as the
// studio's upload queue sends them.
#include "media/s3/store_copy.h"
#include "media/s3/upload.h"
#include "tests/support/radosgw.h"

#include <QCoreApplication>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace studio;

int serve() {
    auto &server = test_support::Radosgw::instance();
    const auto keys = server.keys();
    std::printf("%s %s %s\n", server.endpoint().c_str(), keys.key.c_str(), keys.secret.c_str());
    std::fflush(stdout);
    while (std::getchar() != EOF) {
    }
    return 0;
}

int send(const std::vector<std::string> &words) {
    const models::BucketAddress address{words[0], "us-east-1", words[3], "", true};
    const media::s3::Credentials keys{words[1], words[2]};
    std::vector<std::filesystem::path> files;
    for (const auto &entry : std::filesystem::directory_iterator(words[4])) {
        if (entry.is_regular_file()) {
            files.push_back(entry.path());
        }
    }
    std::atomic<std::size_t> next{0};
    std::atomic<int> failed{0};
    const auto work = [&] {
        media::s3::Connection connection(address, keys);
        for (std::size_t at = next++; at < files.size(); at = next++) {
            try {
                media::s3::upload_file(connection, files[at], files[at].filename().string(),
                                       media::s3::derivative_facts("image/webp"), {});
            } catch (const std::exception &error) {
                std::fprintf(stderr, "%s: %s\n", files[at].c_str(), error.what());
                ++failed;
            }
        }
    };
    std::vector<std::jthread> workers;
    for (int made = 0; made < std::atoi(words[5].c_str()); ++made) {
        workers.emplace_back(work);
    }
    workers.clear();
    return failed == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char **argv) {
    const QCoreApplication application(argc, argv);
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() == 1 && words[0] == "serve") {
        return serve();
    }
    if (words.size() == 7 && words[0] == "send") {
        return send({words.begin() + 1, words.end()});
    }
    std::fprintf(stderr, "upload_bench serve | send ENDPOINT KEY SECRET BUCKET FOLDER WORKERS\n");
    return 2;
}
