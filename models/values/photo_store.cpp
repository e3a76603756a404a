// SPDX-License-Identifier: Apache-2.0
#include "models/values/photo_store.h"

#include "base/host.h"
#include "base/text.h"
#include "models/values/web_address.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace studio::models {

namespace {

constexpr std::string_view spaces_domain = "digitaloceanspaces.com";
constexpr std::size_t max_length = 200;

bool is_plain(std::string_view text, bool with_dots) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || (c == '.' && with_dots);
    });
}

bool is_bucket_name(std::string_view text, bool with_dots) {
    return is_plain(text, with_dots) && text.size() >= 3 && text.size() <= 63 && text.front() != '-' &&
           text.front() != '.' && text.back() != '-' && text.back() != '.';
}

void check_endpoint(const BucketAddress &address, ValidationIssues &issues) {
    const auto endpoint = parse_endpoint(address.endpoint);
    if (!endpoint || address.endpoint.size() > max_length) {
        issues.push_back(
            {"/endpoint",
             "The endpoint must be an address such as https://fra1.digitaloceanspaces.com, without a path."});
        return;
    }
    if (!endpoint->tls && !is_this_machine(endpoint->host)) {
        issues.push_back(
            {"/endpoint",
             "The endpoint must begin with https://: photos are not sent over the network in clear."});
    }
    if (endpoint->host.find(".cdn.") != std::string::npos) {
        issues.push_back({"/endpoint", "The endpoint is the address of the CDN. Enter it as the public "
                                       "address; the endpoint has no \".cdn\"."});
    } else if (!address.bucket.empty() && endpoint->host.starts_with(address.bucket + ".")) {
        issues.push_back(
            {"/endpoint",
             fmt::format("The endpoint must not begin with the bucket: leave \"{}.\" out.", address.bucket)});
    }
}

void check_public_url(const BucketAddress &address, ValidationIssues &issues) {
    const std::string &url = address.public_url;
    if (url.empty()) {
        return;
    }
    if (!is_http_url(url) || url.size() > max_length || url.find_first_of("?#") != std::string::npos ||
        url.back() == '/') {
        issues.push_back({"/public", "The public address must be an address such as "
                                     "https://photos.example.com, without a slash at its end."});
        return;
    }
    const std::size_t begin = url.find("//") + 2;
    const std::string host = url.substr(begin, url.find_first_of(":/", begin) - begin);
    if (!base::starts_with_ignoring_case(url, "https://") && !is_this_machine(host)) {
        issues.push_back({"/public", "The public address must begin with https://: browsers refuse other "
                                     "pictures on a page with https."});
    }
}

std::string text_of(const Json &json, const char *name) {
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

} // namespace

std::optional<Endpoint> parse_endpoint(std::string_view text) {
    Endpoint endpoint;
    if (text.starts_with("https://")) {
        text.remove_prefix(8);
    } else if (text.starts_with("http://")) {
        text.remove_prefix(7);
        endpoint.tls = false;
    } else {
        return std::nullopt;
    }
    const std::size_t colon = text.find(':');
    endpoint.host = base::lower_case(text.substr(0, colon));
    if (!base::is_host_name(endpoint.host)) {
        return std::nullopt;
    }
    if (colon != std::string_view::npos) {
        const std::string_view digits = text.substr(colon + 1);
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), endpoint.port);
        if (read.ec != std::errc() || read.ptr != digits.data() + digits.size() || endpoint.port < 1 ||
            endpoint.port > 65535) {
            return std::nullopt;
        }
    }
    return endpoint;
}

bool is_this_machine(std::string_view host) {
    const bool is_loopback_number =
        host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos;
    return is_loopback_number || base::is_within_domain(host, "localhost");
}

ValidationIssues validate(const BucketAddress &address) {
    ValidationIssues issues;
    check_endpoint(address, issues);
    if (!is_plain(address.region, false) || address.region.size() > 40) {
        issues.push_back(
            {"/region", "The region must be a region such as fra1: small letters, digits and \"-\"."});
    }
    if (!address.path_style && address.bucket.find('.') != std::string::npos) {
        issues.push_back({"/bucket", "The bucket must have no dot: certificates do not cover it. Choose "
                                     "another bucket, or path style."});
    } else if (!is_bucket_name(address.bucket, true)) {
        issues.push_back(
            {"/bucket", "The bucket must be the bucket's name: 3 to 63 small letters, digits and \"-\"."});
    }
    check_public_url(address, issues);
    return issues;
}

std::string usual_region(const BucketAddress &address) {
    const auto endpoint = parse_endpoint(address.endpoint);
    if (endpoint && base::is_within_domain(endpoint->host, spaces_domain) &&
        endpoint->host != spaces_domain) {
        return endpoint->host.substr(0, endpoint->host.find('.'));
    }
    return "us-east-1";
}

std::string public_address(const BucketAddress &address, std::string_view key) {
    if (!address.public_url.empty()) {
        return fmt::format("{}/{}", address.public_url, key);
    }
    if (address.path_style) {
        return fmt::format("{}/{}/{}", address.endpoint, address.bucket, key);
    }
    const std::size_t host = address.endpoint.find("//") + 2;
    return fmt::format("{}{}.{}/{}", address.endpoint.substr(0, host), address.bucket,
                       address.endpoint.substr(host), key);
}

bool is_same_place(const PhotoStore &one, const PhotoStore &other) {
    if (!one.bucket || !other.bucket) {
        return !one.bucket && !other.bucket;
    }
    return one.bucket->endpoint == other.bucket->endpoint && one.bucket->bucket == other.bucket->bucket;
}

bool has_cdn(const BucketAddress &address) {
    BucketAddress own = address;
    own.public_url.clear();
    return public_address(address, "") != public_address(own, "");
}

Json to_json(const PhotoStore &store) {
    if (!store.bucket) {
        return {{"kind", "folder"}};
    }
    return {{"kind", "s3"},
            {"endpoint", store.bucket->endpoint},
            {"region", store.bucket->region},
            {"bucket", store.bucket->bucket},
            {"public", store.bucket->public_url},
            {"pathStyle", store.bucket->path_style}};
}

std::optional<PhotoStore> read_photo_store(const Json &json) {
    if (!json.is_object()) {
        return std::nullopt;
    }
    const std::string kind = text_of(json, "kind");
    if (kind == "folder") {
        return PhotoStore{};
    }
    const auto path_style = json.find("pathStyle");
    const BucketAddress address{
        text_of(json, "endpoint"), text_of(json, "region"), text_of(json, "bucket"), text_of(json, "public"),
        path_style != json.end() && path_style->is_boolean() && path_style->get<bool>()};
    if (kind != "s3" || !validate(address).empty()) {
        return std::nullopt;
    }
    return PhotoStore{address};
}

} // namespace studio::models
