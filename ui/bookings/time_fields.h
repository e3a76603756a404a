// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/tenant.h"
#include "models/values/timezone.h"

#include <QDateTime>
#include <QWidget>

#include <chrono>
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
    // Where no span is given, and the person has not chosen another length.
    void set_usual_length(std::chrono::minutes length);
    // Whether the length is the usual one, which no person has chosen.
    bool has_usual_length() const;
    // What has_usual_length() was, for a length that is entered again.
    void set_has_usual_length(bool usual);
    // As a person enters it, beside the span that was set.
    void enter_span(models::Time start, models::Time end);
    QWidget *first_field() const;
    // The moment that was given while day and time are untouched: in the hour that the clocks repeat, the
    // same words mean two moments.
    models::Time start() const;
    models::Time end() const;
    // Whether the person changed anything since set_span().
    bool is_edited() const;
    // "" where the time is one.
    QString problem() const;

signals:
    void changed();

private:
    void say();

    QDateTime local_start() const;

    QString m_zone = QString::fromLatin1(models::default_timezone), m_client_zone;
    std::optional<models::Time> m_given; // whose day and time the fields were filled with
    QDateTime m_given_local;
    int m_given_minutes = 0, m_usual_minutes = 60;
    bool m_length_is_chosen = false; // although it may be the usual one
    QDateEdit *m_day;
    QTimeEdit *m_time;
    QSpinBox *m_minutes;
    QLabel *m_words;
};

} // namespace studio::ui
