// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QString>
#include <QVariant>

class QWidget;

namespace studio::ui {

// What stands in the fields of a form, by object name, as it was typed: also what can't be read as a value.
using TypedValues = QHash<QString, QVariant>;

// Of every text field, date, choice and tick below `form` whose object name begins with one of `names`.
TypedValues typed_values(const QWidget &form, const QStringList &names);
// Fields that are no longer there are passed over.
void restore_values(const QWidget &form, const TypedValues &values);

} // namespace studio::ui
