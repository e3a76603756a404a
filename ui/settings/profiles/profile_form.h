// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/settings/profiles/profile_store.h"

#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace studio::ui {

// The form that adds or changes a profile. Says beside each field what is wrong with it.
class ProfileForm final : public QFrame {
    Q_OBJECT

public:
    explicit ProfileForm(ProfileStore &store, QWidget *parent = nullptr);
    void edit(const Profile &profile); // an empty profile for a new one

signals:
    void saved(const QString &name);
    void cancelled();

private:
    struct Field {
        QLineEdit *edit;
        QLabel *problem;
    };
    Field add_field(const QString &name, const QString &label, const QString &placeholder);
    bool validate();
    void save();

    ProfileStore &m_store;
    Profile m_before;
    Field m_name, m_database, m_public, m_media;
    QLabel *m_error;
    QPushButton *m_save;
};

} // namespace studio::ui
