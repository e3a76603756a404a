// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/compliance_store.h"

#include <QWidget>

#include <optional>

class QCheckBox;
class QLabel;
class QLineEdit;

namespace studio::ui {

// The fields of one person's release. Photo and companion are left to the caller.
class ReleaseFields final : public QWidget {
    Q_OBJECT

public:
    // Names of the fields begin with `name`: "NAME.person", "NAME.until".
    explicit ReleaseFields(const QString &name, QWidget *parent = nullptr);

    bool is_empty() const;
    // nullopt where something is missing or wrong, which is then said below the fields.
    std::optional<db::PhotoRelease> release();
    void clear();

private:
    void forget_problem();
    bool check_day(QLineEdit *field);

    QLineEdit *m_person, *m_scope, *m_from, *m_until;
    QCheckBox *m_adult;
    QLabel *m_problem;
};

} // namespace studio::ui
