// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/panels/publish_wait.h"

#include "models/tenant/photo_releases.h"
#include "ui/editor/editor_session.h"
#include "ui/widgets/phrases.h"

#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int look_ms = 5000; // in case no notification arrives
constexpr int most_names = 5;

QStringList missing_photos(const TenantFacts &facts, const models::Documents &documents) {
    QStringList names;
    for (const auto &reaching : models::photos_that_reach_visitors(documents, {})) {
        const auto picture = models::picture_of(reaching.photo.url);
        if (std::ranges::find(facts.not_stored, picture) != facts.not_stored.end()) {
            const auto alt = QString::fromStdString(reaching.photo.alt);
            names << (alt.isEmpty() ? QString::fromStdString(picture.substr(picture.rfind('/') + 1)) : alt);
        }
    }
    return names;
}

} // namespace

PublishWait::PublishWait(EditorSession &session, QWidget *parent)
    : QFrame(parent), m_session(session), m_words(new QLabel(this)), m_wait(new QPushButton(this)),
      m_look(new QTimer(this)) {
    setObjectName(QStringLiteral("publish-wait"));
    m_words->setObjectName(QStringLiteral("publish-wait-words"));
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::PlainText);
    m_wait->setObjectName(QStringLiteral("publish-when-there"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_words);
    layout->addWidget(m_wait);
    hide();
    m_look->setInterval(look_ms);
    connect(m_look, &QTimer::timeout, &m_session, &EditorSession::refresh_facts);
    connect(&m_session.document(), &DraftDocument::changed, this, [this] { m_waits = false; });
    connect(m_wait, &QPushButton::clicked, this, [this] {
        m_waits = !m_waits;
        m_tenant = QString::fromStdString(m_session.facts().tenant.subdomain);
        show_state(true);
        emit changed();
    });
}

void PublishWait::set_uploads_problem(std::function<QString()> problem) {
    m_problem = std::move(problem);
}

void PublishWait::follow(bool may_publish) {
    m_photos = missing_photos(m_session.facts(), m_session.document().documents());
    if (m_tenant != QString::fromStdString(m_session.facts().tenant.subdomain)) {
        m_waits = false; // another companion is open
    }
    const bool is_ready = m_waits && m_photos.isEmpty() && may_publish;
    m_waits = m_waits && !is_ready;
    show_state(may_publish);
    if (is_ready) {
        emit ready();
    }
}

void PublishWait::show_state(bool may_publish) {
    setVisible(has_photos());
    if (!has_photos()) {
        m_look->stop();
        return;
    }
    m_look->start();
    auto names = m_photos.mid(0, most_names);
    if (m_photos.size() > most_names) {
        names << QStringLiteral("…");
    }
    auto words = tr("%1 not at the platform yet: %2.")
                     .arg(counted(static_cast<int>(m_photos.size()), tr("1 photo is"), tr("%1 photos are")),
                          names.join(QStringLiteral(", ")));
    if (m_waits) {
        words += QLatin1Char('\n') + tr("Changing the draft ends the waiting.");
    }
    const auto problem = m_problem ? m_problem() : QString();
    if (!problem.isEmpty()) {
        words += QLatin1Char('\n') + problem;
    }
    m_words->setText(words);
    m_wait->setVisible(m_session.facts().may_publish);
    m_wait->setEnabled(m_waits || may_publish);
    m_wait->setText(m_waits ? tr("Waiting for the photos: do not publish")
                            : tr("Publish when they are there"));
    m_wait->setAccessibleName(m_wait->text());
}

} // namespace studio::ui
