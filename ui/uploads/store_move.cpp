// SPDX-License-Identifier: Apache-2.0
#include "ui/uploads/store_move.h"

#include "db/stores/platform_store.h"
#include "db/stores/store_files.h"
#include "media/local_asset_store.h"
#include "media/s3/error.h"

namespace studio::ui {

MoveOutcome move_photos(db::Session &session, const MovePlaces &places,
                        const media::s3::MoveProgress &progress, const std::stop_token &stop) {
    db::StoreFiles files(session);
    MoveOutcome outcome{files.open_steps(), {}};
    if (outcome.open_steps > 0) {
        return outcome;
    }
    const models::PhotoStore chosen{places.to ? std::optional(places.to->address) : std::nullopt};
    const models::PhotoStore former{places.from ? std::optional(places.from->address) : std::nullopt};
    db::PlatformStore platform(session);
    const models::PhotoStore present = platform.photo_store();
    if (!models::is_same_place(present, former) && (places.from || !models::is_same_place(present, chosen))) {
        throw media::s3::Error(media::s3::ErrorKind::Other,
                               "Somebody else changed the photo store meanwhile. Open the settings again.");
    }
    if (!platform.photo_store_confirmed()) {
        throw media::s3::Error(media::s3::ErrorKind::Other,
                               "This database was restored from a backup. Confirm above first that its photo "
                               "store belongs to it.");
    }
    media::LocalAssetStore folder(places.media_root);
    outcome.result = media::s3::move_store({folder, places.from, places.to, [&] { return files.all(); },
                                            [&] { platform.set_photo_store(chosen); }, progress, stop});
    return outcome;
}

} // namespace studio::ui
