// SPDX-License-Identifier: Apache-2.0
#include "resources/demo/demo_tenants.h"

#include "resources/demo/demo_documents.h"

namespace studio::demo {
namespace {

std::vector<DemoPhoto> read_library(std::string_view text) {
    std::vector<DemoPhoto> photos;
    for (const auto &row : models::Json::parse(text)) {
        DemoPhoto photo;
        photo.picture = row.at("picture").get<std::string>();
        photo.photo =
            models::read_photos({{"gallery", models::Json::array({row.at("photo")})}}).gallery.at(0);
        photo.content_hash = row.at("contentHash").get<std::string>();
        photo.likeness = row.at("likeness").get<std::uint64_t>();
        for (const auto &file : row.at("files")) {
            photo.files.push_back({file.at("key").get<std::string>(), file.at("type").get<std::string>(),
                                   file.at("bytes").get<std::uint64_t>()});
        }
        photos.push_back(std::move(photo));
    }
    return photos;
}

} // namespace

std::vector<DemoTenant> demo_tenants() {
    std::vector<DemoTenant> tenants;
    for (unsigned i = 0; i < demo_documents_count; ++i) {
        const auto &source = demo_documents[i];
        DemoTenant tenant;
        tenant.subdomain = source.subdomain;
        tenant.media_folder = source.media_folder;
        tenant.photos = read_library(source.library);
        tenant.status =
            source.subdomain == "emma" ? models::TenantStatus::Preview : models::TenantStatus::Active;
        tenant.documents.theme = models::Json::parse(source.theme);
        tenant.documents.content = models::Json::parse(source.content);
        tenant.documents.photos = models::Json::parse(source.photos);
        tenants.push_back(std::move(tenant));
    }
    return tenants;
}

std::optional<std::filesystem::path> demo_media_folder() {
    std::error_code problem;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", problem);
    if (problem) {
        return std::nullopt;
    }
    const auto base = program.parent_path().parent_path();
    for (const char *place : {"demo/media", "share/companion-studio/demo/media"}) {
        if (std::filesystem::is_directory(base / place, problem)) {
            return base / place;
        }
    }
    return std::nullopt;
}

} // namespace studio::demo
