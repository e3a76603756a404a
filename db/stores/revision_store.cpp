// SPDX-License-Identifier: Apache-2.0
#include "db/stores/revision_store.h"

#include "db/connection/rows.h"
#include "db/connection/session_impl.h"
#include "db/stores/publication_store.h"
#include "db/stores/publishable.h"
#include "models/documents/validate_documents.h"

namespace studio::db {

namespace {

#define REVISION_SUMMARY                                                                                     \
    "r.id, r.number, account_name(r.author) AS author, r.note, " SQL_MICROSECONDS(                           \
        "r.created_at") " AS created,"                                                                       \
                        " r.number = t.published_revision AS published"
#define FROM_REVISIONS " FROM revisions r JOIN tenants t ON t.id = r.tenant_id "

// Repeating a save whose answer was lost inserts nothing and returns the first one's row.
constexpr const char *insert_revision =
    "INSERT INTO revisions (tenant_id, number, base_number, theme_config, content_config, photos_config, "
    "note,"
    " idempotency_key) VALUES ($1, $2, nullif($2 - 1, 0), $3, $4, $5, $6, $7)"
    " ON CONFLICT (tenant_id, idempotency_key) DO NOTHING";
constexpr const char *select_by_key =
    "SELECT " REVISION_SUMMARY FROM_REVISIONS "WHERE r.tenant_id = $1 AND r.idempotency_key = $2";

models::RevisionSummary summary_of(const pqxx::row &row) {
    models::RevisionSummary summary;
    summary.id = row["id"].c_str();
    summary.number = row["number"].as<int>();
    summary.author = row["author"].c_str();
    summary.created_at = time_of(row["created"]);
    summary.note = row["note"].c_str();
    summary.published = row["published"].as<bool>(false);
    return summary;
}

std::optional<models::Revision> revision_of(const pqxx::result &rows) {
    if (rows.empty()) {
        return std::nullopt;
    }
    return models::Revision{summary_of(rows[0]), documents_of(rows[0], rows[0]["subdomain"].c_str())};
}

struct SaveRequest {
    models::TenantId tenant_id;
    int number = 0;
    std::string theme, content, photos, note, key;
    bool publish = false;
};

constexpr const char *update_published = "UPDATE tenants SET published_revision = $2"
                                         " WHERE id = $1 AND published_revision IS DISTINCT FROM $2";

models::RevisionSummary insert(pqxx::work &work, const SaveRequest &request) {
    work.exec_params(insert_revision, request.tenant_id, request.number, request.theme, request.content,
                     request.photos, request.note, request.key);
    if (request.publish) {
        work.exec_params(update_published, request.tenant_id, request.number);
    }
    return summary_of(work.exec_params1(select_by_key, request.tenant_id, request.key));
}

// If one save is sent twice at the same time, the slower one finds its revision number in use.
models::RevisionSummary save_once(Session &session, const SaveRequest &request) {
    try {
        return session.impl().transact([&](pqxx::work &work) { return insert(work, request); });
    } catch (const Error &error) {
        if (error.constraint() != "revisions_number_taken" && error.constraint() != "revisions_base") {
            throw;
        }
    }
    return session.impl().transact([&](pqxx::work &work) {
        const auto rows = work.exec_params(select_by_key, request.tenant_id, request.key);
        if (rows.empty()) {
            throw Error(ErrorKind::Conflict, "Someone else saved in the meantime. Nothing was overwritten.",
                        "23505", "revisions_number_taken");
        }
        return summary_of(rows[0]);
    });
}

constexpr const char *update_live =
    "UPDATE tenants SET published_revision = $2 WHERE id = $1 AND published_revision IS DISTINCT FROM $2"
    " AND (NOT $3 OR published_revision IS NOT DISTINCT FROM $4::integer)"
    " AND ($5::integer IS NULL"
    "      OR NOT EXISTS (SELECT FROM revisions r WHERE r.tenant_id = $1 AND r.number > $5))";

// Reports why update_live changed nothing, unless the revision is live already.
void require_unchanged(Session &session, const models::TenantId &tenant_id, int number,
                       const KnownRevisions &known) {
    const auto not_published = " Revision " + std::to_string(number) + " was not published.";
    const auto live = PublicationStore(session).live(tenant_id);
    if (live && live->revision == number) {
        return;
    }
    if (known.live && (live ? std::optional(live->revision) : std::nullopt) != known.live->number) {
        if (!live) {
            throw Error(ErrorKind::Conflict, "The page was unpublished in the meantime." + not_published);
        }
        const auto by = live->published_by.empty() ? std::string() : " by " + live->published_by;
        throw Error(ErrorKind::Conflict, "Revision " + std::to_string(live->revision) + " was published" +
                                             by + " in the meantime." + not_published);
    }
    const auto latest = RevisionStore(session).latest(tenant_id);
    if (known.latest && latest && latest->summary.number > *known.latest) {
        throw Error(ErrorKind::Conflict, "Revision " + std::to_string(latest->summary.number) +
                                             " was saved by " + latest->summary.author + " in the meantime." +
                                             not_published);
    }
}

} // namespace

void require_publishable(const models::Documents &documents, int number) {
    const models::ValidationIssues issues = models::validate(documents);
    if (!models::has_errors(issues)) {
        return;
    }
    std::string message = "Revision " + std::to_string(number) + " cannot be published:";
    int shown = 0;
    for (const models::ValidationIssue &issue : issues) {
        if (issue.severity == models::Severity::Error && shown++ < 5) {
            message += " " + issue.pointer + ": " + issue.message;
        }
    }
    if (shown > 5) {
        message += " And " + std::to_string(shown - 5) + " more.";
    }
    throw Error(ErrorKind::Invalid, message);
}

std::vector<models::RevisionSummary> RevisionStore::list(const models::TenantId &tenant_id) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<models::RevisionSummary> revisions;
        for (const auto &row : work.exec_params("SELECT " REVISION_SUMMARY FROM_REVISIONS
                                                "WHERE r.tenant_id = $1 ORDER BY r.number DESC",
                                                tenant_id)) {
            revisions.push_back(summary_of(row));
        }
        return revisions;
    });
}

