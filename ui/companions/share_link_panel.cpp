// SPDX-License-Identifier: Apache-2.0
#include "ui/companions/share_link_panel.h"

#include "ui/widgets/page_header.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/words.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>

namespace studio::ui {

namespace {
constexpr int usual_validity = 1; // seven days
}

ShareLinkPanel::ShareLinkPanel(QWidget *parent)
    : QWidget(parent), m_validity(new QComboBox(this)), m_make(new QPushButton(tr("Create link"), this)),
      m_link(new QLineEdit(this)), m_copy(new QPushButton(tr("Copy"), this)), m_made(new QWidget(this)),
      m_links(new QVBoxLayout) {
    m_validity->setObjectName(QStringLiteral("detail.share_validity"));
    m_validity->setAccessibleName(tr("How long the link is valid"));
    m_validity->addItem(tr("Valid for 1 day"), 24);
    m_validity->addItem(tr("Valid for 7 days"), 24 * 7);
    m_validity->addItem(tr("Valid for 30 days"), 24 * 30);
    m_validity->setCurrentIndex(usual_validity);
    m_make->setObjectName(QStringLiteral("detail.share"));
    m_link->setObjectName(QStringLiteral("detail.share_link"));
    m_link->setAccessibleName(tr("Share link"));
    m_link->setReadOnly(true);
    m_copy->setObjectName(QStringLiteral("detail.copy_link"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(
        section_header(tr("Share draft"), tr("Anyone with the link can see the latest draft.")));
    auto *row = new QHBoxLayout;
    row->addWidget(m_validity, 1);
    row->addWidget(m_make);
    layout->addLayout(row);
    auto *made = new QHBoxLayout(m_made);
    made->setContentsMargins(0, 0, 0, 0);
    made->addWidget(m_link, 1);
    made->addWidget(m_copy);
    m_made->hide();
    layout->addWidget(m_made);
    layout->addLayout(m_links);
    connect(m_make, &QPushButton::clicked, this,
            [this] { emit link_requested(m_validity->currentData().toInt()); });
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_link->text());
        emit copied(m_link->text());
    });
}

void ShareLinkPanel::show_details(const TenantDetails &details) {
    const auto &id = details.tenant.id;
    if (id != m_tenant_id) {
        m_made->hide();
        m_link->clear();
        m_validity->setCurrentIndex(usual_validity);
        m_tenant_id = id;
    }
    while (auto *item = m_links->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int index = 0;
    for (const auto &link : details.share_links) {
        auto *row = new QWidget(this);
        auto *text = new QLabel(
            tr("Expires %1, created by %2")
                .arg(QLocale().toString(to_date_time(link.expires_at), QStringLiteral("d MMMM HH:mm")),
                     QString::fromStdString(link.created_by)),
            row);
        set_text_role(text, TextRole::Small);
        text->setWordWrap(true);
        auto *revoke = new QPushButton(tr("Revoke"), row);
        revoke->setObjectName(QStringLiteral("detail.revoke_link.%1").arg(index++));
        set_button_role(revoke, ButtonRole::Quiet);
        connect(revoke, &QPushButton::clicked, this,
                [this, link_id = QString::fromStdString(link.id)] { emit revoke_requested(link_id); });
        auto *layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(text, 1);
        layout->addWidget(revoke);
        m_links->addWidget(row);
    }
}

void ShareLinkPanel::show_link(const QString &address) {
    m_link->setText(address);
    m_link->setCursorPosition(0);
    m_made->show();
}

} // namespace studio::ui
