// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/fields/field_registry.h"

#include "ui/editor/draft/pointer.h"
#include "ui/editor/fields/field.h"

#include <QSet>

#include <algorithm>
#include <utility>

namespace studio::ui {

FieldRegistry::FieldRegistry(DraftDocument &document, QObject *parent)
    : QObject(parent), m_document(document) {
    connect(&document, &DraftDocument::changed, this, &FieldRegistry::refresh);
    connect(&document, &DraftDocument::issues_changed, this, qOverload<>(&FieldRegistry::hand_out_issues));
}

void FieldRegistry::add(Field *field) {
    m_fields.append(field);
    QMetaObject::invokeMethod(
        field, [this, field] { hand_out_issues(field); }, Qt::QueuedConnection);
}

void FieldRegistry::remove(Field *field) {
    m_fields.removeOne(field);
}

void FieldRegistry::add_revealer(QObject *owner, const QString &pointer,
                                 std::function<void(const QString &)> reveal) {
    if (!m_revealers.contains(owner)) {
        connect(owner, &QObject::destroyed, this, [this](QObject *gone) { m_revealers.remove(gone); });
    }
    m_revealers[owner].append({pointer, std::move(reveal)});
}

Field *FieldRegistry::find(const QString &pointer) const {
    Field *best = nullptr;
    for (auto *field : m_fields) {
        if (is_within(pointer, field->pointer()) &&
            (!best || field->pointer().size() > best->pointer().size())) {
            best = field;
        }
    }
    if (best) {
        return best;
    }
    const auto below = std::find_if(m_fields.begin(), m_fields.end(), [&pointer](const Field *field) {
        return is_within(field->pointer(), pointer);
    });
    return below == m_fields.end() ? nullptr : *below;
}

// Calls revealers from the outermost to the innermost: opening a section creates its lists, and opening a
// list's row creates its fields. A section and its list may have the same pointer.
void FieldRegistry::reveal(const QString &pointer) {
    QSet<std::pair<QObject *, QString>> done;
    while (true) {
        QObject *owner = nullptr;
        Revealer next;
        for (auto entry = m_revealers.cbegin(); entry != m_revealers.cend(); ++entry) {
            for (const auto &revealer : entry.value()) {
                const bool due =
                    are_related(pointer, revealer.pointer) && !done.contains({entry.key(), revealer.pointer});
                if (due && (owner == nullptr || revealer.pointer.size() < next.pointer.size())) {
                    owner = entry.key();
                    next = revealer;
                }
            }
        }
        if (owner == nullptr) {
            return;
        }
        done.insert({owner, next.pointer});
        next.reveal(pointer);
    }
}

void FieldRegistry::settle() {
    for (auto *field : std::as_const(m_fields)) {
        field->settle();
    }
}

bool FieldRegistry::focus(const QString &pointer) {
    reveal(pointer);
    auto *field = find(pointer);
    if (!field) {
        return false;
    }
    emit shown(field);
    field->take_focus();
    return true;
}

void FieldRegistry::refresh(const QString &pointer) {
    const auto fields = m_fields;
    for (auto *field : fields) {
        if (m_fields.contains(field) && (pointer.isEmpty() || are_related(field->pointer(), pointer))) {
            field->refresh();
        }
    }
}

void FieldRegistry::hand_out_issues() {
    for (auto *field : std::as_const(m_fields)) {
        hand_out_issues(field);
    }
}

void FieldRegistry::hand_out_issues(Field *field) {
    models::ValidationIssues mine;
    for (const auto &issue : m_document.issues()) {
        if (is_within(QString::fromStdString(issue.pointer), field->pointer()) &&
            find(QString::fromStdString(issue.pointer)) == field) {
            mine.push_back(issue);
        }
    }
    field->show_issues(mine);
}

} // namespace studio::ui
