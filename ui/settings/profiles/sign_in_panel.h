// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/settings/profiles/profile_store.h"
#include "ui/settings/profiles/secret_store.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStringList>
#include <QWidget>

class QVBoxLayout;

namespace studio::ui {

class ProfileForm;

// The sign-in panel: an account of this machine's workspace with one click, or a login and password for a
// platform elsewhere.
class SignInPanel final : public QWidget {
    Q_OBJECT

public:
    // `local_logins` are the workspace's, such as "operator" and "claire"; empty where it does not run.
    SignInPanel(const QStringList &local_logins, ProfileStore &profiles, SecretStore &secrets,
                QWidget *parent = nullptr);

    void choose_profile(const QString &name);
    // Shows why signing in failed.
    void show_problem(const QString &text);

signals:
    void local_chosen(const QString &login);
    void remote_chosen(const QString &profile, const QString &login, const QString &password, bool keep);

private:
    void add_local(QVBoxLayout *layout, const QStringList &logins);
    void add_remote(QVBoxLayout *layout);
    void list_profiles();
    void profile_selected();
    void submit();

    ProfileStore &m_profiles;
    SecretStore &m_secrets;
    QComboBox *m_profile;
    QLineEdit *m_login;
    QLineEdit *m_password;
    bool m_password_was_kept = false; // the password came from the keychain and has not been edited
    QCheckBox *m_keep;
    QLabel *m_problem;
    QPushButton *m_submit;
    QWidget *m_remote;
    ProfileForm *m_form;
};

// "Operator", "Booking staff", "Claire": a workspace's login in words.
QString local_login_title(const QString &login);

} // namespace studio::ui
