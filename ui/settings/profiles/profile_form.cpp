// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/profiles/profile_form.h"

#include "ui/widgets/style_sheet.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace studio::ui {

ProfileForm::ProfileForm(ProfileStore &store, QWidget *parent)
    : QFrame(parent), m_store(store), m_error(new QLabel(this)),
      m_save(new QPushButton(tr("Save profile"), this)) {
    setObjectName(QStringLiteral("profile_form"));
    set_card(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(4);
    m_name = add_field(QStringLiteral("name"), tr("Name"), tr("Production"));
    m_database = add_field(QStringLiteral("database"), tr("Database"),
                           QStringLiteral("postgresql://db.example/studio"));
    m_public = add_field(QStringLiteral("public"), tr("Public address"),
                         QStringLiteral("https://companions.example"));
    m_media =
        add_field(QStringLiteral("media"), tr("Media folder (optional)"), tr("The folder shown at /media"));
    auto *note =
        new QLabel(tr("The connection is encrypted and the server's certificate is checked (verify-full), "
                      "unless the address says otherwise."),
                   this);
    set_text_role(note, TextRole::Small);
    note->setWordWrap(true);
    layout->addWidget(note);
    set_text_role(m_error, TextRole::Negative);
    m_error->setWordWrap(true);
    m_error->hide();
    layout->addWidget(m_error);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("profile_form.cancel"));
    m_save->setObjectName(QStringLiteral("profile_form.save"));
    set_button_role(m_save, ButtonRole::Primary);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(0, 8, 0, 0);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_save);
    layout->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &ProfileForm::cancelled);
    connect(m_save, &QPushButton::clicked, this, &ProfileForm::save);
}

ProfileForm::Field ProfileForm::add_field(const QString &name, const QString &label,
                                          const QString &placeholder) {
    auto *caption = new QLabel(label, this);
    Field field{new QLineEdit(this), new QLabel(this)};
    field.edit->setObjectName(QStringLiteral("profile_form.") + name);
    field.edit->setAccessibleName(label);
    field.edit->setPlaceholderText(placeholder);
    caption->setBuddy(field.edit);
    set_text_role(field.problem, TextRole::Negative);
    field.problem->setWordWrap(true);
    field.problem->hide();
    layout()->addWidget(caption);
    layout()->addWidget(field.edit);
    layout()->addWidget(field.problem);
    static_cast<QVBoxLayout *>(layout())->addSpacing(6);
    return field;
}

void ProfileForm::edit(const Profile &profile) {
    m_before = profile;
    m_name.edit->setText(profile.name);
    m_database.edit->setText(profile.database_url);
    m_public.edit->setText(profile.public_url);
    m_media.edit->setText(profile.media_folder);
    for (const auto &field : {m_name, m_database, m_public, m_media}) {
        field.problem->hide();
        set_invalid(field.edit, false);
    }
    m_error->hide();
    m_name.edit->setFocus();
}

bool ProfileForm::validate() {
    const auto show = [](const Field &field, const QString &problem) {
        field.problem->setText(problem);
        field.problem->setVisible(!problem.isEmpty());
        set_invalid(field.edit, !problem.isEmpty());
        return problem.isEmpty();
    };
    const bool name = show(m_name, profile_name_problem(m_name.edit->text()));
    const bool database = show(m_database, database_url_problem(m_database.edit->text()));
    const bool address = show(m_public, public_url_problem(m_public.edit->text()));
    return name && database && address;
}

void ProfileForm::save() {
    if (!validate()) {
        return;
    }
    const Profile profile{.name = m_name.edit->text().trimmed(),
                          .database_url = m_database.edit->text().trimmed(),
                          .public_url = m_public.edit->text().trimmed(),
                          .media_folder = m_media.edit->text().trimmed(),
                          .last_login = m_before.last_login};
    if (!m_store.put(profile, m_before.name)) {
        m_error->setText(m_store.problem());
        m_error->show();
        return;
    }
    emit saved(profile.name);
}

} // namespace studio::ui
