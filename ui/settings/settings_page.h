// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/page.h"
#include "ui/settings/profiles/profile_store.h"
#include "ui/widgets/theme.h"

#include <QVBoxLayout>

#include <utility>
#include <vector>

namespace studio::ui {

class ConfirmBar;
class ProfileForm;

// A folder or address, as the settings page shows it.
struct Place {
    QString title;
    QString value;
};

class SettingsPage final : public Page {
    Q_OBJECT

public:
    // `photo_store`: the section of the photo store, for operators; null without one.
    SettingsPage(Theme &theme, ProfileStore &profiles, const std::vector<Place> &places, QWidget *photo_store,
                 QWidget *parent = nullptr);

    QString id() const override { return QStringLiteral("settings"); }
    QString title() const override { return tr("Settings"); }
    QIcon icon() const override;

private:
    QWidget *build_appearance();
    QWidget *build_places(const std::vector<Place> &places);
    QWidget *build_profiles();
    QWidget *build_shortcuts();
    QWidget *build_about();
    void list_profiles();

    Theme &m_theme;
    ProfileStore &m_profiles;
    QVBoxLayout *m_list;
    ProfileForm *m_form;
    ConfirmBar *m_confirm;
};

} // namespace studio::ui
