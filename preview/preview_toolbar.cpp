// SPDX-License-Identifier: Apache-2.0
#include "preview/preview_toolbar.h"

#include "models/documents/photos.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>

namespace studio::preview {

namespace {

constexpr int narrow = 420; // pixels

QString share(double weight) {
    return QStringLiteral("%1 %").arg(qRound(weight * 100));
}

} // namespace

PreviewToolbar::PreviewToolbar(QWidget *parent)
    : QWidget(parent), m_devices(new QButtonGroup(this)), m_variants(new QComboBox(this)),
      m_zoom(new QLabel(this)) {
    build_layout();
    connect(m_devices, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (on) {
            emit device_changed(static_cast<Device>(id));
        }
    });
    connect(m_variants, &QComboBox::currentIndexChanged, this, [this] { emit variant_changed(variant()); });
}

void PreviewToolbar::build_layout() {
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    const auto add = [this, row](Device device, const QString &text, const QString &name,
                                 const QString &tip) {
        auto *button = new QToolButton(this);
        button->setText(text);
        button->setToolTip(tip);
        button->setAccessibleName(tip);
        button->setObjectName(name);
        button->setCheckable(true);
        button->setAutoRaise(true);
        m_devices->addButton(button, static_cast<int>(device));
        row->addWidget(button);
    };
    add(Device::Phone, tr("Phone"), QStringLiteral("preview-phone"),
        tr("Show as on a phone, 390 pixels wide"));
    add(Device::Tablet, tr("Tablet"), QStringLiteral("preview-tablet"),
        tr("Show as on a tablet, 768 pixels wide"));
    add(Device::Desktop, tr("Desktop"), QStringLiteral("preview-desktop"), tr("Show as on a desktop"));
    m_devices->button(static_cast<int>(Device::Desktop))->setChecked(true);
    m_variants->setObjectName(QStringLiteral("preview-variant"));
    m_variants->setAccessibleName(tr("Hero photo variant shown"));
    m_variants->setToolTip(tr("Which hero photo the preview shows"));
    m_variants->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_variants->setMinimumWidth(120);
    row->addSpacing(8);
    row->addWidget(m_variants);
    m_zoom->setEnabled(false);
    row->addWidget(m_zoom);
    row->addStretch(1);
}

Device PreviewToolbar::device() const {
    return static_cast<Device>(m_devices->checkedId());
}

void PreviewToolbar::set_device(Device device) {
    m_devices->button(static_cast<int>(device))->setChecked(true);
}

void PreviewToolbar::set_variants(const models::Json &document) {
    const auto photos = models::read_photos(document);
    QStringList ids{QString()};
    QStringList texts{tr("Control · %1").arg(share(photos.hero.control_weight()))};
    for (const auto &variant : photos.hero.variants) {
        const auto letter = models::variant_letter(static_cast<std::size_t>(ids.size()) - 1);
        ids << QString::fromStdString(variant.id);
        texts << tr("Variant %1 · %2").arg(QString::fromStdString(letter), share(variant.weight));
    }
    const auto chosen = variant();
    bool same = m_variants->count() == ids.size();
    for (int i = 0; same && i < ids.size(); ++i) {
        same = m_variants->itemData(i).toString() == ids[i] && m_variants->itemText(i) == texts[i];
    }
    if (same) {
        return;
    }
    {
        const QSignalBlocker quiet(m_variants);
        m_variants->clear();
        for (int i = 0; i < ids.size(); ++i) {
            m_variants->addItem(texts[i], ids[i]);
        }
        m_variants->setCurrentIndex(std::max(0, static_cast<int>(ids.indexOf(chosen))));
    }
    m_variants->setVisible(ids.size() > 1);
    if (variant() != chosen) {
        emit variant_changed(variant());
    }
}

// A narrow preview hides the zoom, so that device and variant keep their space.
void PreviewToolbar::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    m_zoom->setVisible(width() >= narrow);
}

QString PreviewToolbar::variant() const {
    return m_variants->currentData().toString();
}

void PreviewToolbar::set_zoom(double zoom) {
    m_zoom->setText(zoom < 0.995 ? QStringLiteral("%1 %").arg(qRound(zoom * 100)) : QString());
}

} // namespace studio::preview
