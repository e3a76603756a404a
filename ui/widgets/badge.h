// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPainter>
#include <QWidget>

namespace studio::ui {

struct Tokens;

enum class Tone { Neutral, Accent, Positive, Caution, Negative };
QColor tone_text(const Tokens &colors, Tone tone);
QColor tone_ground(const Tokens &colors, Tone tone);

// A pill, 22 px high, with the name of a state in it.
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
// Paints the same pill in a delegate, at the left edge of `rect` and vertically centred.
void paint_badge(QPainter &painter, const QRect &rect, const QString &text, Tone tone, const Tokens &colors);

} // namespace studio::ui
