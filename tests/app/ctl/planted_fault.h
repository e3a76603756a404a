// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/db/fixtures/sql.h"

#include <filesystem>
#include <string>

namespace studio::ctl_tests {

// Makes the workspace's database fail at a chosen write: a trigger on every table counts the rows that are
// written and raises at the chosen one. Counts with a sequence, which no rollback turns back.
class PlantedFault final {
public:
    // `files` is a folder outside the workspace into which commands write.
    PlantedFault(std::filesystem::path workspace, std::filesystem::path files);
    ~PlantedFault();
    PlantedFault(const PlantedFault &) = delete;
    PlantedFault &operator=(const PlantedFault &) = delete;

    void arm(long write); // 0: counts only
    void disarm();        // neither counts nor fails
    long writes();        // since arm()
    // Fails at the end of a transaction that changes a row of the table.
    void refuse_commits_of(const std::string &table);
    void allow_commits_of(const std::string &table);
    // All rows, logins and files as text: two texts are equal only if these are.
    std::string state();

private:
    std::filesystem::path m_workspace, m_files;
    db::Sql m_superuser;
};

} // namespace studio::ctl_tests
