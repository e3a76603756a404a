// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sample_site.h"

#include "db/stores/compliance_store.h"
#include "db/stores/revision_store.h"
#include "db/stores/tenant_store.h"
#include "models/documents/photos.h"

#include <cctype>

namespace studio::test_support {

namespace {

std::string lower_case(std::string text) {
    for (char &character : text) {
        character = static_cast<char>(std::tolower(static_cast<unsigned char>(character)));
    }
    return text;
}

} // namespace

models::Documents valid_documents(const std::string &name) {
    const std::string folder = "/media/" + lower_case(name);
    models::Documents documents;
    documents.theme = models::Json::parse(R"({
        "schemaVersion": 1,
        "colors": {"primary": "#8b4789", "secondary": "#d4af37", "accent": "#f4e6d8", "background": "#ffffff",
                   "text": "#2c2c2c"},
        "fonts": {"heading": "Playfair Display", "body": "Montserrat"},
        "layout": "elegant", "spacing": "comfortable"})");
    documents.content = models::Json::parse(R"({
        "schemaVersion": 1, "name": "", "tagline": "Good company in Sydney", "bio": "A short text.",
        "services": [{"id": "dinner", "name": "Dinner", "description": "An evening out", "duration": "3 hours",
                      "price": 1500}],
        "pricing": {"hourly": 800, "overnight": 5000, "weekend": 12000, "currency": "AUD"},
        "contact": {"email": "hello@example.com", "phone": "", "availableHours": "10:00 - 22:00"},
        "socialMedia": {"twitter": "@example", "instagram": "@example"},
        "seo": {"title": "Good company", "description": "A page", "keywords": ["company"]}})");
    documents.content["name"] = name;
    documents.photos = models::Json::object();
    documents.photos["schemaVersion"] = 1;
    documents.photos["hero"] = {{"control", {{"url", folder + "/hero.jpg"}, {"alt", "Blue shapes"}}},
                                {"variants", models::Json::array()}};
    documents.photos["gallery"] =
        models::Json::array({{{"id", "one"}, {"url", folder + "/one.jpg"}, {"alt", "Green shapes"}}});
    documents.photos["testimonials"] = models::Json::array();
    return documents;
}

void go_live(db::Session &operator_session, const models::TenantId &tenant_id) {
    db::ComplianceStore compliance(operator_session);
    db::RevisionStore revisions(operator_session);
    const auto latest = revisions.latest(tenant_id);
    const models::Photos photos = models::read_photos(latest->documents.photos);
    compliance.record_verification(tenant_id, "passport");
    compliance.record_release(tenant_id, photos.hero.control.url);
    for (const models::HeroVariant &variant : photos.hero.variants) {
        compliance.record_release(tenant_id, variant.photo.url);
    }
    for (const models::Photo &photo : photos.gallery) {
        compliance.record_release(tenant_id, photo.url);
    }
    for (const models::Photo &photo : photos.testimonials) {
        compliance.record_release(tenant_id, photo.url);
    }
    revisions.publish(tenant_id, latest->summary.number);
    db::TenantStore(operator_session).set_status(tenant_id, models::TenantStatus::Active);
}

} // namespace studio::test_support
