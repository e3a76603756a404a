// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/tenant.h"

#include <QWidget>

#include <optional>

class QDateEdit;
class QLabel;
class QSpinBox;
class QTimeEdit;

namespace studio::ui {

// Day, time and length on the clock of a zone, with the whole span in words below, for the client's clock too
// where that is another.
class TimeFields final : public QWidget {
    Q_OBJECT

public:
    // Object names begin with `name`.
    explicit TimeFields(const QString &name, QWidget *parent = nullptr);
    // `client_zone`: "" where it is unknown.
    void set_zone(const QString &zone, const QString &client_zone = {});
    void set_span(std::optional<models::Time> start, std::optional<models::Time> end);
    QWidget *first_field() const;
    models::Time start() const;
    models::Time end() const;

signals:
    void changed();

private:
    void say();

    QString m_zone = QStringLiteral("UTC"), m_client_zone;
    QDateEdit *m_day;
    QTimeEdit *m_time;
    QSpinBox *m_minutes;
    QLabel *m_words;
};

} // namespace studio::ui
