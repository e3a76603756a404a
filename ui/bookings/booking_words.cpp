// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/booking_words.h"

#include "models/values/money.h"
#include "models/values/zoned_time.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTimeZone>

#include <array>

namespace studio::ui {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::booking_words", text);
}

struct Phrase {
    const char *code;
    const char *words;
};

template <std::size_t Count> QString phrase(const Phrase (&phrases)[Count], const std::string &code) {
    for (const auto &[known, words] : phrases) {
        if (code == known) {
            return tr(words);
        }
    }
    return QString::fromStdString(code);
}

constexpr Phrase reasons[] = {
    {"not_available", QT_TRANSLATE_NOOP("studio::ui::booking_words", "Not available at that time")},
    {"outside_area", QT_TRANSLATE_NOOP("studio::ui::booking_words", "Outside the area")},
    {"not_offered", QT_TRANSLATE_NOOP("studio::ui::booking_words", "Asks for something not offered")},
    {"too_short_notice", QT_TRANSLATE_NOOP("studio::ui::booking_words", "Too short notice")},
    {"no_answer", QT_TRANSLATE_NOOP("studio::ui::booking_words", "No answer from the client")},
    {"screening", QT_TRANSLATE_NOOP("studio::ui::booking_words", "Screening not passed")},
    {"conduct", QT_TRANSLATE_NOOP("studio::ui::booking_words", "Conduct")},
    {"no_deposit", QT_TRANSLATE_NOOP("studio::ui::booking_words", "Deposit not received")},
    {"client_wish", QT_TRANSLATE_NOOP("studio::ui::booking_words", "The client asked for it")},
    {"companion_wish", QT_TRANSLATE_NOOP("studio::ui::booking_words", "The companion asked for it")},
    {"other", QT_TRANSLATE_NOOP("studio::ui::booking_words", "Other")}};

constexpr Phrase sources[] = {{"site", QT_TRANSLATE_NOOP("studio::ui::booking_words", "From the site")},
                              {"phone", QT_TRANSLATE_NOOP("studio::ui::booking_words", "By phone")},
                              {"message", QT_TRANSLATE_NOOP("studio::ui::booking_words", "By message")},
                              {"in_person", QT_TRANSLATE_NOOP("studio::ui::booking_words", "In person")}};

constexpr Phrase places[] = {{"incall", QT_TRANSLATE_NOOP("studio::ui::booking_words", "Incall")},
                             {"outcall", QT_TRANSLATE_NOOP("studio::ui::booking_words", "Outcall")},
                             {"travel", QT_TRANSLATE_NOOP("studio::ui::booking_words", "Travel")}};

constexpr Phrase block_kinds[] = {
    {"email", QT_TRANSLATE_NOOP("studio::ui::booking_words", "Email address")},
    {"phone", QT_TRANSLATE_NOOP("studio::ui::booking_words", "Phone number")},
    {"address", QT_TRANSLATE_NOOP("studio::ui::booking_words", "Internet address")}};

constexpr Phrase deposits[] = {{"asked", QT_TRANSLATE_NOOP("studio::ui::booking_words", "Asked for")},
                               {"received", QT_TRANSLATE_NOOP("studio::ui::booking_words", "Received")},
                               {"overdue", QT_TRANSLATE_NOOP("studio::ui::booking_words", "Overdue")},
                               {"returned", QT_TRANSLATE_NOOP("studio::ui::booking_words", "Returned")},
                               {"kept", QT_TRANSLATE_NOOP("studio::ui::booking_words", "Kept")}};