std::optional<models::Revision> RevisionStore::latest(const models::TenantId &tenant_id) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        return revision_of(
            work.exec_params("SELECT " REVISION_SUMMARY
                             ", t.subdomain, r.theme_config, r.content_config, r.photos_config" FROM_REVISIONS
                             "WHERE r.tenant_id = $1 ORDER BY r.number DESC LIMIT 1",
                             tenant_id));
    });
}

std::optional<models::RevisionSummary> RevisionStore::latest_summary(const models::TenantId &tenant_id) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        const auto rows = work.exec_params("SELECT " REVISION_SUMMARY FROM_REVISIONS
                                           "WHERE r.tenant_id = $1 ORDER BY r.number DESC LIMIT 1",
                                           tenant_id);
        return rows.empty() ? std::nullopt : std::optional(summary_of(rows[0]));
    });
}

std::optional<models::Revision> RevisionStore::find_by_key(const models::TenantId &tenant_id,
                                                           const std::string &idempotency_key) {
    require_tenant_id(tenant_id);
    if (!is_uuid(idempotency_key)) {
        return std::nullopt;
    }
    return m_session.impl().transact([&](pqxx::work &work) {
        return revision_of(
            work.exec_params("SELECT " REVISION_SUMMARY
                             ", t.subdomain, r.theme_config, r.content_config, r.photos_config" FROM_REVISIONS
                             "WHERE r.tenant_id = $1 AND r.idempotency_key = $2",
                             tenant_id, idempotency_key));
    });
}

std::optional<models::Revision> RevisionStore::find(const models::TenantId &tenant_id, int number) {
    require_tenant_id(tenant_id);
    return m_session.impl().transact([&](pqxx::work &work) {
        return revision_of(
            work.exec_params("SELECT " REVISION_SUMMARY
                             ", t.subdomain, r.theme_config, r.content_config, r.photos_config" FROM_REVISIONS
                             "WHERE r.tenant_id = $1 AND r.number = $2",
                             tenant_id, number));
    });
}

models::RevisionSummary RevisionStore::save(const models::TenantId &tenant_id, int base_number,
                                            const models::Documents &documents, const std::string &note,
                                            const std::string &idempotency_key) {
    return save(tenant_id, base_number, documents, note, idempotency_key, false);
}

models::RevisionSummary RevisionStore::save_and_publish(const models::TenantId &tenant_id, int base_number,
                                                        const models::Documents &documents,
                                                        const std::string &note,
                                                        const std::string &idempotency_key) {
    require_publishable(documents, base_number + 1);
    return save(tenant_id, base_number, documents, note, idempotency_key, true);
}

models::RevisionSummary RevisionStore::save(const models::TenantId &tenant_id, int base_number,
                                            const models::Documents &documents, const std::string &note,
                                            const std::string &idempotency_key, bool publish) {
    require_tenant_id(tenant_id);
    if (!is_uuid(idempotency_key)) {
        throw Error(ErrorKind::Invalid, "A save needs a UUID as its idempotency key.");
    }
    const SaveRequest request{tenant_id,
                              base_number + 1,
                              document_text(documents.theme, models::DocumentKind::Theme),
                              document_text(documents.content, models::DocumentKind::Content),
                              document_text(documents.photos, models::DocumentKind::Photos),
                              note,
                              idempotency_key,
                              publish};
    try {
        return save_once(m_session, request);
    } catch (const Error &error) {
        if (error.kind() != ErrorKind::Unreachable) {
            throw;
        }
    }
    return save_once(m_session, request); // sent again: the key makes a repetition harmless
}

void RevisionStore::publish(const models::TenantId &tenant_id, int number, const KnownRevisions &known) {
    const std::optional<models::Revision> revision = find(tenant_id, number);
    if (!revision) {
        throw Error(ErrorKind::NotFound, "There is no revision " + std::to_string(number) +
                                             " of this companion, or this account has no access to it.");
    }
    require_publishable(revision->documents, number);
    const auto live = known.live ? known.live->number : std::nullopt;
    const auto changed = m_session.impl().transact([&](pqxx::work &work) {
        return work.exec_params(update_live, tenant_id, number, known.live.has_value(), live, known.latest)
            .affected_rows();
    });
    if (changed == 0) {
        require_unchanged(m_session, tenant_id, number, known);
    }
}

} // namespace studio::db
