// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/panels/publish_panel.h"

#include "models/editing/describe_change.h"
#include "ui/editor/draft_photos.h"
#include "ui/editor/panels/publish_refusal.h"
#include "ui/editor/panels/publish_wait.h"
#include "ui/editor/panels/scroll_column.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/words.h"

#include <QDesktopServices>
#include <QScrollArea>
#include <QTimer>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int max_changes = 12;

// A button with text that wraps.
class Line final : public QAbstractButton {
public:
    Line(const ChecklistItem &item, QWidget *parent)
        : QAbstractButton(parent), m_label(new QLabel(item.text, this)) {
        const auto &colors = tokens(palette());
        const bool blocks = item.level == ChecklistItem::Level::Blocking;
        auto *icon = new QLabel(this);
        icon->setPixmap(line_pixmap(blocks ? QStringLiteral("error") : QStringLiteral("warning"),
                                    blocks ? colors.negative : colors.caution, 16, devicePixelRatioF()));
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(4, 6, 4, 6);
        row->addWidget(icon, 0, Qt::AlignTop);
        row->addWidget(m_label, 1);
        m_label->setWordWrap(true);
        m_label->setTextFormat(Qt::PlainText);
        setAccessibleName(item.text);
        setObjectName(QStringLiteral("check:") +
                      (item.at_companions ? QStringLiteral("companions") : item.pointer));
        if (item.pointer.isEmpty() && !item.at_companions) {
            setFocusPolicy(Qt::NoFocus);
        } else {
            setCursor(Qt::PointingHandCursor);
            setToolTip(item.at_companions ? PublishPanel::tr("Go to verification and releases")
                                          : PublishPanel::tr("Go to field"));
            setFocusPolicy(Qt::StrongFocus);
        }
    }

protected:
    void paintEvent(QPaintEvent *) override {
        QPainter painter(this);
        const auto &colors = tokens(palette());
        if (hasFocus() || (underMouse() && focusPolicy() != Qt::NoFocus)) {
            painter.setPen(hasFocus() ? QPen(colors.accent, 2) : QPen(Qt::NoPen));
            painter.setBrush(colors.hover);
            painter.drawRoundedRect(rect().adjusted(1, 1, -1, -1), 6, 6);
        }
    }

private:
    QLabel *m_label;
};

} // namespace

PublishPanel::PublishPanel(EditorSession &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_timer(new QTimer(this)),
      m_refusal(new PublishRefusal(session, this)), m_wait(new PublishWait(session, this)),
      m_summary(new QLabel(this)), m_lines(new QVBoxLayout), m_changes(new QLabel(this)),
      m_release(new QPushButton(this)), m_remove(new QPushButton(this)),
      m_publish(new QPushButton(tr("Publish now"), this)), m_live(new QLabel(this)),
      m_open_live(new QPushButton(tr("Open live page"), this)),
      m_go_live(new QPushButton(tr("Go live…"), this)) {
    setObjectName(QStringLiteral("publish-panel"));
    m_publish->setObjectName(QStringLiteral("publish-now"));
    m_release->setObjectName(QStringLiteral("record-releases"));
    m_remove->setObjectName(QStringLiteral("remove-taken-down"));
    m_go_live->setObjectName(QStringLiteral("go-live"));
    m_open_live->setObjectName(QStringLiteral("open-live"));
    m_live->setObjectName(QStringLiteral("live-words"));
    m_summary->setObjectName(QStringLiteral("publish-summary"));
    m_summary->setWordWrap(true);
    m_live->setWordWrap(true);
    set_text_role(m_live, TextRole::Muted);
    set_button_role(m_publish, ButtonRole::Primary);
    m_open_live->setIcon(line_icon(QStringLiteral("external")));
    m_changes->setObjectName(QStringLiteral("publish-changes"));
    m_changes->setWordWrap(true);
    m_changes->setTextFormat(Qt::PlainText);
    m_lines->setSpacing(0);
    auto *content = new QVBoxLayout;
    content->setSpacing(12);
    content->addLayout(m_lines);
    content->addWidget(m_changes);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    connect(m_refusal, &PublishRefusal::differences_requested, this, &PublishPanel::differences_requested);
    connect(m_refusal, &PublishRefusal::standing_changed, this, &PublishPanel::show_publication);
    column->addWidget(m_summary);
    column->addWidget(m_refusal);
    column->addWidget(m_wait);
    column->addWidget(scroll_column(content, this), 1);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_remove, m_release, m_live, m_open_live, m_go_live, m_publish}) {
        column->addWidget(widget);
    }
    m_timer->setSingleShot(true);
    m_timer->setInterval(120);
    connect(m_timer, &QTimer::timeout, this, &PublishPanel::refresh);
    connect(m_wait, &PublishWait::ready, &m_session, &EditorSession::publish);
    connect(m_wait, &PublishWait::changed, this, &PublishPanel::show_publication);
    connect(m_publish, &QPushButton::clicked, &m_session, &EditorSession::publish);
    connect(m_release, &QPushButton::clicked, this, &PublishPanel::record_releases);
    connect(m_remove, &QPushButton::clicked, this,
            [this] { remove_taken_down_photos(m_session.document(), m_session.facts()); });
    connect(m_go_live, &QPushButton::clicked, this, &PublishPanel::go_live_requested);
    connect(m_open_live, &QPushButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl(m_session.live_address())); });
    connect(&m_session.document(), &DraftDocument::changed, this, &PublishPanel::refresh_soon);
    connect(&m_session.document(), &DraftDocument::issues_changed, this, &PublishPanel::refresh_soon);
    connect(&m_session, &EditorSession::facts_changed, this, &PublishPanel::refresh);
    connect(&m_session, &EditorSession::progress_changed, this, &PublishPanel::show_publication);
}

