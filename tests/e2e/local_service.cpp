// SPDX-License-Identifier: Apache-2.0
#include "local_service.h"

#include "tests/support/eventually.h"

#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>

namespace studio::test_support {

namespace {

int free_port() {
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

bool answers_ready(int port) {
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(port));
    if (!socket.waitForConnected(500)) {
        return false;
    }
    socket.write("GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    QByteArray answer;
    while (socket.waitForReadyRead(1000)) {
        answer += socket.readAll();
    }
    return answer.startsWith("HTTP/1.1 200");
}

} // namespace

LocalService::LocalService() : m_workspace(workspace().toStdString()) {}

LocalService::~LocalService() {
    if (m_renderer.state() != QProcess::NotRunning) {
        m_renderer.terminate();
        if (!m_renderer.waitForFinished(10000)) {
            m_renderer.kill();
            m_renderer.waitForFinished(5000);
        }
    }
    try {
        m_workspace.stop();
    } catch (const std::exception &error) {
        qWarning("The workspace did not stop: %s", error.what());
    }
}

QString LocalService::start(const QMap<QString, QString> &more) {
    // If the test runs as root, PostgreSQL runs as another user, which must be able to enter the folder.
    QFile::setPermissions(m_folder.path(), QFile::permissions(m_folder.path()) | QFileDevice::ReadGroup |
                                               QFileDevice::ExeGroup | QFileDevice::ReadOther |
                                               QFileDevice::ExeOther);
    try {
        m_addresses = m_workspace.start();
    } catch (const std::exception &error) {
        return QString::fromUtf8(error.what());
    }
    m_port = free_port();
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DATABASE_URL"),
                       QString::fromStdString(m_addresses.logins.at("renderer")));
    environment.insert(QStringLiteral("LISTEN_ADDRESS"), QStringLiteral("127.0.0.1:%1").arg(m_port));
    environment.insert(QStringLiteral("METRICS_ADDRESS"), QStringLiteral("127.0.0.1:0"));
    environment.insert(QStringLiteral("PLATFORM_DOMAIN"), QStringLiteral("localhost"));
    environment.insert(QStringLiteral("LIMIT_FACTOR"), QStringLiteral("10000"));
    environment.insert(QStringLiteral("SESSION_SECRET"),
                       QStringLiteral("an end-to-end test's secret of enough length"));
    environment.insert(QStringLiteral("MEDIA_ROOT"), QString::fromStdString(m_addresses.media.string()));
    for (auto variable = more.begin(); variable != more.end(); ++variable) {
        environment.insert(variable.key(), variable.value());
    }
    m_renderer.setProcessEnvironment(environment);
    m_renderer.setStandardOutputFile(m_folder.filePath(QStringLiteral("renderer.log")));
    m_renderer.setStandardErrorFile(m_folder.filePath(QStringLiteral("renderer.err")));
    m_renderer.start(qEnvironmentVariable("STUDIO_BIN_DIR") + QStringLiteral("/companion-renderer"), {});
    bool has_ended = false;
    const bool is_ready = eventually(
        [&] {
            has_ended = m_renderer.state() == QProcess::NotRunning && !m_renderer.waitForStarted(100);
            return has_ended || answers_ready(m_port);
        },
        std::chrono::seconds(20));
    if (has_ended) {
        QFile log(m_folder.filePath(QStringLiteral("renderer.err")));
        return log.open(QIODevice::ReadOnly) ? QString::fromUtf8(log.readAll()) : m_renderer.errorString();
    }
    return is_ready ? QString() : QStringLiteral("The public service did not become ready");
}

QString LocalService::tenant_url(const QString &subdomain) const {
    return QStringLiteral("http://%1.localhost:%2/").arg(subdomain).arg(m_port);
}

} // namespace studio::test_support
