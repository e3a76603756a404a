// SPDX-License-Identifier: Apache-2.0
// s3_uploader ENDPOINT BUCKET FILE KEY RECORDS: uploads in parts of 5 MiB, to be killed by a test in the
// middle of it.
#include "media/s3/credentials.h"
#include "media/s3/upload.h"

int main(int count, char **words) {
    using namespace studio;
    const auto credentials = media::s3::credentials_in_environment();
    if (count != 6 || !credentials) {
        return 2;
    }
    media::s3::Connection connection({words[1], "default", words[2], "", true}, *credentials);
    media::s3::UploadOptions options;
    options.largest_single = 1ULL << 20;
    options.part_size = 5ULL << 20;
    options.records = words[5];
    media::s3::upload_file(connection, words[3], words[4], media::s3::original_facts("image/jpeg"), options);
    return 0;
}
