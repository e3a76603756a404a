// SPDX-License-Identifier: Apache-2.0
#include "preview/scheme_handler.h"

#include "preview/scheme.h"
#include "site/static_files.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMimeDatabase>
#include <QWebEngineUrlRequestJob>
#include <QWebEngineUrlScheme>

namespace studio::preview {

void register_scheme() {
    QWebEngineUrlScheme scheme(scheme_name);
    scheme.setSyntax(QWebEngineUrlScheme::Syntax::Host);
    scheme.setFlags(QWebEngineUrlScheme::SecureScheme | QWebEngineUrlScheme::CorsEnabled);
    QWebEngineUrlScheme::registerScheme(scheme);
}

namespace {

void reply(QWebEngineUrlRequestJob *job, const QByteArray &bytes, const QByteArray &content_type) {
    auto *buffer = new QBuffer(job);
    buffer->setData(bytes);
    job->reply(content_type, buffer);
}

} // namespace

SchemeHandler::SchemeHandler(std::filesystem::path media_root, QObject *parent)
    : QWebEngineUrlSchemeHandler(parent), m_media_root(std::move(media_root)) {}

void SchemeHandler::requestStarted(QWebEngineUrlRequestJob *job) {
    const auto path = job->requestUrl().path();
    if (job->requestMethod() != "GET") {
        job->fail(QWebEngineUrlRequestJob::RequestDenied);
    } else if (path == QLatin1String("/") || path.isEmpty()) {
        reply(job, m_html, "text/html");
    } else if (path.startsWith(QLatin1String("/static/"))) {
        serve_static(job, path.mid(8));
    } else if (path.startsWith(QLatin1String("/media/"))) {
        serve_media(job, path.mid(7));
    } else {
        job->fail(QWebEngineUrlRequestJob::UrlNotFound);
    }
}

void SchemeHandler::serve_static(QWebEngineUrlRequestJob *job, const QString &name) {
    const auto file = site::static_file(name.toStdString());
    if (!file) {
        job->fail(QWebEngineUrlRequestJob::UrlNotFound);
        return;
    }
    const auto type =
        QByteArray(file->content_type.data(), static_cast<qsizetype>(file->content_type.size()));
    reply(job, QByteArray::fromRawData(file->bytes.data(), static_cast<qsizetype>(file->bytes.size())),
          type.left(type.indexOf(';')));
}

void SchemeHandler::serve_media(QWebEngineUrlRequestJob *job, const QString &name) {
    const auto root = QDir(QString::fromStdString(m_media_root.string())).canonicalPath();
    const auto path = QFileInfo(root + QLatin1Char('/') + name).canonicalFilePath();
    if (root.isEmpty() || !path.startsWith(root + QLatin1Char('/'))) {
        job->fail(QWebEngineUrlRequestJob::UrlNotFound);
        return;
    }
    auto *file = new QFile(path, job);
    if (!file->open(QIODevice::ReadOnly)) {
        job->fail(QWebEngineUrlRequestJob::RequestFailed);
        return;
    }
    static const QMimeDatabase types;
    job->reply(types.mimeTypeForFile(path, QMimeDatabase::MatchExtension).name().toLatin1(), file);
}

} // namespace studio::preview
