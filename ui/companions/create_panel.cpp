// SPDX-License-Identifier: Apache-2.0
#include "ui/companions/create_panel.h"

#include "base/host.h"
#include "base/text.h"
#include "db/connection/error.h"
#include "db/stores/tenant_store.h"
#include "models/tenant/hostname.h"
#include "models/tenant/site_template.h"
#include "ui/async/worker.h"
#include "ui/companions/site_painter.h"
#include "ui/companions/template_button.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/site_address.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/tenant_id.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace studio::ui {

namespace {
constexpr int panel_width = 360;
constexpr QSize picture(208, 130);
constexpr int longest_label = 50;
} // namespace

QString proposed_subdomain(const QString &name) {
    QString result;
    for (const auto character : name.normalized(QString::NormalizationForm_KD).toLower()) {
        if (character.category() == QChar::Mark_NonSpacing) {
            continue;
        }
        const bool plain =
            (character >= u'a' && character <= u'z') || (character >= u'0' && character <= u'9');
        if (plain) {
            result += character;
        } else if (!result.isEmpty() && !result.endsWith(u'-')) {
            result += u'-';
        }
    }
    result.truncate(longest_label);
    while (result.endsWith(u'-')) {
        result.chop(1);
    }
    return result;
}

CreatePanel::CreatePanel(CompanionsServices services, QWidget *parent)
    : QFrame(parent), m_services(std::move(services)), m_name(new QLineEdit(this)),
      m_name_problem(new QLabel(this)), m_subdomain(new QLineEdit(this)), m_address(new QLabel(this)),
      m_problem(new QLabel(this)), m_templates(new QButtonGroup(this)),
      m_create(new QPushButton(tr("Create companion"), this)), m_cancel(new QPushButton(tr("Cancel"), this)),
      m_banner(new Banner(QStringLiteral("create.banner"), this)) {
    setObjectName(QStringLiteral("create"));
    setFixedWidth(panel_width);
    set_card(this);
    build_layout();
    connect_signals();
    check();
}

void CreatePanel::build_layout() {
    m_name->setObjectName(QStringLiteral("create.name"));
    m_name->setAccessibleName(tr("Name"));
    m_name->setPlaceholderText(tr("Claire Hamilton"));
    m_subdomain->setObjectName(QStringLiteral("create.subdomain"));
    m_subdomain->setAccessibleName(tr("Address"));
    m_subdomain->setPlaceholderText(QStringLiteral("claire"));
    m_address->setObjectName(QStringLiteral("create.address"));
    m_problem->setObjectName(QStringLiteral("create.problem"));
    m_name_problem->setObjectName(QStringLiteral("create.name_problem"));
    set_text_role(m_name_problem, TextRole::Negative);
    m_name_problem->setWordWrap(true);
    set_text_role(m_address, TextRole::Small);
    set_text_role(m_problem, TextRole::Negative);
    m_problem->setWordWrap(true);
    m_create->setObjectName(QStringLiteral("create.create"));
    m_cancel->setObjectName(QStringLiteral("create.cancel"));
    set_button_role(m_create, ButtonRole::Primary);
    auto *title = new QLabel(tr("New companion"), this);
    set_text_role(title, TextRole::Title);
    auto *name_label = new QLabel(tr("Name"), this);
    name_label->setBuddy(m_name);
    auto *address_label = new QLabel(tr("Address"), this);
    address_label->setBuddy(m_subdomain);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 20);
    layout->setSpacing(6);
    layout->addWidget(title);
    layout->addWidget(m_banner);
    layout->addSpacing(6);
    layout->addWidget(name_label);
    layout->addWidget(m_name);
    layout->addWidget(m_name_problem);
    layout->addSpacing(6);
    layout->addWidget(address_label);
    layout->addWidget(m_subdomain);
    layout->addWidget(m_address);
    layout->addWidget(m_problem);
    layout->addSpacing(6);
    layout->addWidget(new QLabel(tr("Start from"), this));
    layout->addWidget(build_templates());
    layout->addStretch(1);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_create);
    layout->addLayout(buttons);
}

QWidget *CreatePanel::build_templates() {
    auto *list = new QWidget(this);
    auto *layout = new QVBoxLayout(list);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    int index = 0;
    for (const auto &site : models::site_templates()) {
        const auto title = QString::fromStdString(site.title);
        const auto description = QString::fromStdString(site.description);
        const auto named = models::start_from(site, "Your name");
        auto *button = new TemplateButton(title, description,
                                          paint_site(named, m_services.media_root, picture, 2), list);
        button->setObjectName(QStringLiteral("create.template.") + QString::fromStdString(site.slug));
        button->setChecked(index == 0);
        m_templates->addButton(button, index++);
        layout->addWidget(button);
    }
    return list;
}

