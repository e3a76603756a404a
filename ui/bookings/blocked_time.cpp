// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/blocked_time.h"

#include "ui/bookings/booking_words.h"

#include <QCoreApplication>

#include <chrono>

namespace studio::ui {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::blocked_time", text);
}

BlockInTheWay in_the_way(const db::TimeBlock &block) {
    return {block.start, block.end, block.note, block.calendar};
}

// As the answer to a decision gives them.
models::Time seconds(models::Time time) {
    return std::chrono::floor<std::chrono::seconds>(time);
}

} // namespace

std::optional<BlockInTheWay> block_in_the_way(db::Session &session, const models::TenantId &tenant,
                                              models::Time start, models::Time end) {
    const auto blocks = db::AvailabilityStore(session).blocks(tenant, start, end, 1);
    if (blocks.empty()) {
        return std::nullopt;
    }
    return in_the_way(blocks.front());
}

std::optional<BlockInTheWay> block_of(db::Session &session, const models::TenantId &tenant,
                                      const db::DecisionAnswer &answer) {
    if (!answer.block_start || !answer.block_end) {
        return std::nullopt;
    }
    const auto start = *answer.block_start, end = *answer.block_end;
    for (const auto &block : db::AvailabilityStore(session).blocks(tenant, start, end)) {
        if (seconds(block.start) == start && seconds(block.end) == end) {
            return in_the_way(block);
        }
    }
    return BlockInTheWay{start, end};
}

QString block_words(const BlockInTheWay &block, const QString &zone) {
    const auto when = long_span(block.start, block.end, zone);
    if (!block.calendar.empty()) {
        return tr("The imported calendar “%1” is busy then: %2.")
            .arg(QString::fromStdString(block.calendar), when);
    }
    return block.note.empty()
               ? tr("This time is blocked: %1.").arg(when)
               : tr("“%1” blocks this time: %2.").arg(QString::fromStdString(block.note), when);
}

} // namespace studio::ui
