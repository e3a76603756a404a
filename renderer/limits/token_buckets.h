// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

namespace studio::renderer {

// A bucket is full at first and fills again at a steady rate.
struct BucketRate {
    double burst = 0;      // tokens in a full bucket
    double per_second = 0; // tokens that come back
};

// Token buckets of the latest senders, in a table of a fixed size. Where a new bucket finds no place, the one
// in its group that was used longest ago is dropped, because it has had the most time to fill up again. Any
// thread.
class TokenBuckets final {
public:
    // `max_buckets` buckets, rounded up to a power of two; each takes 24 bytes.
    explicit TokenBuckets(std::size_t max_buckets);

    // Takes `cost` tokens from the bucket of `key`, a keyed hash. Returns 0 if there were enough tokens; else
    // takes nothing and returns the seconds until there will be enough. A cost above the burst counts as the
    // burst; one below zero gives tokens back.
    double take(std::uint64_t key, const BucketRate &rate, double cost, base::Time now);
    // Whether `key` was used within the last `span`; it counts as used from now on.
    bool touch(std::uint64_t key, std::chrono::seconds span, base::Time now);
    // Makes touch() say "no" the next time.
    void forget(std::uint64_t key);

    std::size_t capacity() const { return m_buckets.size(); }

private:
    struct Bucket {
        std::uint64_t key = 0; // 0: free
        base::Time used{};
        double tokens = 0;
    };
    static constexpr std::size_t group_size = 8, stripes = 64;

    // The bucket of the key, and whether it was there; only under the lock of its group.
    std::pair<Bucket *, bool> find(std::uint64_t key, base::Time now);
    std::mutex &lock_of(std::uint64_t key) { return m_locks[group_of(key) % stripes]; }
    std::size_t group_of(std::uint64_t key) const { return key & (m_buckets.size() / group_size - 1); }

    std::vector<Bucket> m_buckets;
    std::array<std::mutex, stripes> m_locks;
};

} // namespace studio::renderer
