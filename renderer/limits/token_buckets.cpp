// SPDX-License-Identifier: Apache-2.0
#include "renderer/limits/token_buckets.h"

#include <algorithm>
#include <bit>

namespace studio::renderer {

namespace {

using Seconds = std::chrono::duration<double>;

std::uint64_t never_zero(std::uint64_t key) {
    return key == 0 ? 1 : key;
}

} // namespace

TokenBuckets::TokenBuckets(std::size_t max_buckets)
    : m_buckets(std::bit_ceil(std::max(max_buckets, group_size))) {}

std::pair<TokenBuckets::Bucket *, bool> TokenBuckets::find(std::uint64_t key, base::Time now) {
    Bucket *const group = &m_buckets[group_of(key) * group_size];
    Bucket *stalest = group;
    for (Bucket *bucket = group; bucket != group + group_size; ++bucket) {
        if (bucket->key == key) {
            return {bucket, true};
        }
        if (bucket->used < stalest->used) {
            stalest = bucket;
        }
    }
    *stalest = {key, now, 0};
    return {stalest, false};
}

double TokenBuckets::take(std::uint64_t key, const BucketRate &rate, double cost, base::Time now) {
    key = never_zero(key);
    cost = std::min(cost, rate.burst);
    const std::scoped_lock lock(lock_of(key));
    const auto [bucket, known] = find(key, now);
    const double passed = std::max(0.0, Seconds(now - bucket->used).count());
    bucket->tokens = known ? std::min(rate.burst, bucket->tokens + passed * rate.per_second) : rate.burst;
    bucket->used = std::max(bucket->used, now);
    if (bucket->tokens < cost) {
        return (cost - bucket->tokens) / rate.per_second;
    }
    bucket->tokens = std::min(rate.burst, bucket->tokens - cost);
    return 0;
}

bool TokenBuckets::touch(std::uint64_t key, std::chrono::seconds span, base::Time now) {
    key = never_zero(key);
    const std::scoped_lock lock(lock_of(key));
    const auto [bucket, known] = find(key, now);
    const bool lately = known && now - bucket->used < span;
    bucket->used = std::max(bucket->used, now);
    return lately;
}

void TokenBuckets::forget(std::uint64_t key) {
    key = never_zero(key);
    const std::scoped_lock lock(lock_of(key));
    Bucket *const group = &m_buckets[group_of(key) * group_size];
    for (Bucket *bucket = group; bucket != group + group_size; ++bucket) {
        if (bucket->key == key) {
            *bucket = {};
        }
    }
}

} // namespace studio::renderer
