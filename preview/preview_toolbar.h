// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/json/json.h"
#include "preview/device.h"

#include <QWidget>

class QButtonGroup;
class QComboBox;
class QLabel;

namespace studio::preview {

// Device and variant switches above the preview.
class PreviewToolbar final : public QWidget {
    Q_OBJECT

public:
    explicit PreviewToolbar(QWidget *parent = nullptr);

    Device device() const;
    void set_device(Device device);
    // Offers the control and the hero variants of the photos document. The chosen one stays chosen if it
    // still exists.
    void set_variants(const models::Json &photos);
    QString variant() const; // "" is the control
    void set_zoom(double zoom);
    // A place at the right for buttons of the page around it (history, share, …).

signals:
    void device_changed(studio::preview::Device device);
    void variant_changed(const QString &id);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void build_layout();

    QButtonGroup *m_devices;
    QComboBox *m_variants;
    QLabel *m_zoom;
};

} // namespace studio::preview
