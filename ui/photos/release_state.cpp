// SPDX-License-Identifier: Apache-2.0
#include "ui/photos/release_state.h"

#include "ui/widgets/phrases.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <QDate>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int title_length = 60; // characters

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::releases", text);
}

} // namespace

std::string today_utc() {
    return QDateTime::currentDateTimeUtc().date().toString(Qt::ISODate).toStdString();
}

ReleaseState release_state(const db::PictureState &answer, const std::vector<db::PhotoRelease> &releases,
                           std::optional<int> people, const std::string &today) {
    ReleaseState state;
    state.needed = std::max(1, people.value_or(1));
    state.counting = answer.releases;
    state.released = answer.agreed;
    const auto soon = QDate::fromString(QString::fromStdString(today), Qt::ISODate)
                          .addDays(release_reminder_days)
                          .toString(Qt::ISODate)
                          .toStdString();
    for (const auto &release : releases) {
        const auto &last = release.valid_until;
        if (!last.empty() && last < today) {
            if (last > state.ended_on) {
                state.ended_on = last;
                state.ended_person = release.person;
            }
        } else if (release.adult && (release.valid_from.empty() || release.valid_from <= today) &&
                   !last.empty() && last <= soon && (state.next_end.empty() || last < state.next_end)) {
            state.next_end = last;
        }
    }
    return state;
}

db::PictureState state_of(const db::PictureStates &states, const std::string &picture) {
    const auto known = states.find(picture);
    return known == states.end() ? db::PictureState() : known->second;
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

QString withdrawal_question(const QString &photo, const QString &person) {
    const auto what =
        person.isEmpty()
            ? tr("Withdraw the release of “%1”?").arg(shortened(photo, title_length))
            : tr("Withdraw the release of %1 for “%2”?").arg(person, shortened(photo, title_length));
    return what + QLatin1Char(' ') +
           tr("The photo leaves every page at once, and all its files are deleted for good. To show it again "
              "later, the photo must be added again and a release recorded.");
}

QString withdrawal_answer() {
    return tr("Withdraw release");
}

} // namespace studio::ui