void CreatePanel::connect_signals() {
    connect(m_name, &QLineEdit::textChanged, this, [this](const QString &name) {
        if (!m_address_typed) {
            m_subdomain->setText(proposed_subdomain(name));
        }
        check();
    });
    connect(m_subdomain, &QLineEdit::textEdited, this,
            [this](const QString &text) { m_address_typed = !text.isEmpty(); });
    connect(m_subdomain, &QLineEdit::textChanged, this, &CreatePanel::check);
    connect(m_create, &QPushButton::clicked, this, &CreatePanel::create);
    connect(m_name, &QLineEdit::returnPressed, m_create, &QPushButton::click);
    connect(m_subdomain, &QLineEdit::returnPressed, m_create, &QPushButton::click);
    connect(m_cancel, &QPushButton::clicked, this, &CreatePanel::cancelled);
}

void CreatePanel::begin() {
    m_banner->clear();
}

void CreatePanel::focus_first() {
    m_name->setFocus();
}

void CreatePanel::set_taken(QSet<QString> subdomains) {
    m_taken = std::move(subdomains);
    check();
}

void CreatePanel::check() {
    const auto subdomain = QString::fromStdString(base::plain_host(m_subdomain->text().toStdString()));
    const auto problem =
        subdomain.isEmpty()
            ? QString()
            : (m_taken.contains(subdomain)
                   ? tr("Another companion has this address. Add a second name or a city.")
                   : QString::fromStdString(models::Subdomain::problem(subdomain.toStdString())));
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    set_invalid(m_subdomain, !problem.isEmpty());
    m_address->setText(
        problem.isEmpty() && !subdomain.isEmpty()
            ? short_address(site_address(m_services.public_url, subdomain))
            : tr("For example %1")
                  .arg(short_address(site_address(m_services.public_url, QStringLiteral("claire")))));
    const auto name_problem = name_length_problem(m_name->text(), max_name_characters);
    m_name_problem->setText(name_problem);
    m_name_problem->setVisible(!name_problem.isEmpty());
    set_invalid(m_name, !name_problem.isEmpty());
    m_create->setEnabled(problem.isEmpty() && name_problem.isEmpty() && !subdomain.isEmpty() &&
                         !base::is_blank(m_name->text().toStdString()));
}

void CreatePanel::create() {
    m_banner->clear();
    set_busy(true);
    const auto name = base::clean_line(m_name->text().toStdString());
    const auto &site = models::site_templates().at(static_cast<std::size_t>(m_templates->checkedId()));
    const db::NewTenant tenant{base::plain_host(m_subdomain->text().toStdString()), name,
                               models::start_from(site, name)};
    m_services.worker
        ->run([tenant](db::Session &session) { return db::TenantStore(session).create(tenant).id; })
        .then(this, [this](const models::TenantId &id) { made(to_text(id)); })
        .onFailed(this,
                  [this](const db::Error &error) {
                      show_failure(QString::fromUtf8(error.what()));
                      if (error.kind() == db::ErrorKind::Conflict) {
                          set_invalid(m_subdomain, true);
                          m_subdomain->setFocus();
                      } else {
                          emit trouble();
                      }
                  })
        .onFailed(this,
                  [this](const std::exception &error) { show_failure(QString::fromUtf8(error.what())); });
}

void CreatePanel::show_failure(const QString &reason) {
    set_busy(false);
    m_banner->show_message(Tone::Negative, reason);
    if (!isVisible()) {
        emit failed_unseen(m_name->text(), reason);
    }
}

// The fields are disabled while a companion is being created, because they are cleared afterwards.
void CreatePanel::set_busy(bool busy) {
    m_create->setText(busy ? tr("Creating") : tr("Create companion"));
    for (QWidget *widget : std::initializer_list<QWidget *>{m_name, m_subdomain, m_create}) {
        widget->setDisabled(busy);
    }
    if (!busy) {
        check();
    }
}

void CreatePanel::made(const QString &tenant_id) {
    set_busy(false);
    m_address_typed = false;
    m_name->clear();
    m_subdomain->clear();
    emit created(tenant_id);
}

} // namespace studio::ui
