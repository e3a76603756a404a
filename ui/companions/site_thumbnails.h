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

#include <set>
#include <string>

namespace studio::ui {

// Pictures of sites as visitors see them, taken once for each revision and stored on the disk. Until a
// picture is ready a drawing of the site is shown. Everything is done in the background, one site at a time.
class SiteThumbnails final : public QObject {
    Q_OBJECT

public:
    SiteThumbnails(CompanionsServices services, QSize size, qreal device_pixel_ratio,
                   QObject *parent = nullptr);
    ~SiteThumbnails() override;

    // Answers with ready(), and with a second ready() if a drawing came first. Does nothing where this
    // revision was requested before.
    void request(const QString &tenant_id, const QString &subdomain, int revision);
    // Pictures (models::picture_of()) of all companions that are shown to nobody. Where they are others than
    // before, every site is asked for again with the next request().
    void set_hidden(std::set<std::string> pictures);

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
        QByteArray html;      // the page to take the picture of
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
    std::set<std::string> m_hidden;
    QSize m_size;
    qreal m_ratio;
    QHash<QString, int> m_sent; // tenant → revision
    QQueue<Wanted> m_queue;
    QHash<QString, QString> m_taking; // file → tenant
    QSet<QString> m_pictured;         // tenants whose real picture was sent
    bool m_busy = false;
    QThreadPool m_pool;
    preview::SitePictures m_pictures;
};

} // namespace studio::ui
