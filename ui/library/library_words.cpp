// SPDX-License-Identifier: Apache-2.0
#include "ui/library/library_words.h"

#include "ui/widgets/phrases.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <QDate>
#include <QLocale>

namespace studio::ui {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("LibraryWords", text);
}

QString place_words(const models::PhotoUse &use) {
    const auto detail = QString::fromStdString(use.detail);
    switch (use.place) {
    case models::PhotoPlace::Hero:
        return tr("hero photo");
    case models::PhotoPlace::HeroVariant:
        return tr("hero variant %1").arg(detail);
    case models::PhotoPlace::Gallery:
        return tr("gallery photo %1").arg(detail);
    case models::PhotoPlace::Testimonial:
        return tr("testimonial photo %1").arg(detail);
    case models::PhotoPlace::Sharing:
        return tr("share picture");
    case models::PhotoPlace::Test:
        return tr("“%1”").arg(detail);
    }
    return detail;
}

QString action_words(const std::string &action, const QString &file, bool done) {
    if (action == "remove") {
        return done ? tr("%1 removed from the store").arg(file) : tr("%1 is to be removed").arg(file);
    }
    if (action == "hide") {
        return done ? tr("%1 hidden at the store").arg(file) : tr("%1 is to be hidden").arg(file);
    }
    if (action == "show") {
        return done ? tr("%1 shown again").arg(file) : tr("%1 is to be shown again").arg(file);
    }
    return done ? tr("Copies cleared at the CDN") : tr("Copies are to be cleared at the CDN");
}

// "gallery 3" and the like, as the receipt's steps have them.
QString page_words(const QString &key) {
    const auto name = key.section(QLatin1Char(' '), 0, 0), detail = key.section(QLatin1Char(' '), 1);
    if (key == QLatin1String("landing page")) {
        return tr("The platform’s landing page");
    }
    if (name == QLatin1String("hero")) {
        return tr("Live page: %1").arg(place_words({{}, models::PhotoPlace::Hero, {}}));
    }
    const auto place = name == QLatin1String("variant")   ? models::PhotoPlace::HeroVariant
                       : name == QLatin1String("gallery") ? models::PhotoPlace::Gallery
                                                          : models::PhotoPlace::Testimonial;
    return tr("Live page: %1").arg(place_words({{}, place, detail.toStdString()}));
}

QString place_step_words(const db::PhotoStep &step) {
    const auto key = QString::fromStdString(step.key);
    const auto where = step.action == "test" ? tr("Test: “%1”").arg(key)
                       : step.action == "draft"
                           ? tr("Draft link until %1")
                                 .arg(clock_or_day(QDateTime::fromString(key, Qt::ISODate).toLocalTime(),
                                                   QDateTime::currentDateTime()))
                       : step.action == "sharing" ? tr("Share picture")
                                                  : page_words(key);
    return step.reason == "resumed" ? tr("%1 may show it again").arg(where)
                                    : tr("%1 no longer shows it").arg(where);
}

} // namespace

QString use_words(const models::PhotoUse &use) {
    switch (use.in) {
    case models::PhotoUse::In::Draft:
        return tr("Draft: %1").arg(place_words(use));
    case models::PhotoUse::In::Published:
        return tr("Live page: %1").arg(place_words(use));
    case models::PhotoUse::In::Test:
        return tr("Test: %1").arg(place_words(use));
    }
    return {};
}

QStringList use_words(const std::vector<models::PhotoUse> &uses) {
    QStringList lines;
    for (const auto &use : uses) {
        lines << use_words(use);
    }
    return lines;
}

QString title_of(const LibraryEntry &entry) {
    const auto &photo = entry.photo.photo;
    if (!entry.needs_alt()) {
        return QString::fromStdString(photo.alt);
    }
    const auto &other = entry.used_alt.empty() ? photo.caption : entry.used_alt;
    return other.empty() ? tr("No alt text") : QString::fromStdString(other);
}

QStringList state_words(const LibraryEntry &entry) {
    QStringList words;
    if (entry.photo.paused) {
        words << tr("Paused");
    }
    if (!entry.is_released()) {
        words << tr("No release");
    }
    if (!entry.photo.stored()) {
        words << tr("Not at the store yet");
    }
    if (entry.needs_alt()) {
        words << tr("No alt text");
    }
    if (entry.is_released() && !entry.ends.empty()) {
        words << tr("Release ends %1").arg(day_words(entry.ends));
    }
    if (entry.is_too_small()) {
        words << tr("Too small");
    }
    return words;
}

QString state_word(const LibraryEntry &entry) {
    auto words = state_words(entry);
    words.removeAll(title_of(entry)); // stands above already
    return words.size() < 2 ? words.value(0) : tr("%1 +%2").arg(words.first()).arg(words.size() - 1);
}

QString step_words(const db::PhotoStep &step) {
    const auto key = QString::fromStdString(step.key);
    const auto words = step.is_of_place() ? place_step_words(step)
                                          : action_words(step.action, key.section(QLatin1Char('/'), -1),
                                                         step.done_at.has_value());
    if (step.done_at) {
        return tr("%1, %2").arg(words,
                                clock_or_day(to_date_time(*step.done_at), QDateTime::currentDateTime()));
    }
    if (step.problem.empty()) {
        return words;
    }
    return tr("%1. Tried %2: %3")
        .arg(words, counted(step.attempts, tr("once"), tr("%1 times")), QString::fromStdString(step.problem));
}

} // namespace studio::ui
