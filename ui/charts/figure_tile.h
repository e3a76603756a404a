// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/charts/format_figure.h"

#include <QFrame>

#include <vector>

class QLabel;

namespace studio::ui {

// A figure, its change from the previous period, and a small line of its days.
class FigureTile final : public QFrame {
    Q_OBJECT

public:
    FigureTile(const QString &name, const QString &title, QWidget *parent = nullptr);

    // `good_when_more` says which change is green.
    void set(const QString &figure, const Change &change, const QString &note, bool good_when_more = true);
    // With fewer than two values nothing is drawn; NaN is a gap.
    void set_days(std::vector<double> values);
    QString figure() const;
    QString change() const;
    QString note() const;

private:
    class Spark;
    QLabel *m_title;
    QLabel *m_figure;
    QLabel *m_change;
    QLabel *m_note;
    Spark *m_spark;
};

} // namespace studio::ui
