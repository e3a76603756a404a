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

// Pictures of pages as a browser of desktop width shows their beginning, made off-screen one after another.
// The engine starts with the first and ends after the last. Lives on the thread of the user interface.
class SitePictures final : public QObject {
    Q_OBJECT

public:
    explicit SitePictures(std::filesystem::path media_root, QObject *parent = nullptr);
    ~SitePictures() override;

    // Answers with taken(), or with failed() where the page did not come within ten seconds.
    void take(const QString &key, const QByteArray &html);
    // Forgets what was asked for and not begun.
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
    QString m_key;  // being made; "" for none
    QTimer m_begin; // so that the window is there first
    QTimer m_rest;  // between "loaded" and the picture: fonts and pictures settle
    QTimer m_limit;
    std::unique_ptr<Engine> m_engine;
};

} // namespace studio::preview
