// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/typed_values.h"

#include <QMetaProperty>
#include <QWidget>

#include <algorithm>

namespace studio::ui {

namespace {

// The one that a person changes: text, date, checked …
QMetaProperty entered_property(const QWidget &field) {
    return field.metaObject()->userProperty();
}

} // namespace

TypedValues typed_values(const QWidget &form, const QStringList &names) {
    TypedValues values;
    for (const auto *field : form.findChildren<QWidget *>()) {
        const auto name = field->objectName();
        const bool wanted =
            std::ranges::any_of(names, [&name](const QString &start) { return name.startsWith(start); });
        if (const auto property = entered_property(*field); wanted && property.isWritable()) {
            values.insert(name, property.read(field));
        }
    }
    return values;
}

void restore_values(const QWidget &form, const TypedValues &values) {
    for (auto *field : form.findChildren<QWidget *>()) {
        if (const auto found = values.constFind(field->objectName()); found != values.cend()) {
            entered_property(*field).write(field, *found);
        }
    }
}

} // namespace studio::ui
