// SPDX-License-Identifier: Apache-2.0
#include "db/stores/photo_library.h"

#include "db/connection/array_literal.h"
#include "db/connection/rows.h"
#include "db/connection/session_impl.h"

#include <algorithm>
#include <map>

namespace studio::db {

namespace {

constexpr const char *select_photos =
    "SELECT picture, photo, content_hash, likeness, people, photographer, licence, paused_at IS NOT NULL AS "
    "paused, account_name(added_by) AS added_by, " SQL_MICROSECONDS("added_at") " AS at FROM photos"
                                                                                " WHERE tenant_id = $1";
constexpr const char *order_of_photos = " ORDER BY position NULLS FIRST, added_at DESC, picture";
constexpr const char *select_files = "SELECT picture, key, content_type, bytes, original, stored_at IS NOT "
                                     "NULL AS stored FROM photo_files WHERE tenant_id = $1";
#define STEP_COLUMNS                                                                                         \
    "id, tenant_id, picture, key, action, reason, attempts, problem, done_at IS NOT NULL AS "                \
    "done, " SQL_MICROSECONDS("asked_at") " AS asked, " SQL_MICROSECONDS("done_at") " AS done_time"

LibraryFile file_of(const pqxx::row &row) {
    return {row["key"].c_str(), row["content_type"].c_str(), row["bytes"].as<std::uint64_t>(),
            row["original"].as<bool>(), row["stored"].as<bool>()};
}

// Reads a photo in the form that the photos document has.
models::Photo photo_of(const pqxx::field &field) {
    const models::Json json = models::Json::parse(field.c_str(), field.c_str() + field.size());
    return models::read_photos({{"hero", {{"control", json}}}}).hero.control;
}

LibraryPhoto library_photo_of(const pqxx::row &row) {
    LibraryPhoto photo;
    photo.picture = row["picture"].c_str();
    photo.photo = photo_of(row["photo"]);
    photo.content_hash = row["content_hash"].c_str();
    photo.likeness = static_cast<std::uint64_t>(row["likeness"].as<std::int64_t>());
    photo.people = optional_int(row["people"]);
    photo.photographer = row["photographer"].c_str();
    photo.licence = row["licence"].c_str();
    photo.paused = row["paused"].as<bool>();
    photo.added_at = time_of(row["at"]);
    photo.added_by = row["added_by"].c_str();
    return photo;
}

// The photos that fulfil the condition, in which $2 is `value`, with their files.
std::vector<LibraryPhoto> photos_where(pqxx::work &work, const models::TenantId &tenant,
                                       const std::string &condition, const std::string &value) {
    std::vector<LibraryPhoto> photos;
    std::map<std::string, std::size_t> places;
    for (const auto &row : work.exec_params(select_photos + condition + order_of_photos, tenant, value)) {
        photos.push_back(library_photo_of(row));
        places[photos.back().picture] = photos.size() - 1;
    }
    const std::string files = " AND picture IN (SELECT picture FROM photos WHERE tenant_id = $1" + condition +
                              ") ORDER BY original, key";
    for (const auto &row : work.exec_params(select_files + files, tenant, value)) {
        if (const auto place = places.find(row["picture"].c_str()); place != places.end()) {
            photos[place->second].files.push_back(file_of(row));
        }
    }
    return photos;
}

PhotoStep step_of(const pqxx::row &row) {
    PhotoStep step;
    step.id = row["id"].c_str();
    step.tenant_id = models::TenantId(row["tenant_id"].c_str());
    step.picture = row["picture"].c_str();
    step.key = row["key"].c_str();
    step.action = row["action"].c_str();
    step.reason = row["reason"].c_str();
    step.asked_at = time_of(row["asked"]);
    if (row["done"].as<bool>()) {
        step.done_at = time_of(row["done_time"]);
    }
    step.attempts = row["attempts"].as<int>();
    step.problem = row["problem"].c_str();
    return step;
}

std::vector<PhotoStep> steps_of(const pqxx::result &rows) {
    std::vector<PhotoStep> steps;
    for (const auto &row : rows) {
        steps.push_back(step_of(row));
    }
    return steps;
}

std::vector<std::string> texts_of(const pqxx::result &rows) {
    std::vector<std::string> texts;
    for (const auto &row : rows) {
        texts.emplace_back(row[0].c_str());
    }
    return texts;
}

std::string array_of(const std::vector<std::string> &texts) {
    ArrayLiteral array;
    for (const std::string &text : texts) {
        array.add_text(text);
    }
    return array.text();
}

std::string text_of(const models::Json &json) {
    return document_text(json, models::DocumentKind::Photos);
}

template <class... Values>
void call(Session &session, const models::TenantId &tenant, const char *statement, const Values &...values) {
    require_tenant_id(tenant);
    session.impl().transact([&](pqxx::work &work) { work.exec_params(statement, tenant, values...); });
}

// Runs the statement for each picture that is in the library, in one transaction.
int call_each(Session &session, const models::TenantId &tenant, const std::vector<std::string> &pictures,
              const char *statement) {
    require_tenant_id(tenant);
    return session.impl().transact([&](pqxx::work &work) {
        const auto present = work.exec_params("SELECT photo_lock($1, $2)", tenant, array_of(pictures));
        for (const auto &row : present) {
            work.exec_params(statement, tenant, row[0].c_str());
        }
        return static_cast<int>(present.size());
    });
}

void note_step(Session &session, const std::string &id, const std::string &problem) {
    session.impl().transact(
        [&](pqxx::work &work) { work.exec_params("SELECT photo_step_note($1, $2)", id, problem); });
}

} // namespace

bool LibraryPhoto::stored() const {
    return std::ranges::all_of(files, [](const LibraryFile &file) { return file.original || file.stored; });
}

bool PhotoStep::is_of_place() const {
    return action == "page" || action == "test" || action == "draft" || action == "sharing";
}

std::vector<LibraryPhoto> PhotoLibrary::list(const models::TenantId &tenant) {
    require_tenant_id(tenant);
    return m_session.impl().transact(
        [&](pqxx::work &work) { return photos_where(work, tenant, " AND $2::text = ''", ""); });
}

PictureStates PhotoLibrary::states(const models::TenantId &tenant) {
    require_tenant_id(tenant);
    return m_session.impl().transact([&](pqxx::work &work) {
        PictureStates states;
        for (const auto &row : work.exec_params("SELECT picture, releases, paused, stored, agreed, released, "
                                                "withheld, taken_down FROM photo_states($1)",
                                                tenant)) {
            states[row["picture"].c_str()] = {row["releases"].as<int>(),   row["paused"].as<bool>(),
                                              row["stored"].as<bool>(),    row["agreed"].as<bool>(),
                                              row["released"].as<bool>(),  row["withheld"].as<bool>(),
                                              row["taken_down"].as<bool>()};
        }
        return states;
    });
}

std::optional<LibraryPhoto> PhotoLibrary::find(const models::TenantId &tenant, const std::string &picture) {
    require_tenant_id(tenant);
    return m_session.impl().transact([&](pqxx::work &work) -> std::optional<LibraryPhoto> {
        auto photos = photos_where(work, tenant, " AND picture = $2", picture);
        return photos.empty() ? std::nullopt : std::optional(std::move(photos.front()));
    });
}

std::vector<LibraryPhoto> PhotoLibrary::with_content(const models::TenantId &tenant,
                                                     const std::string &content_hash) {
    require_tenant_id(tenant);
    return m_session.impl().transact([&](pqxx::work &work) {
        return photos_where(work, tenant, " AND content_hash = $2 AND content_hash <> ''", content_hash);
    });
}

void PhotoLibrary::add(const models::TenantId &tenant, const LibraryPhoto &photo) {
    models::Json facts{{"hash", photo.content_hash},
                       {"likeness", static_cast<std::int64_t>(photo.likeness)},
                       {"people", photo.people ? models::Json(*photo.people) : models::Json()},
                       {"photographer", photo.photographer},
                       {"licence", photo.licence},
                       {"files", models::Json::array()}};
    for (const LibraryFile &file : photo.files) {
        facts["files"].push_back({{"key", file.key},
                                  {"type", file.content_type},
                                  {"bytes", file.bytes},
                                  {"original", file.original},
                                  {"stored", file.stored}});
    }
    call(m_session, tenant, "SELECT photo_add($1, $2, $3, $4)", photo.picture,
         text_of(models::to_json(photo.photo)), text_of(facts));
}

void PhotoLibrary::describe(const models::TenantId &tenant, const std::string &picture,
                            const std::string &alt, const std::string &caption,
                            const models::FocalPoint &focal_point) {
    require_tenant_id(tenant);
    m_session.impl().transact([&](pqxx::work &work) {
        const auto rows = work.exec_params("SELECT photo FROM photos WHERE tenant_id = $1 AND picture = $2",
                                           tenant, picture);
        models::Photo photo = rows.empty() ? models::Photo{} : photo_of(rows[0][0]);
        photo.alt = alt;
        photo.caption = caption;
        photo.focal_point = focal_point;
        work.exec_params("SELECT photo_change($1, $2, $3, NULL, NULL, NULL)", tenant, picture,
                         text_of(models::to_json(photo)));
    });
}

void PhotoLibrary::set_people(const models::TenantId &tenant, const std::string &picture, int people) {
    call(m_session, tenant, "SELECT photo_change($1, $2, NULL, $3, NULL, NULL)", picture, people);
}

void PhotoLibrary::set_licence(const models::TenantId &tenant, const std::string &picture,
                               const std::string &photographer, const std::string &licence) {
    call(m_session, tenant, "SELECT photo_change($1, $2, NULL, NULL, $3, $4)", picture, photographer,
         licence);
}

void PhotoLibrary::move(const models::TenantId &tenant, const std::vector<std::string> &pictures,
                        const std::string &before) {
    call(m_session, tenant, "SELECT photo_move($1, $2, $3)", array_of(pictures), before);
}

bool PhotoLibrary::keeps_originals(const models::TenantId &tenant) {
    require_tenant_id(tenant);
    return m_session.impl().transact([&](pqxx::work &work) {
        const auto rows = work.exec_params("SELECT keeps_originals FROM tenants WHERE id = $1", tenant);
        return !rows.empty() && rows[0][0].as<bool>();
    });
}

void PhotoLibrary::keep_originals(const models::TenantId &tenant, bool keeps) {
    call(m_session, tenant, "SELECT photo_keep_originals($1, $2)", keeps);
}

std::vector<std::string> PhotoLibrary::mark_stored(const models::TenantId &tenant,
                                                   const std::vector<std::string> &keys,
                                                   const std::optional<models::PhotoStore> &sent_to) {
    require_tenant_id(tenant);
    const auto place =
        sent_to ? std::optional(models::to_json(*sent_to).dump()) : std::optional<std::string>();
    return m_session.impl().transact([&](pqxx::work &work) {
        return texts_of(
            work.exec_params("SELECT unnest(photo_mark_stored($1, $2, $3))", tenant, array_of(keys), place));
    });
}

std::vector<std::string> PhotoLibrary::sent_in_part(const models::TenantId &tenant,
                                                    const std::vector<std::string> &keys) {
    require_tenant_id(tenant);
    return m_session.impl().transact([&](pqxx::work &work) {
        return texts_of(
            work.exec_params("SELECT unnest(photo_sent_in_part($1, $2))", tenant, array_of(keys)));
    });
}

std::vector<LibraryFile> PhotoLibrary::not_stored(const models::TenantId &tenant) {
    require_tenant_id(tenant);
    return m_session.impl().transact([&](pqxx::work &work) {
        std::vector<LibraryFile> files;
        for (const auto &row :
             work.exec_params(std::string(select_files) + " AND stored_at IS NULL ORDER BY key", tenant)) {
            files.push_back(file_of(row));
        }
        return files;
    });
}

void PhotoLibrary::take_down(const models::TenantId &tenant, const std::string &picture) {
    call(m_session, tenant, "SELECT photo_take_down($1, $2)", picture);
}

void PhotoLibrary::pause(const models::TenantId &tenant, const std::string &picture) {
    call(m_session, tenant, "SELECT photo_pause($1, $2, true)", picture);
}

void PhotoLibrary::resume(const models::TenantId &tenant, const std::string &picture) {
    call(m_session, tenant, "SELECT photo_pause($1, $2, false)", picture);
}

int PhotoLibrary::take_down_all(const models::TenantId &tenant, const std::vector<std::string> &pictures) {
    return call_each(m_session, tenant, pictures, "SELECT photo_take_down($1, $2)");
}

int PhotoLibrary::pause_all(const models::TenantId &tenant, const std::vector<std::string> &pictures) {
    return call_each(m_session, tenant, pictures, "SELECT photo_pause($1, $2, true)");
}

int PhotoLibrary::resume_all(const models::TenantId &tenant, const std::vector<std::string> &pictures) {
    return call_each(m_session, tenant, pictures, "SELECT photo_pause($1, $2, false)");
}

std::vector<PhotoStep> PhotoLibrary::claim_steps(int limit) {
    return m_session.impl().transact([&](pqxx::work &work) {
        return steps_of(work.exec_params("SELECT " STEP_COLUMNS " FROM photo_steps_claim($1)", limit));
    });
}

void PhotoLibrary::step_done(const std::string &id) {
    note_step(m_session, id, "");
}

void PhotoLibrary::step_failed(const std::string &id, const std::string &problem) {
    note_step(m_session, id, problem.empty() ? "The step failed, and nothing says why." : problem);
}

std::vector<PhotoStep> PhotoLibrary::steps(const models::TenantId &tenant, const std::string &picture) {
    require_tenant_id(tenant);
    return m_session.impl().transact([&](pqxx::work &work) {
        return steps_of(work.exec_params("SELECT " STEP_COLUMNS " FROM photo_steps WHERE tenant_id = $1"
                                         " AND picture = $2 ORDER BY photo_steps.id",
                                         tenant, picture));
    });
}

std::set<std::string> PhotoLibrary::with_steps(const models::TenantId &tenant) {
    require_tenant_id(tenant);
    return m_session.impl().transact([&](pqxx::work &work) {
        std::set<std::string> pictures;
        for (const auto &row :
             work.exec_params("SELECT DISTINCT picture FROM photo_steps WHERE tenant_id = $1", tenant)) {
            pictures.emplace(row[0].c_str());
        }
        return pictures;
    });
}

} // namespace studio::db
