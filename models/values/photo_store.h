// SPDX-License-Identifier: Apache-2.0
// Where the platform keeps its photos: in the folder that the public service serves, or in a bucket
// (DigitalOcean Spaces, or another store that speaks S3).
#pragma once

#include "models/documents/validation_issue.h"
#include "models/json/json.h"

#include <optional>
#include <string>
#include <string_view>

namespace studio::models {

struct BucketAddress {
    std::string endpoint;    // "https://fra1.digitaloceanspaces.com", without the bucket
    std::string region;      // "fra1": what requests are signed for
    std::string bucket;      // "companion-photos"
    std::string public_url;  // of the CDN or the bucket, without a slash at the end; "" for the bucket's own
    bool path_style = false; // ENDPOINT/BUCKET/KEY instead of BUCKET.ENDPOINT/KEY
    bool operator==(const BucketAddress &) const = default;
};

// The parts of an endpoint. nullopt if it is no "https://HOST[:PORT]" (or http).
struct Endpoint {
    bool tls = true;
    std::string host;
    int port = 0; // 0: the scheme's own
};
std::optional<Endpoint> parse_endpoint(std::string_view text);

// Whether the host can only be this machine. Only there http is allowed.
bool is_this_machine(std::string_view host);

// Pointers are "/endpoint", "/region", "/bucket" and "/public".
ValidationIssues validate(const BucketAddress &address);

// The region in the endpoint of a DigitalOcean Space, "us-east-1" for other endpoints.
std::string usual_region(const BucketAddress &address);

// The public address of an object: "https://cdn.example/4c1f…/9a0b….webp".
std::string public_address(const BucketAddress &address, std::string_view key);

// Whether visitors get the photos from another address than the bucket's own, which may keep copies.
bool has_cdn(const BucketAddress &address);

struct PhotoStore {
    std::optional<BucketAddress> bucket; // nullopt: the folder
    bool operator==(const PhotoStore &) const = default;
};

// Whether photos lie at the same place: in the folder, or in one bucket, whatever its public address, region
// and style are.
bool is_same_place(const PhotoStore &one, const PhotoStore &other);

// {"kind":"folder"} or {"kind":"s3","endpoint":…,"region":…,"bucket":…,"public":…,"pathStyle":…}
Json to_json(const PhotoStore &store);
// nullopt for anything else.
std::optional<PhotoStore> read_photo_store(const Json &json);

} // namespace studio::models
