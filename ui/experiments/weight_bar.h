// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/experiment.h"

#include <QWidget>

namespace studio::ui {

// A bar that shows the share of visitors of each variant, in the variants' chart colours.
class WeightBar final : public QWidget {
    Q_OBJECT

public:
    explicit WeightBar(QWidget *parent = nullptr);
    void set_variants(const std::vector<models::Variant> &variants);
    QSize sizeHint() const override { return {200, 14}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::vector<double> m_weights;
};

// "Of 100 visitors 50 see “Current page” and 50 see “Modern”.", or what is wrong with the sum.
QString weights_label(const std::vector<models::Variant> &variants);

} // namespace studio::ui
