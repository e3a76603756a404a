// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preview/draft.h"
#include "preview/site_pictures.h"
#include "ui/companions/companions_services.h"

#include <QHash>
#include <QImage>
#include <QObject>
#include <QQueue>
#include <QSet>
#include <QThreadPool>

namespace studio::ui {

// Pictures of sites as they really look, each made once a revision and kept on the disk. Until a new one is
// made a drawing of the site stands in for it. Everything is done in the background, one site at a time.
class SiteThumbnails final : public QObject {
    Q_OBJECT

public:
    SiteThumbnails(CompanionsServices services, QSize size, qreal device_pixel_ratio,
                   QObject *parent = nullptr);
    ~SiteThumbnails() override;

    // Answers with ready(), twice where a drawing comes first, unless this revision was asked for before.
    void request(const QString &tenant_id, const QString &subdomain, int revision);

signals:
    void ready(const QString &tenant_id, const QImage &image);

private:
    struct Wanted {
        QString tenant_id;
        QString subdomain;
        int revision = 0;
    };
    struct Made {
        QImage image;
        QString missing_file; // "" where the image is the site's own picture
        QByteArray html;      // to make it of
    };
    void next();
    void show(const Wanted &wanted, const Made &made);
    void settle(const QString &file, const QImage &picture);
    void forget_waiting(const Wanted &failed);
    struct Page {
        models::Documents documents;
        models::Calendar calendar;
    };
    preview::Draft draft_of(const Wanted &wanted, const Page &page) const;

    CompanionsServices m_services;
    QSize m_size;
    qreal m_ratio;
    QHash<QString, int> m_sent; // tenant → revision
    QQueue<Wanted> m_queue;
    QHash<QString, QString> m_taking; // file → tenant
    QSet<QString> m_pictured;         // tenants that a real picture was sent of
    bool m_busy = false;
    QThreadPool m_pool;
    preview::SitePictures m_pictures;
};

} // namespace studio::ui
