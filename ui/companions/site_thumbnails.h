// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/companions/companions_services.h"

#include <QHash>
#include <QImage>
#include <QObject>
#include <QQueue>
#include <QThreadPool>

namespace studio::ui {

// Pictures of sites, made in the background one at a time and kept per revision.
class SiteThumbnails final : public QObject {
    Q_OBJECT

public:
    SiteThumbnails(CompanionsServices services, QSize size, qreal device_pixel_ratio,
                   QObject *parent = nullptr);
    ~SiteThumbnails() override;

    // Answers with ready() unless this revision's picture was sent before.
    void request(const QString &tenant_id, int revision);

signals:
    void ready(const QString &tenant_id, const QImage &image);

private:
    struct Wanted {
        QString tenant_id;
        int revision = 0;
    };
    void next();

    CompanionsServices m_services;
    QSize m_size;
    qreal m_ratio;
    QHash<QString, int> m_sent; // tenant → revision
    QQueue<Wanted> m_queue;
    bool m_busy = false;
    QThreadPool m_pool;
};

} // namespace studio::ui
