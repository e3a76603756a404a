// SPDX-License-Identifier: Apache-2.0
#include "ui/charts/figure_tile.h"

#include "ui/charts/chart_palette.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/style_sheet.h"

#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace studio::ui {

// A line without axes, which shows only the shape of the figures.
class FigureTile::Spark final : public QWidget {
public:
    explicit Spark(QWidget *parent) : QWidget(parent) {
        setFixedHeight(30);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }
    void set(std::vector<double> values) {
        m_values = std::move(values);
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override {
        if (m_values.size() < 2) {
            return;
        }
        double largest = 1e-12;
        for (const double value : m_values) {
            largest = std::isfinite(value) ? std::max(largest, value) : largest;
        }
        QPainterPath line;
        bool gap = true;
        for (std::size_t index = 0; index < m_values.size(); ++index) {
            if (!std::isfinite(m_values[index])) {
                gap = true;
                continue;
            }
            const QPointF at(1 + (width() - 2.0) * static_cast<double>(index) /
                                     static_cast<double>(m_values.size() - 1),
                             height() - 2 - (height() - 4.0) * m_values[index] / largest);
            std::exchange(gap, false) ? line.moveTo(at) : line.lineTo(at);
        }
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(chart_color(tokens(palette()), 0), 1.5));
        painter.drawPath(line);
    }

private:
    std::vector<double> m_values;
};

FigureTile::FigureTile(const QString &name, const QString &title, QWidget *parent)
    : QFrame(parent), m_title(new ElidedLabel(title, this)), m_figure(new QLabel(this)),
      m_change(new QLabel(this)), m_note(new ElidedLabel({}, this)), m_spark(new Spark(this)) {
    setObjectName(name);
    setAccessibleName(title);
    set_card(this);
    set_text_role(m_title, TextRole::Muted);
    set_text_role(m_figure, TextRole::Title);
    set_text_role(m_note, TextRole::Small);
    m_figure->setObjectName(name + QStringLiteral(".figure"));
    m_change->setObjectName(name + QStringLiteral(".change"));
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_figure);
    row->addWidget(m_change, 1, Qt::AlignBottom);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 10, 14, 10);
    layout->setSpacing(2);
    layout->addWidget(m_title);
    layout->addLayout(row);
    layout->addWidget(m_note);
    layout->addWidget(m_spark);
}

void FigureTile::set(const QString &figure, const Change &change, const QString &note, bool good_when_more) {
    m_figure->setText(figure);
    m_change->setText(change.text);
    auto tone = change.tone;
    if (!good_when_more && tone != Tone::Neutral) {
        tone = tone == Tone::Positive ? Tone::Negative : Tone::Positive;
    }
    auto colors = m_change->palette();
    colors.setColor(QPalette::WindowText,
                    tone == Tone::Neutral ? tokens(palette()).muted : tone_text(tokens(palette()), tone));
    m_change->setPalette(colors);
    static_cast<ElidedLabel *>(m_note)->set_full_text(note);
    setAccessibleDescription(QStringList{figure, change.text, note}.join(QStringLiteral(". ")));
}

void FigureTile::set_days(std::vector<double> values) {
    m_spark->set(std::move(values));
}

QString FigureTile::figure() const {
    return m_figure->text();
}

QString FigureTile::change() const {
    return m_change->text();
}

QString FigureTile::note() const {
    return static_cast<ElidedLabel *>(m_note)->full_text();
}

} // namespace studio::ui
