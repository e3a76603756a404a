// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/settings_page.h"

#include "ui/settings/profiles/profile_form.h"
#include "ui/widgets/confirm_bar.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/style_sheet.h"

#include <QButtonGroup>
#include <QClipboard>
#include <QCoreApplication>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QRadioButton>
#include <QScrollArea>
#include <QToolButton>

namespace studio::ui {

namespace {

constexpr int column_width = 640;

QFrame *card(QWidget *content, QWidget *parent) {
    auto *frame = new QFrame(parent);
    set_card(frame);
    auto *layout = new QVBoxLayout(frame);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->addWidget(content);
    return frame;
}

QToolButton *copy_button(const QString &what, const QString &value, QWidget *parent) {
    auto *button = new QToolButton(parent);
    button->setIcon(line_icon(QStringLiteral("copy")));
    button->setToolTip(SettingsPage::tr("Copy"));
    button->setAccessibleName(SettingsPage::tr("Copy: %1").arg(what));
    QObject::connect(button, &QToolButton::clicked, button,
                     [value] { QGuiApplication::clipboard()->setText(value); });
    return button;
}

} // namespace

SettingsPage::SettingsPage(Theme &theme, ProfileStore &profiles, const std::vector<Place> &places,
                           QWidget *photo_store, QWidget *parent)
    : Page(parent), m_theme(theme), m_profiles(profiles), m_list(new QVBoxLayout),
      m_form(new ProfileForm(profiles, this)),
      m_confirm(new ConfirmBar(QStringLiteral("settings.confirm"), this)) {
    auto *body = new QWidget(this);
    body->setFixedWidth(column_width);
    auto *sections = new QVBoxLayout(body);
    sections->setContentsMargins(0, 0, 0, 24);
    sections->setSpacing(16);
    for (auto *section : {build_appearance(), build_places(places), photo_store, build_profiles(),
                          build_shortcuts(), build_about()}) {
        if (section != nullptr) {
            sections->addWidget(card(section, body));
        }
    }
    sections->addStretch(1);
    auto *scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("settings.scroll"));
    scroll->setWidgetResizable(true);
    auto *ground = new QWidget(scroll);
    auto *centre = new QHBoxLayout(ground);
    centre->setContentsMargins(24, 0, 24, 0);
    centre->addWidget(body);
    centre->addStretch(1);
    scroll->setWidget(ground);
    auto *header = new PageHeader(title(), this);
    header->setContentsMargins(24, 0, 24, 0);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 20, 0, 0);
    layout->setSpacing(16);
    layout->addWidget(header);
    layout->addWidget(scroll, 1);
    connect(&m_profiles, &ProfileStore::changed, this, &SettingsPage::list_profiles);
}

QIcon SettingsPage::icon() const {
    return line_icon(QStringLiteral("settings"));
}

QWidget *SettingsPage::build_appearance() {
    auto *section = new QWidget(this);
    auto *layout = new QVBoxLayout(section);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(section_header(tr("Appearance")));
    auto *row = new QHBoxLayout;
    row->setSpacing(24);
    auto *group = new QButtonGroup(section);
    const std::pair<Appearance, QString> choices[] = {{Appearance::System, tr("Match system")},
                                                      {Appearance::Light, tr("Light")},
                                                      {Appearance::Dark, tr("Dark")}};
    for (const auto &[appearance, words] : choices) {
        auto *choice = new QRadioButton(words, section);
        choice->setObjectName(QStringLiteral("settings.appearance.") + to_string(appearance));
        choice->setChecked(m_theme.appearance() == appearance);
        group->addButton(choice);
        row->addWidget(choice);
        connect(choice, &QRadioButton::clicked, this,
                [this, value = appearance] { m_theme.set_appearance(value); });
    }
    row->addStretch(1);
    layout->addLayout(row);
    return section;
}

QWidget *SettingsPage::build_places(const std::vector<Place> &places) {
    auto *section = new QWidget(this);
    auto *layout = new QVBoxLayout(section);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(section_header(tr("Locations")));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setColumnStretch(1, 1);
    int line = 0;
    for (const auto &place : places) {
        auto *title = new QLabel(place.title, section);
        set_text_role(title, TextRole::Muted);
        grid->addWidget(title, line, 0);
        grid->addWidget(new ElidedLabel(place.value, section), line, 1);
        grid->addWidget(copy_button(place.title, place.value, section), line, 2);
        ++line;
    }
    layout->addLayout(grid);
    return section;
}