// %1 is who did it.
constexpr Phrase acts[] = {
    {"request", QT_TRANSLATE_NOOP("studio::ui::booking_words", "%1 sent this request")},
    {"enter", QT_TRANSLATE_NOOP("studio::ui::booking_words", "%1 entered this booking")},
    {"accept", QT_TRANSLATE_NOOP("studio::ui::booking_words", "%1 accepted it")},
    {"decline", QT_TRANSLATE_NOOP("studio::ui::booking_words", "%1 declined it")},
    {"propose", QT_TRANSLATE_NOOP("studio::ui::booking_words", "%1 proposed another time")},
    {"ask", QT_TRANSLATE_NOOP("studio::ui::booking_words", "%1 asked the client for details")},
    {"answer", QT_TRANSLATE_NOOP("studio::ui::booking_words", "%1 answered the question")},
    {"agree", QT_TRANSLATE_NOOP("studio::ui::booking_words", "%1 agreed to the proposed time")},
    {"refuse", QT_TRANSLATE_NOOP("studio::ui::booking_words", "%1 refused the proposed time")},
    {"ask_move", QT_TRANSLATE_NOOP("studio::ui::booking_words", "%1 asked for another time")},
    {"expire", QT_TRANSLATE_NOOP("studio::ui::booking_words", "Expired: nobody answered in time")},
    {"cancel", QT_TRANSLATE_NOOP("studio::ui::booking_words", "%1 cancelled it")},
    {"confirm", QT_TRANSLATE_NOOP("studio::ui::booking_words", "%1 recorded the deposit and confirmed it")},
    {"release", QT_TRANSLATE_NOOP("studio::ui::booking_words", "Released: the deposit did not arrive")},
    {"move", QT_TRANSLATE_NOOP("studio::ui::booking_words", "%1 moved it")},
    {"keep", QT_TRANSLATE_NOOP("studio::ui::booking_words", "%1 kept the agreed time")},
    {"complete", QT_TRANSLATE_NOOP("studio::ui::booking_words", "%1 marked it completed")},
    {"no_show", QT_TRANSLATE_NOOP("studio::ui::booking_words", "%1 marked it a no-show")},
    {"spam", QT_TRANSLATE_NOOP("studio::ui::booking_words", "%1 marked it spam")},
    {"reopen", QT_TRANSLATE_NOOP("studio::ui::booking_words", "%1 reopened it")},
    {"undo", QT_TRANSLATE_NOOP("studio::ui::booking_words", "%1 undid the last decision")},
    {"deposit_asked", QT_TRANSLATE_NOOP("studio::ui::booking_words", "%1 asked for a deposit")},
    {"deposit_received", QT_TRANSLATE_NOOP("studio::ui::booking_words", "%1 recorded the deposit")},
    {"deposit_overdue", QT_TRANSLATE_NOOP("studio::ui::booking_words", "The deposit became overdue")},
    {"deposit_returned", QT_TRANSLATE_NOOP("studio::ui::booking_words", "%1 returned the deposit")},
    {"deposit_kept", QT_TRANSLATE_NOOP("studio::ui::booking_words", "%1 kept the deposit")}};

constexpr std::array<const char *, models::booking_status_count> status_words{
    QT_TRANSLATE_NOOP("studio::ui::booking_words", "Pending"),
    QT_TRANSLATE_NOOP("studio::ui::booking_words", "Waiting for client"),
    QT_TRANSLATE_NOOP("studio::ui::booking_words", "Time proposed"),
    QT_TRANSLATE_NOOP("studio::ui::booking_words", "Accepted"),
    QT_TRANSLATE_NOOP("studio::ui::booking_words", "Confirmed"),
    QT_TRANSLATE_NOOP("studio::ui::booking_words", "Declined"),
    QT_TRANSLATE_NOOP("studio::ui::booking_words", "Expired"),
    QT_TRANSLATE_NOOP("studio::ui::booking_words", "Cancelled"),
    QT_TRANSLATE_NOOP("studio::ui::booking_words", "Released"),
    QT_TRANSLATE_NOOP("studio::ui::booking_words", "Completed"),
    QT_TRANSLATE_NOOP("studio::ui::booking_words", "No-show"),
    QT_TRANSLATE_NOOP("studio::ui::booking_words", "Spam")};

QString capitalised(QString text) {
    if (!text.isEmpty()) {
        text[0] = text[0].toUpper();
    }
    return text;
}

QString act_of(const std::string &action, const QString &who) {
    const auto words = phrase(acts, action);
    return capitalised(words.contains(QLatin1String("%1")) ? words.arg(who) : words);
}

std::optional<models::Time> time_in(const models::Json &details, const char *key) {
    const auto found = details.is_object() ? details.find(key) : details.end();
    if (!details.is_object() || found == details.end() || !found->is_string()) {
        return std::nullopt;
    }
    return models::parse_rfc3339(found->get<std::string>());
}

} // namespace

QString status_word(models::BookingStatus status) {
    return tr(status_words[static_cast<std::size_t>(status)]);
}

Tone status_tone(models::BookingStatus status) {
    using Status = models::BookingStatus;
    switch (status) {
    case Status::Pending:
        return Tone::Accent;
    case Status::Waiting:
    case Status::Proposed:
        return Tone::Caution;
    case Status::Accepted:
    case Status::Confirmed:
        return Tone::Positive;
    case Status::NoShow:
    case Status::Spam:
        return Tone::Negative;
    case Status::Declined:
    case Status::Expired:
    case Status::Cancelled:
    case Status::Released:
    case Status::Completed:
        break;
    }
    return Tone::Neutral;
}

