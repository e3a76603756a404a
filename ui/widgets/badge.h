// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPainter>
#include <QWidget>

namespace studio::ui {

struct Tokens;

enum class Tone { Neutral, Accent, Positive, Caution, Negative };
QColor tone_text(const Tokens &colors, Tone tone);
QColor tone_ground(const Tokens &colors, Tone tone);

// A pill with a word of state in it. Height 22 px.
class Badge final : public QWidget {
    Q_OBJECT

public:
    explicit Badge(QWidget *parent = nullptr);
    void set(const QString &text, Tone tone);
    QString text() const { return m_text; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    Tone m_tone = Tone::Neutral;
};

QSize badge_size(const QFont &font, const QString &text);
// The same pill in a delegate, with its left edge at `rect` and centred over its height.
void paint_badge(QPainter &painter, const QRect &rect, const QString &text, Tone tone, const Tokens &colors);

} // namespace studio::ui
