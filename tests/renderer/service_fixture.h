// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "tests/renderer/raw_client.h"
#include "tests/renderer/service_process.h"
#include "tests/support/test_database.h"
#include "tests/support/test_server.h"

#include <filesystem>
#include <memory>
#include <string>

namespace studio::tests {

// A database in which ada is live (with a second hero photo where asked for) and bea is a preview, and a
// media folder.
class LiveSite final {
public:
    LiveSite();
    ~LiveSite();
    LiveSite(const LiveSite &) = delete;
    LiveSite &operator=(const LiveSite &) = delete;

    Variables environment() const;
    const test_support::TestDatabase &database() const { return m_database; }
    db::Session &operator_session() { return m_operator; }
    const std::filesystem::path &media() const { return m_media; }

    // Saves ada's content with another tagline and publishes it.
    void publish_tagline(const std::string &tagline);
    void save_draft_tagline(const std::string &tagline);
    void set_domain(const std::string &domain);
    // As the superuser; for states that the schema does not allow.
    void force(const std::string &sql) const;

private:
    int save_tagline(const std::string &tagline);

    test_support::TestDatabase m_database{test_support::TestDatabase::Tenants::Two};
    db::Session m_operator{m_database.operator_url()};
    std::filesystem::path m_media;
};

} // namespace studio::tests
