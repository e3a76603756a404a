// SPDX-License-Identifier: Apache-2.0
#include "ui/companions/detail_panel.h"

#include "db/connection/error.h"
#include "db/stores/compliance_store.h"
#include "db/stores/photo_library.h"
#include "db/stores/share_link_store.h"
#include "db/stores/tenant_store.h"
#include "models/tenant/photo_releases.h"
#include "ui/async/worker.h"
#include "ui/companions/address_panel.h"
#include "ui/companions/companions_model.h"
#include "ui/companions/go_live_panel.h"
#include "ui/companions/share_link_panel.h"
#include "ui/photos/library_record.h"
#include "ui/photos/record_releases.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/site_address.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/tenant_id.h"
#include "ui/widgets/words.h"

#include <QApplication>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

#include <utility>

namespace studio::ui {

namespace {
constexpr int panel_width = 360;
constexpr int margin = 20;
} // namespace

DetailPanel::DetailPanel(CompanionsServices services, QWidget *parent)
    : QFrame(parent), m_services(std::move(services)), m_name(new ElidedLabel({}, this)),
      m_address(new ElidedLabel({}, this)), m_badge(new Badge(this)),
      m_edit(new QPushButton(tr("Edit site"), this)), m_open(new QPushButton(tr("Open page"), this)),
      m_banner(new Banner(QStringLiteral("detail.banner"), this)), m_go_live(new GoLivePanel(this)),
      m_addresses(new AddressPanel(this)), m_share(new ShareLinkPanel(this)) {
    setObjectName(QStringLiteral("detail"));
    setFixedWidth(panel_width);
    set_card(this);
    m_state = new StateStack(build_body(), Skeleton::Shape::Form, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addWidget(build_head());
    layout->addWidget(divider(this));
    layout->addWidget(m_state, 1);
    connect_signals();
}

QWidget *DetailPanel::build_head() {
    auto *head = new QWidget(this);
    set_text_role(m_name, TextRole::Title);
    m_name->setObjectName(QStringLiteral("detail.title"));
    set_text_role(m_address, TextRole::Muted);
    m_edit->setObjectName(QStringLiteral("detail.edit"));
    m_edit->setIcon(line_icon(QStringLiteral("editor")));
    m_open->setObjectName(QStringLiteral("detail.open"));
    m_open->setIcon(line_icon(QStringLiteral("external")));
    auto *close = new QToolButton(head);
    close->setObjectName(QStringLiteral("detail.close"));
    close->setIcon(line_icon(QStringLiteral("close")));
    close->setAccessibleName(tr("Close panel"));
    close->setToolTip(tr("Close"));
    connect(close, &QToolButton::clicked, this, &DetailPanel::closed);
    auto *top = new QHBoxLayout;
    top->addWidget(m_name, 1);
    top->addWidget(close, 0, Qt::AlignTop);
    auto *middle = new QHBoxLayout;
    middle->addWidget(m_badge);
    middle->addWidget(m_address, 1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_edit, 1);
    buttons->addWidget(m_open, 1);
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(margin, 16, 12, 16);
    layout->setSpacing(8);
    layout->addLayout(top);
    layout->addLayout(middle);
    layout->addSpacing(4);
    layout->addLayout(buttons);
    return head;
}

QWidget *DetailPanel::build_body() {
    auto *body = new QWidget(this);
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(margin, 16, margin, 24);
    layout->setSpacing(16);
    layout->addWidget(m_banner);
    layout->addWidget(m_go_live);
    layout->addWidget(divider(body));
    layout->addWidget(m_addresses);
    layout->addWidget(divider(body));
    layout->addWidget(m_share);
    layout->addStretch(1);
    auto *scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("detail.scroll"));
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(body);
    scroll->viewport()->setAutoFillBackground(false);
    body->setAutoFillBackground(false);
    return scroll;
}

void DetailPanel::connect_signals() {
    connect(m_edit, &QPushButton::clicked, this, [this] { emit edit_requested(to_text(m_id)); });
    connect(m_open, &QPushButton::clicked, this, [this] {
        QDesktopServices::openUrl(
            QUrl(site_address(m_services.public_url, QString::fromStdString(m_details.tenant.subdomain),
                              QString::fromStdString(m_details.tenant.custom_domain.value_or("")))));
    });
    connect(m_state, &StateStack::retry_requested, this, &DetailPanel::refresh);
    connect(m_banner, &Banner::action_requested, this, [this] {
        if (const auto undo = std::exchange(m_undo, nullptr)) {
            undo();
        }
    });
    connect(m_go_live, &GoLivePanel::status_requested, this, &DetailPanel::set_status);
    connect(m_go_live, &GoLivePanel::identity_seen, this, [this](const QString &kind) {
        write([id = m_id, kind = kind.toStdString()](
                  db::Session &session) { db::ComplianceStore(session).record_verification(id, kind); },
              tr("Verification recorded."));
    });
    connect(m_go_live, &GoLivePanel::releases_recorded, this, [this](const QStringList &urls) {
        write(
            [id = m_id, urls](db::Session &session) {
                if (const auto left_out = record_releases(session, id, urls); !left_out.isEmpty()) {
                    throw db::Error(db::ErrorKind::Invalid, left_out.toStdString());
                }
            },
            {});
    });
    connect(m_go_live, &GoLivePanel::release_revoked, this, [this](const QString &url) {
        write([id = m_id, url = url.toStdString()](
                  db::Session &session) { db::ComplianceStore(session).withdraw_release(id, url); },
              tr("Release withdrawn. The photo has left every page."));
    });
    connect_people();
    connect(m_addresses, &AddressPanel::rename_requested, this, [this](const QString &name) {
        write([id = m_id, name = name.toStdString()](
                  db::Session &session) { db::TenantStore(session).rename(id, name); },
              tr("Renamed to %1.").arg(name));
    });
    connect(m_addresses, &AddressPanel::domain_requested, this, [this](const QString &domain) {
        write(
            [id = m_id, domain = domain.toStdString()](db::Session &session) {
                db::TenantStore(session).set_custom_domain(id, domain.empty() ? std::nullopt
                                                                              : std::optional(domain));
            },
            domain.isEmpty() ? tr("Custom domain removed.")
                             : tr("%1 saved. Point its DNS at the platform to make it work.").arg(domain));
    });
    connect(m_share, &ShareLinkPanel::link_requested, this, &DetailPanel::make_share_link);
    connect(m_share, &ShareLinkPanel::copied, this,
            [this] { m_banner->show_message(Tone::Positive, tr("Link copied.")); });
    connect(m_share, &ShareLinkPanel::revoke_requested, this, [this](const QString &link) {
        write([link = link.toStdString()](db::Session &session) { db::ShareLinkStore(session).revoke(link); },
              tr("Link revoked."));
    });
}

void DetailPanel::connect_people() {
    connect(m_go_live, &GoLivePanel::originals_wanted, this, [this](bool keep) {
        write([id = m_id, keep](db::Session &session) { db::PhotoLibrary(session).keep_originals(id, keep); },
              keep ? tr("Originals of new photos are kept privately.")
                   : tr("Originals of new photos are not kept."));
    });
    connect(m_go_live, &GoLivePanel::people_said, this,
            [this](const QString &url, int people, std::optional<int> seen) {
                write(
                    [id = m_id, picture = models::picture_of(url.toStdString()), people,
                     seen](db::Session &session) {
                        if (!set_people(session, id, picture, people, seen)) {
                            throw db::Error(db::ErrorKind::Conflict, raised_words().toStdString());
                        }
                    },
                    {});
            });
    connect(m_go_live, &GoLivePanel::person_release_given, this,
            [this](const QString &url, const db::PhotoRelease &given) {
                auto release = given;
                release.tenant_id = m_id;
                release.photo_url = url.toStdString();
                write(
                    [release](db::Session &session) {
                        db::ComplianceStore(session).record_person_release(release);
                    },
                    tr("Release of %1 recorded.").arg(QString::fromStdString(release.person)), {},
                    [this] { m_go_live->clear_release(); });
            });
    connect(
        m_go_live, &GoLivePanel::person_release_withdrawn, this,
        [this](const QString &url, const QString &person) {
            write(
                [id = m_id, url = url.toStdString(), person = person.toStdString()](db::Session &session) {
                    db::ComplianceStore(session).withdraw_person_release(id, url, person);
                },
                tr("Release withdrawn. The photo has left every page."));
        });
}

void DetailPanel::show_tenant(const models::TenantId &id, const QString &name, const QString &address) {
    if (id != m_id) {
        m_id = id;
        m_undo = nullptr;
        m_banner->clear();
        m_name->set_full_text(name);
        m_address->set_full_text(short_address(address));
        m_badge->hide();
        m_open->setEnabled(false);
        m_state->show_loading();
        scroll_to_top();
    }
    refresh();
}

void DetailPanel::refresh() {
    if (m_id.empty()) {
        return;
    }
    const auto number = m_loads.next();
    m_services.worker
        ->run([id = m_id, root = m_services.media_root](db::Session &session) {
            return load_details(session, id, root);
        })
        .then(this,
              [this, number](TenantDetails details) {
                  if (m_loads.is_latest(number)) {
                      show_details(std::move(details));
                  }
              })
        .onFailed(this, [this, number](const std::exception &error) {
            emit trouble();
            if (m_loads.is_latest(number) && m_state->state() != StateStack::State::Content) {
                m_state->show_error(tr("Could not load this companion"), QString::fromUtf8(error.what()));
            }
        });
}

void DetailPanel::show_details(TenantDetails details) {
    m_details = std::move(details);
    const auto &tenant = m_details.tenant;
    m_name->set_full_text(QString::fromStdString(tenant.name));
    m_address->set_full_text(
        short_address(site_address(m_services.public_url, QString::fromStdString(tenant.subdomain),
                                   QString::fromStdString(tenant.custom_domain.value_or("")))));
    m_badge->set(status_word(tenant.status), status_tone(tenant.status));
    m_badge->show();
    m_open->setEnabled(tenant.status == models::TenantStatus::Active);
    m_open->setToolTip(m_open->isEnabled() ? QString()
                                           : tr("There is a public page only while the site is live."));
    m_go_live->show_details(m_details);
    m_addresses->show_details(m_details);
    m_share->show_details(m_details);
    m_state->show_content();
}

void DetailPanel::write(std::function<void(db::Session &)> change, const QString &done,
                        const std::function<void()> &undo, const std::function<void()> &then) {
    m_banner->clear();
    // The button that was pressed may be removed. The focus would then move to a field further down and
    // scroll the panel there.
    const auto *focused = QApplication::focusWidget();
    if (m_go_live->isAncestorOf(focused) && focused->objectName() != QLatin1String("detail.people.count")) {
        findChild<QScrollArea *>(QStringLiteral("detail.scroll"))->setFocus();
    }
    const auto name = QString::fromStdString(m_details.tenant.name);
    m_services.worker->run(std::move(change))
        .then(this,
              [this, done, undo, then, id = m_id, name] {
                  if (then && id == m_id) {
                      then();
                  }
                  if (!done.isEmpty() && id == m_id) {
                      m_undo = undo;
                      say(Tone::Positive, done, undo ? tr("Undo") : QString());
                  } else if (!done.isEmpty()) {
                      say_of_another(Tone::Positive, name, done);
                  }
                  refresh();
                  emit changed();
              })
        .onFailed(this, [this, id = m_id, name](const std::exception &error) {
            const auto message = QString::fromUtf8(error.what());
            if (id == m_id) {
                say(Tone::Negative, message, {});
            } else {
                say_of_another(Tone::Negative, name, message);
            }
            emit trouble();
            refresh();
        });
}

// Scrolls to the banner, so that the message is seen whichever button was pressed.
void DetailPanel::say(Tone tone, const QString &text, const QString &action) {
    m_banner->show_message(tone, text, action);
    const auto *focused = QApplication::focusWidget();
    if (!action.isEmpty() && focused != nullptr && focused->objectName() == QLatin1String("detail.scroll")) {
        m_banner->action_button()->setFocus();
    }
    scroll_to_top();
}

// Shows an answer about another companion than the one in this panel, with her name.
void DetailPanel::say_of_another(Tone tone, const QString &name, const QString &text) {
    m_undo = nullptr;
    say(tone, QStringLiteral("%1: %2").arg(name, text), {});
}

void DetailPanel::scroll_to_top() {
    findChild<QScrollArea *>(QStringLiteral("detail.scroll"))->verticalScrollBar()->setValue(0);
}

void DetailPanel::set_status(models::TenantStatus status) {
    const auto name = QString::fromStdString(m_details.tenant.name);
    const auto before = m_details.tenant.status;
    const auto done = status == models::TenantStatus::Active     ? tr("%1’s site is live.").arg(name)
                      : status == models::TenantStatus::Inactive ? tr("%1’s site is offline.").arg(name)
                                                                 : tr("%1’s site is in preview.").arg(name);
    write([id = m_id, status](db::Session &session) { db::TenantStore(session).set_status(id, status); },
          done, [this, before] { set_status(before); });
}

void DetailPanel::make_share_link(int hours) {
    const auto name = QString::fromStdString(m_details.tenant.name);
    m_services.worker
        ->run([id = m_id, hours](db::Session &session) {
            return db::ShareLinkStore(session).create(id, std::chrono::hours(hours));
        })
        .then(this,
              [this, id = m_id, name](const db::ShareLink &link) {
                  if (id != m_id) {
                      say_of_another(Tone::Caution, name,
                                     tr("the link was created, but its address cannot be shown again. Revoke "
                                        "it and create another."));
                  } else {
                      const auto host =
                          QStringLiteral("preview-") + QString::fromStdString(m_details.tenant.subdomain);
                      m_share->show_link(site_address(m_services.public_url, host) +
                                         QStringLiteral("/?share=") + QString::fromStdString(link.token));
                      refresh();
                  }
              })
        .onFailed(this, [this, name](const std::exception &error) {
            m_banner->show_message(Tone::Negative,
                                   QStringLiteral("%1: %2").arg(name, QString::fromUtf8(error.what())));
            emit trouble();
        });
}

} // namespace studio::ui
