// SPDX-License-Identifier: Apache-2.0
#include "ui/people/audit_label.h"

#include "db/stores/audit_store.h"
#include "ui/widgets/phrases.h"

#include <QCoreApplication>
#include <QMap>
#include <QStringList>

namespace studio::ui {

namespace {

constexpr int longest_value = 40;

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::audit_label", text);
}

QString thing(const std::string &table) {
    static const QMap<std::string, const char *> names{{"tenants", "the companion"},
                                                       {"revisions", "a revision"},
                                                       {"accounts", "an account"},
                                                       {"identity_verifications", "an identity verification"},
                                                       {"photo_releases", "a photo release"},
                                                       {"photos", "a photo"},
                                                       {"share_links", "a share link"},
                                                       {"bookings", "a booking"},
                                                       {"ab_tests", "an experiment"},
                                                       {"platform_settings", "a platform setting"},
                                                       {"social_media_metrics", "social media figures"}};
    const auto *name = names.value(table, nullptr);
    return name != nullptr ? tr(name) : QString::fromStdString(table);
}

QString value_label(const models::Json &value) {
    if (value.is_null()) {
        return tr("nothing");
    }
    if (value.is_string() && value.get_ref<const std::string &>().starts_with("/media/")) {
        return QString::fromStdString(value.get<std::string>()).section(QLatin1Char('/'), -1);
    }
    auto text = QString::fromStdString(value.is_string() ? value.get<std::string>() : value.dump());
    return shortened(text, longest_value);
}

// Whether the label names the column. For a row that was added or removed only the columns listed here are
// named; for a changed row all columns that mean something to a person.
bool tells(const db::AuditEntry &entry, const std::string &column) {
    if (entry.action == "update") {
        return !column.ends_with("_at") && !column.ends_with("_id");
    }
    static const QMap<std::string, QStringList> columns{{"tenants", {"name"}},
                                                        {"revisions", {"number", "note"}},
                                                        {"accounts", {"display_name", "role"}},
                                                        {"identity_verifications", {"document_kind"}},
                                                        {"photo_releases", {"photo_url"}},
                                                        {"photos", {"picture"}}};
    return columns.value(entry.table).contains(QString::fromStdString(column));
}

// The new value as text; "" where it means nothing to a person.
QString new_value(const db::AuditEntry &entry, const char *column) {
    const auto found = entry.changes.find(column);
    const bool pair = found != entry.changes.end() && found->is_array() && found->size() == 2;
    return pair && !(*found)[1].is_null() ? value_label((*found)[1]) : QString();
}

QStringList changes_label(const db::AuditEntry &entry) {
    QStringList words;
    if (!entry.changes.is_object()) {
        return words;
    }
    for (const auto &[column, pair] : entry.changes.items()) {
        if (!tells(entry, column) || !pair.is_array() || pair.size() != 2) {
            continue;
        }
        const auto name = QString::fromStdString(column).replace(QLatin1Char('_'), QLatin1Char(' '));
        if (entry.action == "update") {
            words << tr("%1 %2 → %3").arg(name, value_label(pair[0]), value_label(pair[1]));
        } else {
            const auto value = value_label(entry.action == "delete" ? pair[0] : pair[1]);
            if (!value.isEmpty()) {
                words << tr("%1 %2").arg(name, value);
            }
        }
    }
    return words;
}

// Whether the change of an experiment declared or reverted a winner, as a label; "" for neither.
QString winner_label(const db::AuditEntry &entry) {
    if (!new_value(entry, "reverted_at").isEmpty()) {
        return tr("Reverted the winner of a test");
    }
    const auto winner = new_value(entry, "winner_variant_id");
    if (winner.isEmpty()) {
        return {};
    }
    const bool by_itself = entry.changes.contains("decision") && entry.changes["decision"][1].is_object() &&
                           entry.changes["decision"][1].value("by", "") != "person";
    return by_itself ? tr("Declared the winner of a test automatically: %1").arg(winner)
                     : tr("Declared the winner of a test: %1").arg(winner);
}

} // namespace

QString audit_label(const db::AuditEntry &entry) {
    if (entry.action == "insert" && entry.table == "revisions") {
        const auto note = new_value(entry, "note");
        const auto saved = tr("Saved revision %1").arg(new_value(entry, "number"));
        return note.isEmpty() ? saved : saved + QStringLiteral(": ") + note;
    }
    if (entry.action == "insert" && entry.table == "accounts") {
        return tr("Added the account of %1 (%2)")
            .arg(new_value(entry, "display_name"), new_value(entry, "role"));
    }
    if (entry.action == "update" && entry.table == "ab_tests") {
        if (const auto words = winner_label(entry); !words.isEmpty()) {
            return words;
        }
    }
    const auto sentence = entry.action == "insert"   ? tr("Added %1")
                          : entry.action == "delete" ? tr("Removed %1")
                                                     : tr("Changed %1");
    const auto words = changes_label(entry);
    const auto head = sentence.arg(thing(entry.table));
    return words.isEmpty() ? head : head + QStringLiteral(": ") + words.join(QStringLiteral(", "));
}

} // namespace studio::ui
