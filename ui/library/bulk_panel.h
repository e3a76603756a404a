// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/library/library_changes.h"

#include <QScrollArea>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace studio::ui {

class FocalView;
class ReleaseFields;
class ThumbnailSource;

// What is changed of several photos at once. Fields that are left empty change nothing.
class BulkPanel final : public QScrollArea {
    Q_OBJECT

public:
    BulkPanel(ThumbnailSource &thumbnails, bool may_edit, bool may_record_releases,
              QWidget *parent = nullptr);

    // `first` is shown for choosing the focal point; `paused` of the photos are paused.
    void show_selection(int photos, int paused, const models::Photo &first);
    void set_busy(bool busy);
    void clear();

signals:
    void apply_wanted(const studio::ui::BulkChange &change);
    void pause_wanted();
    void resume_wanted();
    void takedown_wanted();

private:
    void apply();

    const bool m_may_edit;
    QLabel *m_count;
    QLineEdit *m_alt, *m_caption;
    QSpinBox *m_people;
    QCheckBox *m_use_point;
    FocalView *m_view;
    ReleaseFields *m_release;
    QPushButton *m_apply, *m_pause, *m_resume, *m_take_down;
};

} // namespace studio::ui
