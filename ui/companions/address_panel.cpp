// SPDX-License-Identifier: Apache-2.0
#include "ui/companions/address_panel.h"

#include "base/host.h"
#include "base/text.h"
#include "models/tenant/hostname.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/style_sheet.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <utility>

namespace studio::ui {

namespace {

QString cleaned(const QString &typed) {
    return QString::fromStdString(base::clean_line(typed.toStdString()));
}

// "https://Claire.com.au/" is understood as the host that it names.
QString plain_domain(const QString &typed) {
    return QString::fromStdString(base::plain_host(typed.toStdString()));
}

} // namespace

AddressPanel::AddressPanel(QWidget *parent)
    : QWidget(parent), m_name(new QLineEdit(this)), m_name_problem(new QLabel(this)),
      m_name_save(new QPushButton(tr("Rename"), this)), m_domain(new QLineEdit(this)),
      m_domain_problem(new QLabel(this)), m_domain_save(new QPushButton(tr("Save"), this)) {
    m_name->setObjectName(QStringLiteral("detail.name"));
    m_name_save->setObjectName(QStringLiteral("detail.rename"));
    m_domain->setObjectName(QStringLiteral("detail.domain"));
    m_domain->setPlaceholderText(QStringLiteral("claire.com.au"));
    m_domain_save->setObjectName(QStringLiteral("detail.save_domain"));
    m_domain_problem->setObjectName(QStringLiteral("detail.domain_problem"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(section_header(tr("Name and address")));
    add_field(layout, m_name, tr("Name in the studio"), m_name_problem, m_name_save);
    layout->addSpacing(4);
    add_field(layout, m_domain, tr("Custom domain"), m_domain_problem, m_domain_save);
    connect(m_name, &QLineEdit::textChanged, this, &AddressPanel::check);
    connect(m_domain, &QLineEdit::textChanged, this, &AddressPanel::check);
    connect(m_name_save, &QPushButton::clicked, this,
            [this] { emit rename_requested(cleaned(m_name->text())); });
    connect(m_domain_save, &QPushButton::clicked, this,
            [this] { emit domain_requested(plain_domain(m_domain->text())); });
    connect(m_name, &QLineEdit::returnPressed, m_name_save, &QPushButton::click);
    connect(m_domain, &QLineEdit::returnPressed, m_domain_save, &QPushButton::click);
}

void AddressPanel::add_field(QVBoxLayout *layout, QLineEdit *field, const QString &label, QLabel *problem,
                             QPushButton *button) {
    auto *caption = new QLabel(label, this);
    set_text_role(caption, TextRole::Small);
    caption->setBuddy(field);
    field->setAccessibleName(label);
    set_text_role(problem, TextRole::Negative);
    problem->setWordWrap(true);
    problem->hide();
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(field, 1);
    row->addWidget(button);
    layout->addWidget(caption);
    layout->addLayout(row);
    layout->addWidget(problem);
}

void AddressPanel::show_details(const TenantDetails &details) {
    const auto name = QString::fromStdString(details.tenant.name);
    const auto domain = QString::fromStdString(details.tenant.custom_domain.value_or(""));
    const auto &id = details.tenant.id;
    const bool another = std::exchange(m_tenant_id, id) != id;
    // What is being typed is kept when another person's change refreshes the panel, but not when another
    // companion is shown.
    if (another || m_name->text() == m_name_before || m_name->text().isEmpty()) {
        m_name->setText(name);
    }
    if (another || m_domain->text() == m_domain_before) {
        m_domain->setText(domain);
    }
    m_name_before = name;
    m_domain_before = domain;
    check();
}

void AddressPanel::check() {
    const auto name = cleaned(m_name->text());
    m_name_problem->setText(tr("A companion needs a name."));
    m_name_problem->setVisible(name.isEmpty());
    set_invalid(m_name, name.isEmpty());
    m_name_save->setVisible(name != m_name_before);
    m_name_save->setEnabled(!name.isEmpty());
    const auto domain = plain_domain(m_domain->text());
    const auto problem =
        domain.isEmpty() ? std::string() : models::CustomDomain::problem(domain.toStdString());
    m_domain_problem->setText(QString::fromStdString(problem));
    m_domain_problem->setVisible(!problem.empty());
    set_invalid(m_domain, !problem.empty());
    m_domain_save->setVisible(domain != m_domain_before);
    m_domain_save->setText(domain.isEmpty() ? tr("Remove") : tr("Save"));
    m_domain_save->setEnabled(problem.empty());
}

} // namespace studio::ui
