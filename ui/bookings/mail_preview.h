// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/bookings/coming_mail.h"

#include <QFrame>

class QLabel;
class QTextBrowser;

namespace studio::ui {

// An email as it goes out: to whom, subject and text. Its height follows the text.
class MailPreview final : public QFrame {
    Q_OBJECT

public:
    // Object names begin with `name`.
    explicit MailPreview(const QString &name, QWidget *parent = nullptr);
    // `head` stands above it: "Email to client@example.com".
    void show_mail(const QString &head, const site::RenderedEmail &mail);
    // Why there is none.
    void show_none(const QString &reason);
    QString subject() const;
    QString body() const; // as it is read

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit_height();

    QLabel *m_head, *m_subject;
    QTextBrowser *m_body;
    std::string m_html;
};

} // namespace studio::ui
