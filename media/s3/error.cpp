// SPDX-License-Identifier: Apache-2.0
#include "media/s3/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

namespace studio::media::s3 {

namespace {

struct Meaning {
    std::string_view code;
    ErrorKind kind;
    std::string_view words; // {bucket} is put in
};

constexpr std::array meanings{
    Meaning{"InvalidAccessKeyId", ErrorKind::WrongKeys,
            "The store does not know this access key. Check the key, and that it belongs to this endpoint."},
    Meaning{"SignatureDoesNotMatch", ErrorKind::WrongKeys,
            "The secret does not belong to the access key. Enter key and secret again, as they were made."},
    Meaning{"AccessDenied", ErrorKind::Forbidden,
            "The store refused this. The keys need the right to read, write and delete in the bucket "
            "“{bucket}”."},
    Meaning{"NoSuchBucket", ErrorKind::NoBucket,
            "There is no bucket “{bucket}” at this endpoint. Check the bucket's name and the region in the "
            "endpoint."},
    Meaning{"InvalidBucketName", ErrorKind::NoBucket, "“{bucket}” cannot be the name of a bucket. Check it."},
    Meaning{"NoSuchUpload", ErrorKind::NoUpload,
            "The store no longer knows the begun upload. It begins anew the next time."},
    Meaning{"BadDigest", ErrorKind::FileChanged,
            "The file changed while it was uploaded. Nothing was stored. Upload it again."},
    Meaning{"XAmzContentSHA256Mismatch", ErrorKind::FileChanged,
            "The file changed while it was uploaded. Nothing was stored. Upload it again."},
    Meaning{"EntityTooLarge", ErrorKind::Other, "The store does not take files of this size."},
    Meaning{"QuotaExceeded", ErrorKind::Forbidden,
            "The bucket “{bucket}” is full: the store's limit is reached. Raise it or remove files."},
    Meaning{"NotImplemented", ErrorKind::Other, "The store does not offer this."},
    Meaning{"SlowDown", ErrorKind::Busy, "The store is busy and asked to wait. Try again in a few minutes."},
    Meaning{"ServiceUnavailable", ErrorKind::Busy, "The store is busy. Try again in a few minutes."},
    Meaning{"InternalError", ErrorKind::Busy, "The store had a fault. Try again in a few minutes."},
    Meaning{"RequestTimeout", ErrorKind::Busy, "The store waited too long for the file. Try again."},
};

const Meaning *meaning_of(const std::string &code) {
    const auto found = std::find_if(meanings.begin(), meanings.end(),
                                    [&](const Meaning &each) { return each.code == code; });
    return found == meanings.end() ? nullptr : &*found;
}

std::string clock_words(const Refusal &refusal) {
    if (!refusal.minutes_fast) {
        return "This computer's clock differs from the store's by more than 15 minutes. Set it right.";
    }
    const long minutes = *refusal.minutes_fast;
    return fmt::format("This computer's clock is {} {} {} the store's. Set it right, then try again.",
                       std::abs(minutes), std::abs(minutes) == 1 ? "minute" : "minutes",
                       minutes > 0 ? "ahead of" : "behind");
}

std::string place_words(const Refusal &refusal, const std::string &bucket) {
    if (!refusal.region.empty()) {
        return fmt::format("The region is wrong: the bucket “{}” is in “{}”.", bucket, refusal.region);
    }
    if (!refusal.endpoint.empty()) {
        return fmt::format("The endpoint is wrong: the bucket “{}” is at {}.", bucket, refusal.endpoint);
    }
    return fmt::format("The endpoint or the region is not that of the bucket “{}”. Check both.", bucket);
}

bool is_wrong_place(const Refusal &refusal) {
    return refusal.code == "AuthorizationHeaderMalformed" || refusal.code == "PermanentRedirect" ||
           refusal.code == "IllegalLocationConstraintException" ||
           (refusal.status >= 300 && refusal.status < 400);
}

// Where there is no <Code>, as in the answer to a HEAD.
Error by_status(const Refusal &refusal, const std::string &bucket) {
    const int status = refusal.status;
    if (status == 403 || status == 401) {
        return {
            ErrorKind::Forbidden,
            fmt::format("The store refused this. Check the keys, and that they may read, write and delete in "
                        "the bucket “{}”.",
                        bucket),
            refusal.code, status};
    }
    if (status == 404) {
        return {ErrorKind::NoBucket, fmt::format("There is no such thing in the bucket “{}”.", bucket),
                refusal.code, status};
    }
    if (status == 429 || status >= 500) {
        return {ErrorKind::Busy, "The store is busy or has a fault. Try again in a few minutes.",
                refusal.code, status};
    }
    const std::string said = refusal.message.empty() ? "" : fmt::format(" It said: {}", refusal.message);
    return {ErrorKind::Other,
            fmt::format("The store answered {}{}.{}", status, refusal.code.empty() ? "" : " " + refusal.code,
                        said),
            refusal.code, status};
}

} // namespace

bool is_passing(const Refusal &refusal) {
    const Meaning *meaning = meaning_of(refusal.code);
    if (meaning) {
        return meaning->kind == ErrorKind::Busy;
    }
    return refusal.code == "OperationAborted" || refusal.status == 429 ||
           (refusal.status >= 500 && refusal.status != 501);
}

Error to_error(const Refusal &refusal, const std::string &bucket) {
    if (refusal.code == "RequestTimeTooSkewed") {
        return {ErrorKind::ClockOff, clock_words(refusal), refusal.code, refusal.status};
    }
    if (is_wrong_place(refusal)) {
        return {ErrorKind::WrongPlace, place_words(refusal, bucket), refusal.code, refusal.status};
    }
    if (const Meaning *meaning = meaning_of(refusal.code)) {
        return {meaning->kind, fmt::format(fmt::runtime(meaning->words), fmt::arg("bucket", bucket)),
                refusal.code, refusal.status};
    }
    return by_status(refusal, bucket);
}

} // namespace studio::media::s3
