// SPDX-License-Identifier: Apache-2.0
#include "ui/photos/release_state.h"

#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <QDate>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <set>

namespace studio::ui {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::releases", text);
}

std::string day_of(const db::PhotoRelease &release) {
    return to_date_time(release.recorded_at).toUTC().date().toString(Qt::ISODate).toStdString();
}

} // namespace

std::string today_utc() {
    return QDateTime::currentDateTimeUtc().date().toString(Qt::ISODate).toStdString();
}

// A release of somebody who is no adult blocks the photo, and once one has ended a later recording must say
// that the photo may be shown all the same.
ReleaseState release_state(const std::vector<db::PhotoRelease> &releases, std::optional<int> people,
                           const std::string &today) {
    ReleaseState state;
    state.needed = std::max(1, people.value_or(1));
    const auto soon = QDate::fromString(QString::fromStdString(today), Qt::ISODate)
                          .addDays(release_reminder_days)
                          .toString(Qt::ISODate)
                          .toStdString();
    std::set<std::string> persons;
    std::string recorded;
    bool minor = false;
    for (const auto &release : releases) {
        const auto &last = release.valid_until;
        minor = minor || !release.adult;
        if (!last.empty() && last < today) {
            if (last > state.ended_on) {
                state.ended_on = last;
                state.ended_person = release.person;
            }
        } else if (release.adult && (release.valid_from.empty() || release.valid_from <= today)) {
            persons.insert(release.person);
            recorded = std::max(recorded, day_of(release));
            if (!last.empty() && last <= soon && (state.next_end.empty() || last < state.next_end)) {
                state.next_end = last;
            }
        }
    }
    state.counting = static_cast<int>(persons.size());
    state.released =
        !minor && state.counting >= state.needed && (state.ended_on.empty() || recorded > state.ended_on);
    return state;
}

QString state_words(const ReleaseState &state) {
    if (!state.released && !state.ended_on.empty()) {
        return state.ended_person.empty()
                   ? tr("The release ended on %1").arg(day_words(state.ended_on))
                   : tr("The release of %1 ended on %2")
                         .arg(QString::fromStdString(state.ended_person), day_words(state.ended_on));
    }
    const auto count = tr("%1 of %2 people’s releases").arg(state.counting).arg(state.needed);
    if (!state.released) {
        return state.needed > 1 ? count : tr("No release");
    }
    const auto words = state.needed > 1 ? count : tr("Released");
    return state.next_end.empty() ? words : tr("%1, one ends on %2").arg(words, day_words(state.next_end));
}

QString day_words(const std::string &day) {
    const auto date = QDate::fromString(QString::fromStdString(day), Qt::ISODate);
    return date.isValid() ? QLocale().toString(date, QStringLiteral("d MMMM yyyy"))
                          : QString::fromStdString(day);
}

QString release_words(const db::PhotoRelease &release) {
    auto text = release.person.empty() ? tr("The whole photo") : QString::fromStdString(release.person);
    if (!release.valid_from.empty()) {
        text += tr(", from %1").arg(day_words(release.valid_from));
    }
    if (!release.valid_until.empty()) {
        text += tr(", until %1").arg(day_words(release.valid_until));
    }
    if (!release.scope.empty()) {
        text += tr("; %1").arg(QString::fromStdString(release.scope));
    }
    return release.adult ? text : tr("%1 (no adult was confirmed: does not count)").arg(text);
}

} // namespace studio::ui
