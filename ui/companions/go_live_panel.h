// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/companions/tenant_details.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHash>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <QWidget>

namespace studio::ui {

class ConfirmBar;
class PeopleEditor;

// Shows whether a companion's site is live and what must be recorded before: her identity and age, and each
// photo's release.
class GoLivePanel final : public QWidget {
    Q_OBJECT

public:
    explicit GoLivePanel(QWidget *parent = nullptr);
    void show_details(const TenantDetails &details);
    void clear_release(); // clears what was typed, after it has been recorded

signals:
    void status_requested(studio::models::TenantStatus status);
    void identity_seen(const QString &document_kind);
    void releases_recorded(const QStringList &photo_urls);
    void release_revoked(const QString &photo_url);
    void originals_wanted(bool keep);
    void people_said(const QString &photo_url, int people, std::optional<int> seen);
    void person_release_given(const QString &photo_url, const studio::db::PhotoRelease &release);
    void person_release_withdrawn(const QString &photo_url, const QString &person);

private:
    QWidget *build_identity();
    void show_status(const TenantDetails &details);
    void show_identity(const TenantDetails &details);
    void show_photos(const TenantDetails &details);
    void show_people(const TenantDetails &details);
    void choose_people_of(const QString &url);
    void ask_to_withdraw(const QString &url, const QString &title);
    void place_below(QWidget *widget, const QString &url);
    QWidget *photo_row(const PhotoItem &photo, int index);

    models::TenantId m_tenant_id;
    QLabel *m_status_text;
    QLabel *m_missing;
    QPushButton *m_live;
    QPushButton *m_offline;
    QPushButton *m_preview;
    ConfirmBar *m_confirm;
    QString m_name;
    QLabel *m_identity_text;
    QWidget *m_identity_form;
    QComboBox *m_document;
    QCheckBox *m_adult;
    QPushButton *m_record;
    QLabel *m_photos_text;
    QPushButton *m_record_all;
    QVBoxLayout *m_photos;
    QHash<QString, QWidget *> m_rows; // photo's url → its row
    PeopleEditor *m_people;
    ConfirmBar *m_withdraw; // its question is about the photo m_withdraw_of
    QString m_withdraw_of;
    QCheckBox *m_originals;
    QString m_people_of; // the url of the photo whose people are shown; "" for none
    TenantDetails m_details;
};

} // namespace studio::ui
