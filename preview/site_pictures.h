// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QImage>
#include <QObject>
#include <QQueue>
#include <QTimer>

#include <filesystem>
#include <memory>

namespace studio::preview {

// Takes pictures of the top of pages at desktop width, off-screen, one after another. The browser engine
// starts with the first picture and ends after the last. Use it on the GUI thread.
class SitePictures final : public QObject {
    Q_OBJECT

public:
    explicit SitePictures(std::filesystem::path media_root, QObject *parent = nullptr);
    ~SitePictures() override;

    // Answers with taken(), or with failed() where the page did not load within ten seconds.
    void take(const QString &key, const QByteArray &html);
    // Drops the requests that have not begun.
    void clear() { m_queue.clear(); }

signals:
    void taken(const QString &key, const QImage &picture); // 1280×800
    void failed(const QString &key);

private:
    struct Wanted {
        QString key;
        QByteArray html;
    };
    struct Engine;
    void next();
    void grab();
    void give_up();
    void go_on();

    std::filesystem::path m_media_root;
    QQueue<Wanted> m_queue;
    QString m_key;  // of the picture being taken; "" for none
    QTimer m_begin; // starts the engine after the window has been shown
    QTimer m_rest;  // waits between "loaded" and the picture until fonts and pictures are drawn
    QTimer m_limit;
    std::unique_ptr<Engine> m_engine;
};

} // namespace studio::preview
