// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/compliance_store.h"
#include "ui/photos/release_state.h"

#include <QWidget>

#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QSpinBox;

namespace studio::ui {

class ReleaseFields;
class ReleaseList;

// Who can be recognised in one photo, and each person's release. What is being typed stays while the same
// photo is shown again.
class PeopleEditor final : public QWidget {
    Q_OBJECT

public:
    // Names of the fields begin with `name`: "NAME.count", "NAME.record".
    explicit PeopleEditor(const QString &name, QWidget *parent = nullptr);

    // `title` names the photo in questions. `releases` are those that were not withdrawn. `in_library` is
    // false of photos that were added before there was a library: how many people they show cannot be
    // recorded.
    void show_photo(const QString &key, const QString &title, const ReleaseState &state,
                    const std::vector<db::PhotoRelease> &releases, std::optional<int> people,
                    bool in_library);
    // After what was typed has been recorded.
    void clear_fields();

signals:
    void people_said(int people, std::optional<int> seen);       // what was stored when it was said
    void release_given(const studio::db::PhotoRelease &release); // its photo is left to the receiver
    void withdrawn(const QString &person);

private:
    QString m_key;
    std::optional<int> m_seen;
    QSpinBox *m_count;
    QLabel *m_state;
    ReleaseList *m_releases;
    ReleaseFields *m_fields;
    QPushButton *m_record;
};

} // namespace studio::ui
