// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>
#include <QToolButton>

namespace studio::ui {

struct PlaceholderChoice {
    QString name;    // "start"
    QString meaning; // "when it begins"
};

// Offers the placeholders of a text, each with its meaning.
class PlaceholderButton final : public QToolButton {
    Q_OBJECT

public:
    PlaceholderButton(const QString &pointer, const QString &label, const QList<PlaceholderChoice> &choices,
                      QWidget *parent = nullptr);

signals:
    void chosen(const QString &text); // "{{start}}"
};

} // namespace studio::ui
