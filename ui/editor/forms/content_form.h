// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/booking/booking_emails.h"
#include "ui/editor/forms/form_parts.h"

namespace studio::ui {

class TextField;
class ParagraphField;

// The form of the content document: all texts of the site.
class ContentForm final : public Form {
    Q_OBJECT

public:
    explicit ContentForm(const FormParts &parts, QWidget *parent = nullptr);

private:
    void build_introduction(QVBoxLayout *column);
    void build_services(QVBoxLayout *column);
    void build_prices(QVBoxLayout *column);
    void build_contact(QVBoxLayout *column);
    void build_social(QVBoxLayout *column);
    void build_testimonials(QVBoxLayout *column);
    void build_location(QVBoxLayout *column);
    void build_search(QVBoxLayout *column);
    void build_messages(QVBoxLayout *column);
    void build_wording(const models::BookingEmailKey &email, QVBoxLayout *column);
    void build_replies(QVBoxLayout *column);
    void build_questions(QVBoxLayout *column);
    void build_consent(QVBoxLayout *column);
    void build_legal(QVBoxLayout *column);

    TextField *line(QVBoxLayout *column, const QString &pointer, const QString &label);
    ParagraphField *paragraph(QVBoxLayout *column, const QString &pointer, const QString &label,
                              bool markdown);
};

} // namespace studio::ui
