// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QWebEngineUrlSchemeHandler>

#include <filesystem>

namespace studio::preview {

// Answers studio://preview/: the draft's page at "/", the site's compiled-in files at /static/… and the local
// media folder at /media/…. Any other address is not found, and only GET is answered.
class SchemeHandler final : public QWebEngineUrlSchemeHandler {
    Q_OBJECT

public:
    explicit SchemeHandler(std::filesystem::path media_root, QObject *parent = nullptr);

    void set_page(const QByteArray &html) { m_html = html; }
    const QByteArray &page() const { return m_html; }
    void requestStarted(QWebEngineUrlRequestJob *job) override;

private:
    void serve_static(QWebEngineUrlRequestJob *job, const QString &name);
    void serve_media(QWebEngineUrlRequestJob *job, const QString &name);

    std::filesystem::path m_media_root;
    QByteArray m_html;
};

} // namespace studio::preview
