// SPDX-License-Identifier: Apache-2.0
#include "ui/people/audit_words.h"

#include <QCoreApplication>
#include <QMap>
#include <QStringList>

namespace studio::ui {

namespace {

constexpr int longest_value = 40;

QString tr(const char *text) { return QCoreApplication::translate("studio::ui::audit_words", text); }

QString thing(const std::string &table) {
    static const QMap<std::string, const char *> names{
        {"tenants", "the companion"},
        {"revisions", "a revision"},
        {"accounts", "an account"},
        {"identity_verifications", "an identity verification"},
        {"photo_releases", "a photo release"},
        {"share_links", "a share link"},
        {"bookings", "a booking"},
        {"ab_tests", "an experiment"},
        {"platform_settings", "a platform setting"},
        {"social_media_metrics", "social media figures"}};
    const auto *name = names.value(table, nullptr);
    return name != nullptr ? tr(name) : QString::fromStdString(table);
}

QString value_words(const models::Json &value) {
    if (value.is_null()) {
        return tr("nothing");
    }
    auto text = QString::fromStdString(value.is_string() ? value.get<std::string>() : value.dump());
    return text.size() > longest_value ? text.left(longest_value) + QStringLiteral("…") : text;
}

// Columns that say something to a person; keys and times do not.
bool tells(const std::string &column) {
    return column != "id" && column != "tenant_id" && !column.ends_with("_at") && !column.ends_with("_id") &&
           column != "schema_version";
}

QStringList changes_words(const db::AuditEntry &entry) {
    QStringList words;
    if (!entry.changes.is_object()) {
        return words;
    }
    for (const auto &[column, pair] : entry.changes.items()) {
        if (!tells(column) || !pair.is_array() || pair.size() != 2) {
            continue;
        }
        const auto name = QString::fromStdString(column).replace(QLatin1Char('_'), QLatin1Char(' '));
        if (entry.action == "update") {
            words << tr("%1 %2 → %3").arg(name, value_words(pair[0]), value_words(pair[1]));
        } else {
            words << tr("%1 %2").arg(name, value_words(entry.action == "delete" ? pair[0] : pair[1]));
        }
    }
    return words;
}

} // namespace

QString audit_words(const db::AuditEntry &entry) {
    const auto sentence = entry.action == "insert"   ? tr("Added %1")
                          : entry.action == "delete" ? tr("Removed %1")
                                                     : tr("Changed %1");
    const auto words = changes_words(entry);
    const auto head = sentence.arg(thing(entry.table));
    return words.isEmpty() ? head : head + QStringLiteral(": ") + words.join(QStringLiteral(", "));
}

} // namespace studio::ui
