// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/photos/variant_weights.h"

#include "models/documents/photos.h"
#include "ui/widgets/style_sheet.h"

#include <QPainter>
#include <QSignalBlocker>

#include <algorithm>
#include <cmath>

namespace studio::ui {

WeightField::WeightField(DraftDocument &document, FieldRegistry &registry, const QString &pointer,
                         const QString &label, QWidget *parent)
    : Field(document, registry, pointer, label, parent), m_percent(new QSpinBox(this)) {
    m_percent->setRange(0, 100);
    m_percent->setSingleStep(5);
    m_percent->setSuffix(QStringLiteral(" %"));
    m_percent->setAlignment(Qt::AlignRight);
    m_percent->setFocusPolicy(Qt::StrongFocus);
    set_editor(m_percent);
    refresh();
    connect(m_percent, &QSpinBox::valueChanged, this, [this](int percent) { commit(percent / 100.0); });
}

void WeightField::refresh() {
    const auto now = value();
    const QSignalBlocker quiet(m_percent);
    m_percent->setValue(now.is_number() ? static_cast<int>(std::lround(now.get<double>() * 100)) : 0);
}

WeightsPicture::WeightsPicture(FormParts parts, QWidget *parent)
    : QWidget(parent), m_parts(std::move(parts)), m_words(new QLabel(this)) {
    m_words->setObjectName(QStringLiteral("weights-words"));
    m_words->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 22, 0, 0);
    column->addWidget(m_words);
    refresh();
    connect(&m_parts.document, &DraftDocument::changed, this, [this](const QString &pointer) {
        if (pointer.isEmpty() || pointer.startsWith(QLatin1String("/photos/hero")) ||
            pointer == QLatin1String("/photos")) {
            refresh();
        }
    });
}

void WeightsPicture::refresh() {
    if (const auto test = m_parts.hero_test ? m_parts.hero_test() : std::nullopt) {
        show_test(*test);
    } else {
        show_weights();
    }
    update();
}

void WeightsPicture::show_test(const models::Experiment &test) {
    const auto name = QString::fromStdString(test.name);
    set_text_role(m_words, TextRole::Muted);
    m_shares.clear();
    if (test.status == models::ExperimentStatus::Paused) {
        m_shares.append({name, 1});
        if (test.origin == "photos") {
            m_words->setText(tr("The A/B test of these shares is paused: everyone sees the control photo."));
            return;
        }
        m_words->setText(
            tr("The A/B test “%1” uses the hero photo and is paused: everyone sees its first variant. "
               "The shares below are not a test. Publish other shares after it has ended to start one.")
                .arg(name));
        return;
    }
    QStringList shares;
    for (const auto &arm : test.variants) {
        const auto words = QString::fromStdString(arm.name.empty() ? arm.id : arm.name);
        m_shares.append({words, arm.weight});
        shares << tr("%1 %2 %").arg(words).arg(std::lround(arm.weight * 100));
    }
    m_words->setText(
        tr("The A/B test “%1” is running on the hero photo: %2. The shares below are not a test. Publish "
           "other shares after it has ended to start one.")
            .arg(name, shares.join(QStringLiteral(", "))));
}

void WeightsPicture::show_weights() {
    const auto photos = models::read_photos(m_parts.document.documents().photos);
    const auto resting = m_parts.resting_weights ? m_parts.resting_weights() : std::nullopt;
    if (resting && photos.hero == *resting) {
        m_shares = {{tr("Control"), 1}};
        m_words->setText(
            tr("No A/B test of these shares is running: everyone sees the control photo. Publishing "
               "other shares starts one."));
        set_text_role(m_words, TextRole::Muted);
        return;
    }
    m_shares = {{tr("Control"), photos.hero.control_weight()}};
    double sum = 0;
    for (const auto &variant : photos.hero.variants) {
        m_shares.append({QString::fromStdString(variant.id), variant.weight});
        sum += variant.weight;
    }
    const auto control = static_cast<int>(std::lround(photos.hero.control_weight() * 100));
    auto role = TextRole::Muted;
    if (photos.hero.variants.empty()) {
        m_words->setText(
            tr("Everyone sees the hero photo. Add a variant to show another photo to some visitors."));
    } else if (sum > 1.0005) {
        m_words->setText(tr("The variants add up to %1 %, which is more than 100 %. Lower one of them.")
                             .arg(std::lround(sum * 100)));
        role = TextRole::Negative;
    } else if (control == 0) {
        m_words->setText(tr(
            "No baseline: nobody sees the control photo, so there is nothing to compare the variants with."));
        role = TextRole::Negative;
    } else {
        m_words->setText(tr("The control photo gets the rest: %1 % of the visitors.").arg(control));
    }
    set_text_role(m_words, role);
}

void WeightsPicture::paintEvent(QPaintEvent *) {
    const auto &colors = tokens(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    double total = 0;
    for (const auto &share : m_shares) {
        total += share.share;
    }
    double x = 0;
    const double scale = total > 0 ? width() / std::max(1.0, total) : 0;
    for (int i = 0; i < m_shares.size(); ++i) {
        const double wide = m_shares[i].share * scale;
        auto fill = i == 0 ? colors.control_border : colors.accent;
        fill.setAlphaF(i == 0 ? 1.0F : static_cast<float>(std::max(0.35, 1.0 - 0.25 * (i - 1))));
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        if (wide > 2) {
            painter.drawRoundedRect(QRectF(x, 0, wide - 2, 14), 3, 3);
        }
        x += wide;
    }
}

} // namespace studio::ui
