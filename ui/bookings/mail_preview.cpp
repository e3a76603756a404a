// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/mail_preview.h"

#include "ui/widgets/style_sheet.h"
#include "ui/widgets/theme.h"

#include <QLabel>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <cmath>

namespace studio::ui {

namespace {
constexpr int margin = 12;
}

MailPreview::MailPreview(const QString &name, QWidget *parent)
    : QFrame(parent), m_head(new QLabel(this)), m_subject(new QLabel(this)), m_body(new QTextBrowser(this)) {
    setObjectName(name);
    set_card(this);
    m_head->setObjectName(name + QStringLiteral(".head"));
    set_text_role(m_head, TextRole::Small);
    m_subject->setObjectName(name + QStringLiteral(".subject"));
    m_subject->setAccessibleName(tr("Subject of the email"));
    set_text_role(m_subject, TextRole::Section);
    for (auto *label : {m_head, m_subject}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_body->setObjectName(name + QStringLiteral(".body"));
    m_body->setAccessibleName(tr("Text of the email"));
    m_body->setFrameShape(QFrame::NoFrame);
    m_body->setOpenLinks(false); // it is looked at, not used
    m_body->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_body->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_body->document()->setDocumentMargin(margin);
    m_body->document()->setDefaultStyleSheet(
        QStringLiteral("a { color: %1 }").arg(light_tokens().accent.name()));
    m_body->setProperty("paper", true); // the email is on white, also where the studio is dark
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->setSpacing(6);
    layout->addWidget(m_head);
    layout->addWidget(m_subject);
    layout->addWidget(m_body);
}

void MailPreview::show_mail(const QString &head, const site::RenderedEmail &mail) {
    m_head->setText(head);
    m_subject->setText(QString::fromStdString(mail.subject));
    m_subject->show();
    m_body->show();
    if (m_html != mail.html) {
        m_html = mail.html;
        m_body->setHtml(QString::fromStdString(m_html));
        fit_height();
    }
}

void MailPreview::show_none(const QString &reason) {
    m_head->setText(reason);
    m_subject->hide();
    m_subject->clear();
    m_body->hide();
    m_body->clear();
    m_html.clear();
}

QString MailPreview::subject() const {
    return m_subject->text();
}

QString MailPreview::body() const {
    return m_body->toPlainText();
}

void MailPreview::resizeEvent(QResizeEvent *event) {
    QFrame::resizeEvent(event);
    fit_height();
}

void MailPreview::fit_height() {
    auto *document = m_body->document();
    document->setTextWidth(m_body->viewport()->width());
    m_body->setFixedHeight(static_cast<int>(std::ceil(document->size().height())));
}

} // namespace studio::ui
