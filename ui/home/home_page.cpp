// SPDX-License-Identifier: Apache-2.0
#include "ui/home/home_page.h"

#include "db/stores/tenant_store.h"
#include "ui/async/worker.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/style_sheet.h"

#include <QDesktopServices>
#include <QHBoxLayout>
#include <QUrl>
#include <QVBoxLayout>

namespace studio::ui {

HomePage::HomePage(Worker &worker, const QString &person, QString public_url, QWidget *parent)
    : Page(parent), m_worker(worker), m_public_url(std::move(public_url)), m_sites(new QVBoxLayout) {
    auto *header = new PageHeader(tr("Welcome, %1").arg(person), this);
    header->set_subtitle(tr("You are signed in as booking staff."));
    auto *truth = new QLabel(tr("To read booking requests, use the command companionctl booking with this "
                                "account. These sites are live now:"),
                             this);
    truth->setObjectName(QStringLiteral("home.truth"));
    truth->setWordWrap(true);
    truth->setMaximumWidth(640);
    auto *list = new QWidget(this);
    auto *list_layout = new QVBoxLayout(list);
    list_layout->setContentsMargins(20, 12, 12, 12);
    m_sites->setSpacing(4);
    list_layout->addLayout(m_sites);
    list_layout->addStretch(1);
    m_state = new StateStack(list, Skeleton::Shape::Form, this);
    m_state->setObjectName(QStringLiteral("home.state"));
    auto *card = new QFrame(this);
    set_card(card);
    card->setMaximumWidth(640);
    auto *card_layout = new QVBoxLayout(card);
    card_layout->addWidget(m_state);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(16);
    layout->addWidget(header);
    layout->addWidget(truth);
    layout->addWidget(card, 1);
    connect(m_state, &StateStack::retry_requested, this, &HomePage::activate);
}

QIcon HomePage::icon() const {
    return line_icon(QStringLiteral("home"));
}

void HomePage::activate() {
    const auto number = m_loads.next();
    m_worker.run([](db::Session &session) { return db::TenantStore(session).list(); })
        .then(this,
              [this, number](const std::vector<models::TenantSummary> &tenants) {
                  if (m_loads.is_latest(number)) {
                      show_sites(tenants);
                  }
              })
        .onFailed(this, [this, number](const std::exception &error) {
            if (m_loads.is_latest(number)) {
                m_state->show_error(tr("Could not load the sites"), QString::fromUtf8(error.what()));
                emit trouble();
            }
        });
}

void HomePage::show_sites(const std::vector<models::TenantSummary> &tenants) {
    while (auto *item = m_sites->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const auto &tenant : tenants) {
        if (tenant.status != models::TenantStatus::Active) {
            continue;
        }
        QUrl address(m_public_url);
        address.setHost(QString::fromStdString(tenant.subdomain) + QLatin1Char('.') + address.host());
        auto *row = new QWidget(this);
        auto *name = new ElidedLabel(QString::fromStdString(tenant.name), row);
        auto *open = new QPushButton(line_icon(QStringLiteral("external")), tr("Open page"), row);
        open->setObjectName(QStringLiteral("home.open.") + QString::fromStdString(tenant.subdomain));
        open->setAccessibleName(tr("Open %1’s page").arg(QString::fromStdString(tenant.name)));
        connect(open, &QPushButton::clicked, this, [address] { QDesktopServices::openUrl(address); });
        auto *layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 4, 0, 4);
        layout->addWidget(name, 1);
        layout->addWidget(open);
        m_sites->addWidget(row);
    }
    if (m_sites->count() == 0) {
        m_state->show_empty(QStringLiteral("globe"), tr("No site is live yet"),
                            tr("An operator takes companions live."), {});
    } else {
        m_state->show_content();
    }
}

} // namespace studio::ui
