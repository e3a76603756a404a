// SPDX-License-Identifier: Apache-2.0
#include "ui/photos/picture_preview.h"

#include "media/edited_picture.h"
#include "ui/async/background.h"

#include <exception>
#include <utility>

namespace studio::ui {

struct PicturePreview::Source {
    QString file;
    int max_width = 0;
    std::optional<media::EditedPicture> picture;

    QImage edited(const media::PictureEdits &edits) {
        if (!picture) {
            picture.emplace(file.toStdString(), max_width);
        }
        const auto pixels = picture->edited(edits);
        const QImage shown(pixels.rgb.data(), pixels.width, pixels.height,
                           static_cast<qsizetype>(pixels.width) * 3, QImage::Format_RGB888);
        return shown.copy(); // the pixels go at the end of this function
    }
};

PicturePreview::PicturePreview(const QString &file, int max_width, QObject *parent)
    : QObject(parent), m_source(std::make_shared<Source>(Source{file, max_width, std::nullopt})) {
    m_pool.setMaxThreadCount(1);
}

PicturePreview::~PicturePreview() {
    m_pool.clear();
    m_pool.waitForDone();
}

void PicturePreview::show(const media::PictureEdits &edits) {
    m_wanted = edits;
    start();
}

void PicturePreview::start() {
    if (m_busy || !m_wanted) {
        return;
    }
    m_busy = true;
    run_in_background(
        m_pool,
        [source = m_source, edits = *std::exchange(m_wanted, std::nullopt)] { return source->edited(edits); })
        .then(this,
              [this](const QImage &image) {
                  m_busy = false;
                  emit ready(image);
                  start();
              })
        .onFailed(this, [this](const std::exception &error) {
            m_busy = false;
            emit failed(QString::fromUtf8(error.what()));
            start();
        });
}

} // namespace studio::ui
