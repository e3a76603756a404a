// SPDX-License-Identifier: Apache-2.0
#include "db/stores/platform_store.h"

#include "db/connection/error.h"
#include "db/connection/session_impl.h"

namespace studio::db {

models::PhotoStore PlatformStore::photo_store() {
    return m_session.impl().transact([&](pqxx::work &work) {
        const auto rows = work.exec("SELECT value FROM platform_settings WHERE name = 'photo_store'");
        const auto store =
            rows.empty() ? std::nullopt
                         : models::read_photo_store(models::Json::parse(rows[0][0].c_str(), nullptr, false));
        if (!store) {
            throw Error(ErrorKind::Other,
                        "The setting of the photo store cannot be read, or this login may not see "
                        "it. Set it again with \"companionctl store set\".");
        }
        return *store;
    });
}

void PlatformStore::set_photo_store(const models::PhotoStore &store) {
    m_session.impl().transact([&](pqxx::work &work) {
        const auto changed = work.exec_params(
            "UPDATE platform_settings SET value = $1 WHERE name = 'photo_store'", to_json(store).dump());
        if (changed.affected_rows() != 1) {
            throw Error(ErrorKind::Forbidden, "Only operators may choose the photo store.");
        }
    });
}

bool PlatformStore::photo_store_confirmed() {
    return m_session.impl().transact([](pqxx::work &work) {
        return work
            .exec1("SELECT NOT EXISTS (SELECT FROM platform_settings WHERE name = 'photo_store_confirmed'"
                   " AND value <> 'true')")[0]
            .as<bool>();
    });
}

void PlatformStore::confirm_photo_store() {
    m_session.impl().transact([](pqxx::work &work) { work.exec("SELECT photo_store_confirm()"); });
}

} // namespace studio::db
