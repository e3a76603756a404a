// SPDX-License-Identifier: Apache-2.0
#include "tests/renderer/service_fixture.h"

#include "db/stores/revision_store.h"
#include "db/stores/tenant_store.h"

#include <fmt/format.h>
#include <pqxx/pqxx>

#include <cstdlib>
#include <fstream>
#include <random>

namespace studio::tests {

namespace {

std::string random_uuid() {
    static std::mt19937_64 random(std::random_device{}());
    const auto part = [] { return random(); };
    return fmt::format("{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}", part() >> 32, part() >> 48, part() >> 52,
                       part() >> 52, part() >> 16);
}

} // namespace

LiveSite::LiveSite() {
    std::string pattern = (std::filesystem::temp_directory_path() / "live-media-XXXXXX").string();
    m_media = mkdtemp(pattern.data());
    std::filesystem::create_directories(m_media / "ada");
    std::ofstream(m_media / "ada/hero.jpg") << std::string(100'000, 'j');
    std::ofstream(m_media.string() + "-outside.jpg") << "outside";
    test_support::go_live(m_operator, m_database.tenant_id());
}

LiveSite::~LiveSite() {
    std::filesystem::remove_all(m_media);
    std::filesystem::remove(m_media.string() + "-outside.jpg");
}

Variables LiveSite::environment() const {
    return {
        {"DATABASE_URL", m_database.renderer_url()}, {"MEDIA_ROOT", m_media.string()}, {"HTTP_THREADS", "2"}};
}

int LiveSite::save_tagline(const std::string &tagline) {
    db::RevisionStore revisions(m_operator);
    models::Revision latest = revisions.latest(m_database.tenant_id()).value();
    latest.documents.content["tagline"] = tagline;
    return revisions
        .save(m_database.tenant_id(), latest.summary.number, latest.documents, "tagline", random_uuid())
        .number;
}

void LiveSite::publish_tagline(const std::string &tagline) {
    db::RevisionStore(m_operator).publish(m_database.tenant_id(), save_tagline(tagline));
}

void LiveSite::save_draft_tagline(const std::string &tagline) {
    save_tagline(tagline);
}

void LiveSite::set_domain(const std::string &domain) {
    db::TenantStore(m_operator).set_custom_domain(m_database.tenant_id(), domain);
}

void LiveSite::force(const std::string &sql) const {
    pqxx::connection connection(m_database.superuser_url());
    pqxx::work work(connection);
    work.exec("SET LOCAL session_replication_role = replica");
    work.exec(sql);
    work.commit();
}

} // namespace studio::tests
