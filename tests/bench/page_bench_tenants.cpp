// SPDX-License-Identifier: Apache-2.0
// page_bench_tenants OPERATOR_URL SUBDOMAIN COUNT: makes COUNT live tenants bench-0001 … with that tenant's
// documents.
#include "db/connection/session.h"
#include "db/stores/compliance_store.h"
#include "db/stores/revision_store.h"
#include "db/stores/tenant_store.h"
#include "models/documents/photos.h"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <set>

namespace {

using namespace studio;

std::set<std::string> photo_urls(const models::Documents &documents) {
    const models::Photos photos = models::read_photos(documents.photos);
    std::set<std::string> urls{photos.hero.control.url};
    for (const models::HeroVariant &variant : photos.hero.variants) {
        urls.insert(variant.photo.url);
    }
    for (const models::Photo &photo : photos.gallery) {
        urls.insert(photo.url);
    }
    for (const models::Photo &photo : photos.testimonials) {
        urls.insert(photo.url);
    }
    urls.erase("");
    return urls;
}

// A companion shows pictures of her own folder only; the bench does not fetch them.
void move_pictures(models::Json &document, const std::string &from, const std::string &to) {
    std::string text = document.dump();
    const std::string old_folder = "/media/" + from + "/", folder = "/media/" + to + "/";
    for (auto at = text.find(old_folder); at != std::string::npos;
         at = text.find(old_folder, at + folder.size())) {
        text.replace(at, old_folder.size(), folder);
    }
    document = models::Json::parse(text);
}

void make_tenant(db::Session &session, int number, const std::string &model, models::Documents documents) {
    const std::string digits = std::to_string(10000 + number).substr(1);
    const std::string subdomain = std::string("bench-").append(digits);
    const std::string name = "Bench " + std::to_string(number);
    documents.content["name"] = name;
    move_pictures(documents.content, model, subdomain);
    move_pictures(documents.photos, model, subdomain);
    db::TenantStore tenants(session);
    db::ComplianceStore compliance(session);
    const models::Tenant tenant = tenants.create({subdomain, name, documents});
    compliance.record_verification(tenant.id, "passport");
    for (const std::string &url : photo_urls(documents)) {
        compliance.record_release(tenant.id, url);
    }
    db::RevisionStore(session).publish(tenant.id, 1);
    tenants.set_status(tenant.id, models::TenantStatus::Active);
}

} // namespace

int main(int count, char **words) {
    if (count != 4) {
        std::fprintf(stderr, "usage: page_bench_tenants OPERATOR_URL SUBDOMAIN COUNT\n");
        return 2;
    }
    try {
        db::Session session(words[1]);
        const auto model = db::TenantStore(session).find_by_subdomain(words[2]);
        if (!model) {
            throw std::runtime_error("no such tenant");
        }
        for (int number = 1; number <= std::atoi(words[3]); ++number) {
            make_tenant(session, number, model->subdomain, model->published);
        }
        return 0;
    } catch (const std::exception &error) {
        std::fprintf(stderr, "page_bench_tenants: %s\n", error.what());
        return 1;
    }
}
