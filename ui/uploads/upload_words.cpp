// SPDX-License-Identifier: Apache-2.0
#include "ui/uploads/upload_words.h"

#include "ui/uploads/upload_queue.h"
#include "ui/widgets/phrases.h"

#include <QLocale>

#include <algorithm>

namespace studio::ui {

namespace {

using Phase = UploadsState::Phase;

QString size_words(std::uint64_t bytes) {
    return QLocale().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
}

QString time_left(std::chrono::seconds left) {
    if (left < std::chrono::seconds(60)) {
        return UploadQueue::tr("%1 s left").arg(std::max<qint64>(1, left.count()));
    }
    return UploadQueue::tr("%1 min left").arg((left.count() + 59) / 60);
}

QString waiting_words(int photos) {
    return counted(photos, UploadQueue::tr("1 photo waits"), UploadQueue::tr("%1 photos wait"));
}

} // namespace

QString uploads_line(const UploadsState &state) {
    const int waiting = state.under_way();
    const int held_up = static_cast<int>(state.uploads.size()) - waiting;
    if (waiting == 0) {
        return held_up == 0 ? QString()
                            : counted(held_up, UploadQueue::tr("1 photo was not sent"),
                                      UploadQueue::tr("%1 photos were not sent"));
    }
    switch (state.phase) {
    case Phase::Working:
    case Phase::Idle:
        break;
    case Phase::Paused:
        return UploadQueue::tr("Uploads paused: %1").arg(waiting_words(waiting));
    case Phase::NoKeys:
        return UploadQueue::tr("No keys for the photo store: %1").arg(waiting_words(waiting));
    case Phase::NoFolder:
        return UploadQueue::tr("No folder of the public service: %1").arg(waiting_words(waiting));
    case Phase::Refused:
        return UploadQueue::tr("The photo store refused: %1").arg(waiting_words(waiting));
    case Phase::StoreAway:
        return UploadQueue::tr("The photo store is away: %1").arg(waiting_words(waiting));
    case Phase::DatabaseAway:
        return UploadQueue::tr("The database is away: %1").arg(waiting_words(waiting));
    }
    const auto done = UploadQueue::tr("%1 of %2 photos").arg(state.done).arg(state.photos);
    if (state.is_quiet) {
        return UploadQueue::tr("%1, the photo store does not answer").arg(done);
    }
    if (state.bytes > 0 && state.sent == state.bytes) {
        return UploadQueue::tr("%1, finishing").arg(done);
    }
    return state.left ? UploadQueue::tr("%1, %2").arg(done, time_left(*state.left)) : done;
}

QString common_problem(const UploadsState &state) {
    switch (state.phase) {
    case Phase::Working:
    case Phase::Idle:
    case Phase::Paused:
        break;
    case Phase::NoKeys:
        return UploadQueue::tr("This computer has no keys for the photo store. An operator enters them under "
                               "Settings, Photo store. Until then the photos stay on this computer.");
    case Phase::NoFolder:
        return state.under_way() == 0
                   ? QString()
                   : UploadQueue::tr(
                         "The public service shows photos from a folder of its own, which this "
                         "computer is not known to reach. The photos stay on this computer. If it "
                         "can reach that folder, enter it as the media folder of this platform’s "
                         "profile; else an operator chooses a bucket under Settings, Photo store.");
    case Phase::Refused:
        return UploadQueue::tr("%1 The photos stay on this computer. An operator corrects it under Settings, "
                               "Photo store.")
            .arg(state.problem);
    case Phase::StoreAway:
        return UploadQueue::tr("%1 The photos stay on this computer and go on by themselves.")
            .arg(state.problem);
    case Phase::DatabaseAway:
        return UploadQueue::tr("The database is not responding. The photos stay on this computer and go on "
                               "by themselves.");
    }
    return state.step_problem.isEmpty()
               ? QString()
               : UploadQueue::tr("A photo that was taken down or paused is still at the store: %1 It is "
                                 "tried again by itself.")
                     .arg(state.step_problem);
}

QString uploads_problem(const UploadsState &state) {
    const bool is_of_all =
        state.phase != Phase::Working && state.phase != Phase::Idle && state.phase != Phase::Paused;
    if (!is_of_all) {
        for (const auto &upload : state.uploads) {
            if (!upload.problem.isEmpty()) {
                return UploadQueue::tr("%1 (%2): %3").arg(upload.name, upload.companion, upload.problem);
            }
        }
    }
    return common_problem(state);
}

QString upload_line(const Upload &upload) {
    switch (upload.state) {
    case Upload::State::Waiting:
        return UploadQueue::tr("Waiting, %1").arg(size_words(upload.bytes));
    case Upload::State::Sending:
        return upload.sent >= upload.bytes
                   ? UploadQueue::tr("Finishing")
                   : UploadQueue::tr("%1 of %2").arg(size_words(upload.sent), size_words(upload.bytes));
    case Upload::State::Canceled:
        return UploadQueue::tr("Canceled. It is sent when you choose “Try again”, or at the next start.");
    case Upload::State::Failed:
    case Upload::State::Missing:
        break;
    }
    return upload.problem;
}

} // namespace studio::ui
