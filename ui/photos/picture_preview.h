// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/picture_edits.h"

#include <QImage>
#include <QObject>
#include <QThreadPool>

#include <memory>
#include <optional>

namespace studio::ui {

// One file as a picture for the screen, with edits, made in the background. Wishes that come while one is
// being made are answered by the last of them.
class PicturePreview final : public QObject {
    Q_OBJECT

public:
    PicturePreview(const QString &file, int max_width, QObject *parent = nullptr);
    ~PicturePreview() override;

    void show(const media::PictureEdits &edits);

signals:
    void ready(const QImage &image);
    void failed(const QString &message); // the file cannot be read, or nothing is left of the picture

private:
    struct Source; // the decoded file, which only the background thread uses
    void start();

    std::shared_ptr<Source> m_source;
    std::optional<media::PictureEdits> m_wanted;
    bool m_busy = false;
    QThreadPool m_pool; // one thread
};

} // namespace studio::ui