QTimeZone clock_of(const QString &zone) {
    const QTimeZone known(zone.toUtf8());
    return known.isValid() ? known : QTimeZone::utc();
}

QDateTime in_zone(models::Time time, const QString &zone) {
    const auto milliseconds =
        std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
    return QDateTime::fromMSecsSinceEpoch(milliseconds, clock_of(zone));
}

models::Time to_time(const QDateTime &time) {
    return models::Time(std::chrono::milliseconds(time.toMSecsSinceEpoch()));
}

QString short_moment(const QDateTime &time, const QDateTime &now) {
    const bool this_year = time.date().year() == now.date().year();
    return QLocale().toString(time, this_year ? QStringLiteral("ddd d MMM, HH:mm")
                                              : QStringLiteral("ddd d MMM yyyy, HH:mm"));
}

QString zone_label(const QString &zone) {
    return zone == QLatin1String("UTC") || !QTimeZone(zone.toUtf8()).isValid()
               ? tr("UTC")
               : tr("%1 time").arg(QString::fromStdString(models::place_of_zone(zone.toStdString())));
}

QString long_span(models::Time start, std::optional<models::Time> end, const QString &zone) {
    const auto from = in_zone(start, zone);
    auto text = QLocale().toString(from, QStringLiteral("dddd, d MMMM yyyy, HH:mm"));
    if (end) {
        const auto to = in_zone(*end, zone);
        text =
            tr("%1 to %2")
                .arg(text, QLocale().toString(to, to.date() == from.date() ? QStringLiteral("HH:mm")
                                                                           : QStringLiteral("d MMMM HH:mm")));
    }
    return tr("%1 (%2)").arg(text, zone_label(zone));
}

QString short_duration(qint64 seconds) {
    const auto minutes = std::max<qint64>(0, seconds / 60);
    if (minutes < 60) {
        return tr("%1 min").arg(minutes);
    }
    if (minutes < 48 * 60) {
        return tr("%1 h").arg(minutes / 60);
    }
    return tr("%1 days").arg(minutes / (24 * 60));
}

QString minutes_text(int minutes) {
    if (minutes < 60) {
        return tr("%1 min").arg(minutes);
    }
    return minutes % 60 == 0 ? tr("%1 h").arg(minutes / 60)
                             : tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

QString source_word(const std::string &source) {
    return phrase(sources, source);
}

QString place_word(const std::string &place_kind) {
    return phrase(places, place_kind);
}

QString block_kind_word(const std::string &kind) {
    return phrase(block_kinds, kind);
}

QString deposit_word(const std::string &state) {
    return phrase(deposits, state);
}

QString reason_word(const std::string &reason_code) {
    return phrase(reasons, reason_code);
}

std::vector<std::string> reason_codes() {
    std::vector<std::string> codes;
    for (const auto &reason : reasons) {
        codes.emplace_back(reason.code);
    }
    return codes;
}

QString actor_word(const std::string &actor_kind, const std::string &actor) {
    if (actor_kind == "person") {
        return actor.empty() ? tr("a former account") : QString::fromStdString(actor);
    }
    if (actor_kind == "client") {
        return tr("the client");
    }
    return actor_kind == "companion" ? tr("the companion by email") : tr("the service");
}

QString history_sentence(const db::BookingChange &change, const QString &zone, const std::string &currency) {
    auto text = act_of(change.action, actor_word(change.actor_kind, change.actor));
    if (const auto start = time_in(change.details, "start")) {
        text = tr("%1 for %2").arg(text, short_moment(in_zone(*start, zone), QDateTime::currentDateTime()));
    }
    if (change.details.is_object()) {
        if (const auto reason = change.details.value("reason", std::string()); !reason.empty()) {
            text = tr("%1: %2").arg(text, reason_word(reason));
        }
        if (const auto minor = change.details.value("deposit_minor", std::int64_t(0)); minor > 0) {
            text = tr("%1, deposit %2")
                       .arg(text, QString::fromStdString(models::format_money({minor}, currency)));
        }
        if (change.details.value("over_block", false)) {
            text = tr("%1, over blocked time").arg(text);
        }
    }
    return text + QLatin1Char('.');
}

QString last_change_sentence(const std::string &action, const std::string &by) {
    const bool kind = by == "client" || by == "companion" || by == "service";
    return act_of(action, actor_word(kind ? by : "person", kind ? std::string() : by));
}

} // namespace studio::ui
