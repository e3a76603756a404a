// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/start_page.h"

#include "ui/widgets/line_icon.h"
#include "ui/widgets/style_sheet.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QVBoxLayout>

#include <algorithm>

namespace studio::ui {

namespace {
constexpr int text_width = 460;
}

StartPage::StartPage(QWidget *parent)
    : QWidget(parent), m_title(new QLabel(this)), m_text(new QLabel(this)),
      m_progress(new QProgressBar(this)), m_retry(new QPushButton(tr("Try again"), this)),
      m_other(new QPushButton(tr("Sign in elsewhere"), this)), m_panel_frame(new QWidget(this)) {
    setObjectName(QStringLiteral("start"));
    m_title->setObjectName(QStringLiteral("start.title"));
    m_text->setObjectName(QStringLiteral("start.text"));
    m_retry->setObjectName(QStringLiteral("start.retry"));
    m_other->setObjectName(QStringLiteral("start.other"));
    set_text_role(m_title, TextRole::Title);
    set_text_role(m_text, TextRole::Muted);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_text->setFixedWidth(text_width);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedSize(200, 4);
    set_button_role(m_retry, ButtonRole::Primary);
    auto *mark = new QLabel(this);
    mark->setPixmap(product_icon().pixmap(64, 64));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_other);
    buttons->addWidget(m_retry);
    buttons->addStretch(1);
    auto *frame = new QVBoxLayout(m_panel_frame);
    frame->setContentsMargins(0, 0, 0, 0);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addStretch(2);
    layout->addWidget(mark, 0, Qt::AlignHCenter);
    layout->addSpacing(12);
    layout->addWidget(m_title, 0, Qt::AlignHCenter);
    layout->addWidget(m_text, 0, Qt::AlignHCenter);
    layout->addSpacing(12);
    layout->addWidget(m_progress, 0, Qt::AlignHCenter);
    layout->addLayout(buttons);
    layout->addWidget(m_panel_frame, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    connect(m_retry, &QPushButton::clicked, this, &StartPage::retry_requested);
    connect(m_other, &QPushButton::clicked, this, &StartPage::other_account_requested);
    show_progress({});
}

void StartPage::say(const QString &text) {
    m_text->setText(text);
    m_text->setMinimumHeight(
        std::max(0, m_text->heightForWidth(text_width))); // because the layout asks for the height too late
}

void StartPage::show_progress(const QString &text) {
    m_title->setText(tr("Companion Studio"));
    say(text);
    m_progress->show();
    m_retry->hide();
    m_other->hide();
    m_panel_frame->hide();
}

void StartPage::show_error(const QString &title, const QString &text) {
    m_title->setText(title);
    say(text);
    m_progress->hide();
    m_retry->show();
    m_other->show();
    m_panel_frame->hide();
}

void StartPage::show_panel(const QString &title, const QString &text, QWidget *panel) {
    if (m_panel != panel) {
        delete m_panel;
        m_panel = panel;
        m_panel_frame->layout()->addWidget(panel);
    }
    m_title->setText(title);
    say(text);
    m_progress->hide();
    m_retry->hide();
    m_other->hide();
    m_panel_frame->show();
}

} // namespace studio::ui
