// SPDX-License-Identifier: Apache-2.0
#include "media/s3/workers.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace studio::media::s3 {

void for_each_key(const CopyTarget &bucket, const std::vector<std::string> &keys,
                  const std::function<void(Connection &connection, const std::string &key)> &work,
                  const std::function<void(const std::string &key, const std::string &message)> &failed) {
    std::atomic<std::size_t> next{0};
    const auto work_off = [&] {
        Connection connection(bucket.address, bucket.credentials, bucket.options);
        for (std::size_t at = next++; at < keys.size(); at = next++) {
            try {
                work(connection, keys[at]);
            } catch (const std::exception &error) {
                failed(keys[at], error.what());
            }
        }
    };
    std::vector<std::thread> threads;
    const auto count = std::min<std::size_t>(static_cast<std::size_t>(bucket.workers), keys.size());
    for (std::size_t at = 0; at < count; ++at) {
        threads.emplace_back(work_off);
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
}

} // namespace studio::media::s3