QWidget *SettingsPage::build_profiles() {
    auto *section = new QWidget(this);
    auto *layout = new QVBoxLayout(section);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(
        section_header(tr("Other platforms"),
                       tr("Besides the workspace on this computer, you can sign in to platforms with their "
                          "own database. Passwords are stored in the computer's keychain, never here.")));
    layout->addLayout(m_list);
    layout->addWidget(m_confirm);
    m_form->hide();
    layout->addWidget(m_form);
    auto *add = new QPushButton(line_icon(QStringLiteral("plus")), tr("Add platform"), section);
    add->setObjectName(QStringLiteral("settings.add_profile"));
    layout->addWidget(add, 0, Qt::AlignLeft);
    connect(add, &QPushButton::clicked, this, [this] {
        m_form->show();
        m_form->edit({});
    });
    connect(m_form, &ProfileForm::cancelled, m_form, &QWidget::hide);
    connect(m_form, &ProfileForm::saved, m_form, &QWidget::hide);
    list_profiles();
    return section;
}

void SettingsPage::list_profiles() {
    while (auto *item = m_list->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (m_profiles.profiles().empty()) {
        auto *none =
            new QLabel(m_profiles.problem().isEmpty() ? tr("None yet.") : m_profiles.problem(), this);
        none->setWordWrap(true);
        set_text_role(none, TextRole::Muted);
        m_list->addWidget(none);
    }
    for (const auto &profile : m_profiles.profiles()) {
        auto *row = new QWidget(this);
        auto *edit = new QPushButton(tr("Edit"), row);
        auto *remove = new QPushButton(tr("Remove"), row);
        edit->setObjectName(QStringLiteral("settings.edit_profile.") + profile.name);
        remove->setObjectName(QStringLiteral("settings.remove_profile.") + profile.name);
        set_button_role(edit, ButtonRole::Quiet);
        set_button_role(remove, ButtonRole::Quiet);
        auto *layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 0, 0, 0);
        auto *name = new QLabel(profile.name, row);
        set_text_role(name, TextRole::Section);
        layout->addWidget(name);
        auto *host = new ElidedLabel(host_of(profile.database_url), row);
        set_text_role(host, TextRole::Muted);
        layout->addWidget(host, 1);
        layout->addWidget(edit);
        layout->addWidget(remove);
        m_list->addWidget(row);
        connect(edit, &QPushButton::clicked, this, [this, profile] {
            m_form->show();
            m_form->edit(profile);
        });
        connect(remove, &QPushButton::clicked, this, [this, name = profile.name] {
            m_confirm->ask(tr("Only this entry is removed. The platform and its data are not affected."),
                           tr("Remove profile %1").arg(name), [this, name] { m_profiles.remove(name); });
        });
    }
}

QWidget *SettingsPage::build_shortcuts() {
    auto *section = new QWidget(this);
    auto *layout = new QVBoxLayout(section);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(section_header(tr("Keyboard")));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setColumnStretch(1, 1);
    const std::pair<QString, QString> shortcuts[] = {
        {tr("Ctrl+K"), tr("Go to a page or companion")},
        {tr("Ctrl+1 … Ctrl+9"), tr("Sidebar pages")},
        {tr("F5"), tr("Reload page")},
        {tr("Ctrl+F"), tr("Search in the list")},
        {tr("Ctrl+N"), tr("New companion")},
        {tr("Enter, Space"), tr("In the list: edit the site, open the side panel")},
        {tr("Ctrl+\\"), tr("Collapse or expand the sidebar")},
        {tr("Ctrl+,"), tr("Settings")},
        {tr("Ctrl+Q"), tr("Quit")}};
    int line = 0;
    for (const auto &[keys, words] : shortcuts) {
        auto *label = new QLabel(keys, section);
        set_text_role(label, TextRole::Mono);
        grid->addWidget(label, line, 0);
        grid->addWidget(new QLabel(words, section), line, 1);
        ++line;
    }
    layout->addLayout(grid);
    return section;
}

QWidget *SettingsPage::build_about() {
    auto *section = new QWidget(this);
    auto *layout = new QVBoxLayout(section);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(
        section_header(tr("About"), tr("Companion Studio %1").arg(QCoreApplication::applicationVersion())));
    auto *licences =
        new QLabel(tr("Apache License 2.0. Made with Qt (LGPL 3) and Qt WebEngine (LGPL 3, with Chromium), "
                      "PostgreSQL and libpqxx "
                      "(PostgreSQL and BSD licences), Boost (BSL 1.0), ctemplate (BSD), md4c, nlohmann-json, "
                      "fmt and spdlog (MIT), "
                      "libvips (LGPL 2.1), QtKeychain (BSD), and typefaces under the SIL Open Font License."),
                   section);
    licences->setObjectName(QStringLiteral("settings.licences"));
    licences->setWordWrap(true);
    licences->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(licences);
    return section;
}

} // namespace studio::ui
