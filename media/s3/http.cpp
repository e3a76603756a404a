// SPDX-License-Identifier: Apache-2.0
#include "media/s3/http.h"

#include "base/text.h"
#include "base/version.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QEventLoop>
#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>

namespace studio::media::s3 {

namespace {

// Qt Network needs one, and keeps the words that it was made of.
void need_application() {
    static int count = 1;
    static char name[] = "companion";
    static char *words[] = {name, nullptr};
    if (!QCoreApplication::instance()) {
        static const QCoreApplication application(count, words);
    }
}

QNetworkRequest to_qt(const HttpRequest &request) {
    QNetworkRequest made(QUrl::fromEncoded(QByteArray::fromStdString(request.url), QUrl::StrictMode));
    made.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    made.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    made.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    made.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    made.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    made.setTransferTimeout(static_cast<int>(request.longest_silence.count()));
    made.setRawHeader("Accept-Encoding", "identity");
    made.setRawHeader("User-Agent", QByteArray("companion-studio/") + base::version());
    for (const auto &[name, value] : request.headers) {
        made.setRawHeader(QByteArray::fromStdString(name), QByteArray::fromStdString(value));
    }
    return made;
}

// nullptr where there is no body, or where the file cannot be opened.
std::unique_ptr<QIODevice> open_body(const HttpRequest &request) {
    std::unique_ptr<QIODevice> device;
    if (const auto *bytes = std::get_if<std::string>(&request.body)) {
        auto buffer = std::make_unique<QBuffer>();
        buffer->setData(bytes->data(), static_cast<int>(bytes->size()));
        device = std::move(buffer);
    } else if (const auto *file = std::get_if<FileBody>(&request.body)) {
        device = std::make_unique<QFile>(QString::fromStdString(file->file.string()));
    }
    if (device && !device->open(QIODevice::ReadOnly)) {
        device.reset();
    }
    return device;
}

// A HEAD by its own function, or Qt would wait for a body.
QNetworkReply *begin(QNetworkAccessManager &network, const HttpRequest &request, QIODevice *body) {
    const QNetworkRequest made = to_qt(request);
    if (request.method == "HEAD") {
        return network.head(made);
    }
    if (request.method == "GET") {
        return network.get(made);
    }
    if (request.method == "PUT") {
        return body ? network.put(made, body) : network.put(made, QByteArray());
    }
    if (request.method == "POST") {
        return body ? network.post(made, body) : network.post(made, QByteArray());
    }
    return body ? network.sendCustomRequest(made, QByteArray::fromStdString(request.method), body)
                : network.deleteResource(made);
}

// HTTP's own statuses are no faults; anything below them is.
Fault fault_of(QNetworkReply::NetworkError error) {
    switch (error) {
    case QNetworkReply::NoError:
        return Fault::None;
    case QNetworkReply::HostNotFoundError:
        return Fault::NoHost;
    case QNetworkReply::ConnectionRefusedError:
        return Fault::Refused;
    case QNetworkReply::SslHandshakeFailedError:
        return Fault::Certificate;
    case QNetworkReply::OperationCanceledError:
    case QNetworkReply::TimeoutError:
        return Fault::Silent;
    default:
        return error < QNetworkReply::ContentAccessDenied ? Fault::Broken : Fault::None;
    }
}

HttpAnswer to_answer(QNetworkReply &reply) {
    HttpAnswer answer;
    answer.fault = fault_of(reply.error());
    answer.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (answer.status == 0 && answer.fault == Fault::None) {
        answer.fault = Fault::Broken;
    }
    for (const auto &[name, value] : reply.rawHeaderPairs()) {
        answer.headers[base::lower_case(name.toStdString())] = value.toStdString();
    }
    answer.body = reply.readAll().toStdString();
    return answer;
}

} // namespace

std::string HttpAnswer::header(const std::string &name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

struct Http::Data {
    std::stop_token stop;
    QNetworkAccessManager network;
};

Http::Http(std::stop_token stop) {
    need_application();
    m_data = std::make_unique<Data>();
    m_data->stop = std::move(stop);
}

Http::~Http() = default;

HttpAnswer Http::send(const HttpRequest &request) {
    HttpAnswer stopped;
    stopped.fault = Fault::Canceled;
    if (m_data->stop.stop_requested()) {
        return stopped;
    }
    const auto body = open_body(request);
    const std::unique_ptr<QNetworkReply> reply(begin(m_data->network, request, body.get()));
    // The caller waits here by design: a worker's thread, or companionctl, which does nothing else. Never the
    // thread of a window; decision 14.
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    if (request.progress) {
        QObject::connect(reply.get(), &QNetworkReply::uploadProgress, &loop, [&](qint64 sent, qint64 of) {
            if (of > 0) {
                request.progress(static_cast<std::uint64_t>(sent), static_cast<std::uint64_t>(of));
            }
        });
    }
    // Called in whatever thread asks for the stop.
    const std::stop_callback on_stop(m_data->stop, [&] {
        QMetaObject::invokeMethod(reply.get(), &QNetworkReply::abort, Qt::QueuedConnection);
    });
    if (!reply->isFinished()) {
        loop.exec(QEventLoop::ExcludeUserInputEvents);
    }
    return m_data->stop.stop_requested() ? stopped : to_answer(*reply);
}

} // namespace studio::media::s3
