// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/feeds_view.h"

#include "ui/async/worker.h"
#include "ui/bookings/booking_decider.h"
#include "ui/bookings/confirm_button.h"
#include "ui/bookings/tab_before.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/site_address.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/words.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace studio::ui {

namespace {

QString titles_word(const std::string &titles) {
    return titles == "neutral" ? FeedsView::tr("Neutral titles") : FeedsView::tr("Busy times only");
}

} // namespace

FeedsView::FeedsView(Worker &worker, QString public_url, QWidget *parent)
    : QWidget(parent), m_worker(worker), m_public_url(std::move(public_url)), m_lines(new QVBoxLayout),
      m_titles(new QComboBox(this)),
      m_add(new QPushButton(line_icon(QStringLiteral("link")), tr("Create address"), this)),
      m_once(new QLabel(
          tr("Copy this address now: it is not shown again. Whoever has it sees the busy times."), this)),
      m_address(new QLineEdit(this)) {
    setObjectName(QStringLiteral("feeds"));
    for (const auto *titles : {"busy", "neutral"}) {
        m_titles->addItem(titles_word(titles), QString::fromLatin1(titles));
    }
    m_titles->setObjectName(QStringLiteral("feeds.titles"));
    m_titles->setAccessibleName(tr("What the calendar shows"));
    m_add->setObjectName(QStringLiteral("feeds.add"));
    m_address->setObjectName(QStringLiteral("feeds.address"));
    m_address->setAccessibleName(tr("Address of the calendar"));
    m_address->setReadOnly(true);
    set_text_role(m_once, TextRole::Small);
    m_once->setWordWrap(true);
    m_once->hide();
    m_address->hide();
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_titles, 1);
    row->addWidget(m_add);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(section_header(
        tr("Calendar addresses"),
        tr("For another calendar program: it reads the busy times from a secret address."), this));
    layout->addLayout(m_lines);
    layout->addLayout(row);
    layout->addWidget(m_once);
    layout->addWidget(m_address);
    connect(m_add, &QPushButton::clicked, this, &FeedsView::add);
}

void FeedsView::show_feeds(const models::TenantId &tenant, const QString &subdomain,
                           const std::vector<db::CalendarFeed> &feeds) {
    if (m_tenant != tenant) {
        m_address->clear();
        m_address->hide();
        m_once->hide();
    }
    m_tenant = tenant;
    m_subdomain = subdomain;
    QStringList ids;
    for (const auto &feed : feeds) {
        ids << QString::fromStdString(feed.id);
    }
    if (std::exchange(m_shown, ids) == ids) {
        return; // a press or the focus on one of the lines is not disturbed
    }
    while (auto *item = m_lines->takeAt(0)) {
        if (auto *line = item->widget()) {
            line->hide();
            line->deleteLater();
        }
        delete item;
    }
    for (const auto &feed : feeds) {
        m_lines->addWidget(line_of(feed));
    }
    set_tab_before(m_titles, m_lines);
}

QWidget *FeedsView::line_of(const db::CalendarFeed &feed) {
    auto *line = new QWidget(this);
    const auto who = author_label(feed.created_by);
    auto *text =
        new QLabel(tr("%1, created by %2 %3")
                       .arg(titles_word(feed.titles), who,
                            relative_time(to_date_time(feed.created_at), QDateTime::currentDateTime())),
                   line);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    auto *button = new ConfirmButton(tr("Revoke"), tr("Revoke %1’s address for good").arg(who), line);
    button->setObjectName(QStringLiteral("feeds.revoke.") + QString::fromStdString(feed.id));
    button->setAccessibleName(tr("Revoke the address created by %1").arg(who));
    connect(button, &ConfirmButton::confirmed, this, [this, id = feed.id] { revoke(id); });
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(text, 1);
    row->addWidget(button);
    return line;
}

void FeedsView::add() {
    m_add->setEnabled(false); // a second address would never be seen
    m_worker
        .run([tenant = m_tenant, titles = m_titles->currentData().toString().toStdString()](
                 db::Session &session) { return db::AvailabilityStore(session).add_feed(tenant, titles); })
        .then(this,
              [this, tenant = m_tenant](const std::string &secret) {
                  m_add->setEnabled(true);
                  if (tenant == m_tenant) {
                      m_address->setText(site_address(m_public_url, m_subdomain) +
                                         QStringLiteral("/calendar/") + QString::fromStdString(secret) +
                                         QStringLiteral(".ics"));
                      m_address->show();
                      m_once->show();
                  }
                  emit changed({});
              })
        .onFailed(this, [this](const std::exception &error) {
            m_add->setEnabled(true);
            emit failed(refusal_words(tr("Nothing was changed."), error));
        });
}

void FeedsView::revoke(const std::string &id) {
    m_worker
        .run([id, tenant = m_tenant](db::Session &session) {
            db::AvailabilityStore(session).revoke_feed(tenant, id);
        })
        .then(this,
              [this] { emit changed(tr("The address is revoked: calendar programs no longer read it.")); })
        .onFailed(this, [this](const std::exception &error) {
            emit failed(refusal_words(tr("Nothing was changed."), error));
        });
}

} // namespace studio::ui
