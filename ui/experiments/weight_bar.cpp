// SPDX-License-Identifier: Apache-2.0
#include "ui/experiments/weight_bar.h"

#include "ui/charts/chart_palette.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace studio::ui {

WeightBar::WeightBar(QWidget *parent) : QWidget(parent) {
    setObjectName(QStringLiteral("test.weights.bar"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFixedHeight(14);
}

void WeightBar::set_variants(const std::vector<models::Variant> &variants) {
    m_weights.clear();
    for (const auto &variant : variants) {
        m_weights.push_back(variant.weight);
    }
    setAccessibleName(weights_label(variants));
    update();
}

void WeightBar::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto &colors = tokens(palette());
    QPainterPath round;
    round.addRoundedRect(QRectF(rect()), 4, 4);
    painter.setClipPath(round);
    painter.fillRect(rect(), colors.skeleton);
    double sum = 0;
    for (const double weight : m_weights) {
        sum += weight;
    }
    double x = 0;
    for (std::size_t at = 0; at < m_weights.size(); ++at) {
        const double part = m_weights[at] / std::max(sum, 1.0) * width();
        painter.fillRect(QRectF(x, 0, std::max(0.0, part - 2), height()),
                         chart_color(colors, static_cast<int>(at)));
        x += part;
    }
}

QString weights_label(const std::vector<models::Variant> &variants) {
    int sum = 0;
    QStringList parts;
    for (std::size_t at = 0; at < variants.size(); ++at) {
        const int percent = qRound(variants[at].weight * 100);
        sum += percent;
        const auto name = variants[at].name.empty() ? WeightBar::tr("variant %1").arg(at + 1)
                                                    : QString::fromStdString(variants[at].name);
        parts << WeightBar::tr("%1 see “%2”").arg(percent).arg(name);
    }
    if (sum != 100) {
        return sum < 100 ? WeightBar::tr("The shares add up to %1 %: %2 % missing.").arg(sum).arg(100 - sum)
                         : WeightBar::tr("The shares add up to %1 %: %2 % too many.").arg(sum).arg(sum - 100);
    }
    const auto last = parts.isEmpty() ? QString() : parts.takeLast();
    return parts.isEmpty()
               ? WeightBar::tr("Of 100 visitors %1.").arg(last)
               : WeightBar::tr("Of 100 visitors %1 and %2.").arg(parts.join(QStringLiteral(", ")), last);
}

} // namespace studio::ui