void PublishPanel::refresh_soon() {
    if (!m_timer->isActive()) {
        m_timer->start();
    }
}

void PublishPanel::refresh() {
    if (m_session.state() != EditorSession::State::Ready) {
        return;
    }
    auto items =
        publish_checklist(m_session.facts(), m_session.document().documents(), m_session.document().issues());
    if (!m_shown_once || items != m_items) {
        m_shown_once = true;
        m_items = std::move(items);
        clear_lines(m_lines);
        for (const auto &item : m_items) {
            add_line(item);
        }
    }
    m_problems = blocking(m_items);
    const auto missing = std::count_if(m_items.begin(), m_items.end(),
                                       [](const auto &item) { return !item.release_url.isEmpty(); });
    m_release->setVisible(missing > 0);
    m_release->setText(counted(static_cast<int>(missing), tr("I have the release for this photo: record it"),
                               tr("I have the releases for these %1 photos: record them")));
    show_removal();
    show_changes();
    m_refusal->follow_facts();
    m_wait->follow(m_problems == 0 && !m_session.publishing() && !m_session.saving());
    show_publication();
    emit problems_changed(m_problems);
}

void PublishPanel::show_removal() {
    auto photos = taken_down_photos(m_session.document().documents(), m_session.facts());
    std::erase_if(photos, [](const DraftPhoto &photo) { return photo.pointer.isEmpty(); });
    m_remove->setVisible(!photos.empty() && !m_session.document().read_only());
    m_remove->setText(counted(static_cast<int>(photos.size()), tr("Remove the photo that was taken down"),
                              tr("Remove the photo that was taken down from %1 places")));
}

void PublishPanel::add_line(const ChecklistItem &item) {
    auto *line = new Line(item, this);
    m_lines->addWidget(line);
    if (item.at_companions) {
        connect(line, &QAbstractButton::clicked, this, &PublishPanel::go_live_requested);
    } else if (!item.pointer.isEmpty()) {
        connect(line, &QAbstractButton::clicked, this,
                [this, pointer = item.pointer] { emit field_requested(pointer); });
    }
}

void PublishPanel::show_changes() {
    const auto &tenant = m_session.facts().tenant;
    QStringList lines;
    if (tenant.published_revision && m_problems == 0) {
        const auto &now = m_session.document().documents();
        for (const auto &line : models::describe_all(tenant.published, now)) {
            lines << QStringLiteral("• ") + QString::fromStdString(line);
        }
    }
    const int more = static_cast<int>(lines.size()) - max_changes;
    if (more > 0) {
        lines.resize(max_changes);
        lines << counted(more, tr("• and one more"), tr("• and %1 more"));
    }
    m_changes->setVisible(!lines.isEmpty());
    m_changes->setText(lines.isEmpty() ? QString()
                                       : tr("Visitors will see:\n%1").arg(lines.join(QLatin1Char('\n'))));
}

void PublishPanel::show_publication() {
    const auto &tenant = m_session.facts().tenant;
    const auto &document = m_session.document();
    const bool live_is_this = !document.dirty() && tenant.published_revision == document.base_number();
    if (m_problems > 0) {
        m_summary->setText(counted(m_problems, tr("Fix 1 problem before publishing."),
                                   tr("Fix %1 problems before publishing.")));
    } else if (!m_session.facts().may_publish) {
        m_summary->setText(tr("An operator publishes your saved draft."));
    } else if (m_refusal->standing()) {
        m_summary->setText(m_refusal->next_step());
    } else if (live_is_this) {
        m_summary->setText(tr("This draft is already published."));
    } else if (m_wait->has_photos()) {
        m_summary->setText(m_wait->waits() ? tr("It is published by itself when the photos are there.")
                                           : tr("Photos are still on their way."));
    } else if (document.dirty()) {
        m_summary->setText(tr("Ready to publish. Unsaved edits are saved first."));
    } else {
        m_summary->setText(tr("Ready to publish revision %1.").arg(document.base_number()));
    }
    m_publish->setVisible(m_session.facts().may_publish && !m_refusal->standing());
    m_publish->setEnabled(m_problems == 0 && !m_wait->has_photos() && !live_is_this &&
                          !m_session.publishing() && !m_session.saving());
    m_publish->setText(m_session.publishing() || m_session.saving() ? tr("Publishing…") : tr("Publish now"));
    const bool live = tenant.status == models::TenantStatus::Active && tenant.published_revision.has_value();
    m_open_live->setVisible(live);
    m_go_live->setVisible(!live && live_is_this && m_session.facts().compliance_known);
    m_live->setText(
        live ? (live_is_this ? tr("Live now at %1") : tr("%1 shows an earlier revision"))
                   .arg(m_session.live_address())
             : tr("The site is not live. Visitors cannot see it until its status is set to live."));
}

void PublishPanel::record_releases() {
    QStringList urls;
    for (const auto &item : m_items) {
        if (!item.release_url.isEmpty()) {
            urls << item.release_url;
        }
    }
    m_session.record_releases(urls);
}

} // namespace studio::ui
