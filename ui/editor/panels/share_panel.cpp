// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/panels/share_panel.h"

#include "ui/editor/panels/scroll_column.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/site_address.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/words.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QToolButton>
#include <QUrlQuery>
#include <QVBoxLayout>

#include <algorithm>

namespace studio::ui {

SharePanel::SharePanel(EditorSession &session, const EditorServices &services, QWidget *parent)
    : QWidget(parent), m_session(session), m_worker(*services.worker), m_public_url(services.public_url),
      m_valid(new QComboBox(this)), m_create(new QPushButton(tr("Create link"), this)),
      m_link(new QLineEdit(this)),
      m_copy(new QPushButton(line_icon(QStringLiteral("copy")), tr("Copy"), this)),
      m_message(new QLabel(this)), m_list(new QVBoxLayout) {
    build_layout();
    connect(m_create, &QPushButton::clicked, this, &SharePanel::create);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_link->text()); });
    connect(&m_session, &EditorSession::state_changed, this, [this] {
        if (m_session.state() != EditorSession::State::Ready) {
            forget();
        } else if (isVisible()) {
            refresh();
        }
    });
}

void SharePanel::build_layout() {
    setObjectName(QStringLiteral("share-panel"));
    auto *words = new QLabel(tr("Anyone with the link can see the saved draft until it expires, without "
                                "signing in. Search engines cannot."),
                             this);
    words->setWordWrap(true);
    set_text_role(words, TextRole::Muted);
    m_valid->setObjectName(QStringLiteral("share-valid"));
    m_valid->setAccessibleName(tr("Valid for"));
    for (const auto &[text, hours] : {std::pair{tr("Valid for 1 day"), 24},
                                      {tr("Valid for 3 days"), 72},
                                      {tr("Valid for 7 days"), 168}}) {
        m_valid->addItem(text, hours);
    }
    m_create->setObjectName(QStringLiteral("share-create"));
    m_link->setObjectName(QStringLiteral("share-link"));
    m_link->setAccessibleName(tr("Link to draft"));
    m_link->setReadOnly(true);
    m_copy->setObjectName(QStringLiteral("share-copy"));
    m_message->setObjectName(QStringLiteral("share-message"));
    m_message->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{words, m_valid, m_create, m_link, m_copy, m_message}) {
        column->addWidget(widget);
    }
    column->addLayout(m_list);
    column->addStretch(1);
    m_link->hide();
    m_copy->hide();
    m_message->hide();
}

void SharePanel::refresh() {
    const auto opening = m_session.opening();
    m_worker
        .run([id = m_session.tenant_id()](db::Session &session) {
            return db::ShareLinkStore(session).list(id);
        })
        .then(this,
              [this, opening](const std::vector<db::ShareLink> &links) {
                  if (opening == m_session.opening()) {
                      show_links(links);
                  }
              })
        .onFailed(this, [this, opening](const std::exception &error) {
            if (opening == m_session.opening()) {
                show_error(QString::fromUtf8(error.what()));
            }
        });
}

void SharePanel::create() {
    const std::chrono::hours valid(m_valid->currentData().toInt());
    const auto opening = m_session.opening();
    const auto name = m_session.tenant_name();
    m_worker
        .run([id = m_session.tenant_id(), valid](db::Session &session) {
            return db::ShareLinkStore(session).create(id, valid);
        })
        .then(this,
              [this, opening, name](const db::ShareLink &link) {
                  if (opening == m_session.opening()) {
                      show_new_link(link);
                  } else {
                      emit m_session.left_behind(
                          tr("A link to %1’s draft was created after you left the site, so its address "
                             "cannot be shown. Revoke it and create another in the Share panel.")
                              .arg(name));
                  }
              })
        .onFailed(this, [this, opening, name](const std::exception &error) {
            const auto message = QString::fromUtf8(error.what());
            if (opening == m_session.opening()) {
                show_error(message);
            } else {
                emit m_session.left_behind(QStringLiteral("%1: %2").arg(name, message));
            }
        });
}

void SharePanel::show_new_link(const db::ShareLink &link) {
    const auto host = QStringLiteral("preview-") + QString::fromStdString(m_session.facts().tenant.subdomain);
    QUrl address(site_address(m_public_url, host) + QLatin1Char('/'));
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("share"), QString::fromStdString(link.token));
    address.setQuery(query);
    m_shown_link = QString::fromStdString(link.id);
    m_link->setText(address.toString(QUrl::FullyEncoded));
    m_link->setCursorPosition(0);
    refresh();
}

void SharePanel::revoke(const QString &id) {
    const auto opening = m_session.opening();
    const auto name = m_session.tenant_name();
    m_worker.run([id = id.toStdString()](db::Session &session) { db::ShareLinkStore(session).revoke(id); })
        .then(this,
              [this, opening] {
                  if (opening == m_session.opening()) {
                      refresh();
                  }
              })
        .onFailed(this, [this, opening, name](const std::exception &error) {
            const auto message = QString::fromUtf8(error.what());
            if (opening == m_session.opening()) {
                show_error(message);
            } else {
                emit m_session.left_behind(QStringLiteral("%1: %2").arg(name, message));
            }
        });
}

// Clears everything that was shown of the previous companion.
void SharePanel::forget() {
    m_shown_link.clear();
    m_link->clear();
    m_message->hide();
    show_links({});
}

void SharePanel::show_links(const std::vector<db::ShareLink> &links) {
    m_message->hide();
    clear_lines(m_list);
    const bool still_there = std::any_of(links.begin(), links.end(), [this](const auto &link) {
        return link.id == m_shown_link.toStdString();
    });
    m_link->setVisible(still_there);
    m_copy->setVisible(still_there);
    for (const auto &link : links) {
        auto *line = new QWidget(this);
        auto *row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        auto *words = new QLabel(
            tr("Expires %1, created by %2")
                .arg(full_time(to_date_time(link.expires_at)), QString::fromStdString(link.created_by)),
            line);
        words->setWordWrap(true);
        set_text_role(words, TextRole::Small);
        auto *end = new QToolButton(line);
        end->setIcon(line_icon(QStringLiteral("trash")));
        end->setAccessibleName(tr("Revoke link"));
        end->setToolTip(tr("Revoke link now"));
        end->setObjectName(QStringLiteral("share-revoke:") + QString::fromStdString(link.id));
        row->addWidget(words, 1);
        row->addWidget(end);
        m_list->addWidget(line);
        connect(end, &QToolButton::clicked, this,
                [this, id = QString::fromStdString(link.id)] { revoke(id); });
    }
}

void SharePanel::show_error(const QString &message) {
    set_text_role(m_message, TextRole::Negative);
    m_message->setText(message);
    m_message->show();
}

} // namespace studio::ui
