// SPDX-License-Identifier: Apache-2.0
#include "preview/draft_page.h"

#include "preview/page_bridge.h"
#include "preview/page_script.h"
#include "preview/scheme.h"
#include "preview/scheme_handler.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QWebChannel>
#include <QWebEngineScript>
#include <QWebEngineScriptCollection>
#include <QWebEngineSettings>

#include <algorithm>

namespace studio::preview {

namespace {

Q_LOGGING_CATEGORY(page_log, "studio.preview.page")

// A JavaScript string literal.
QString quoted(const QString &text) {
    const auto list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.mid(1, list.size() - 2));
}

struct Splice {
    qsizetype start = 0, removed = 0;
    QString text;
};

Splice difference(const QString &before, const QString &after) {
    const auto shorter = std::min(before.size(), after.size());
    qsizetype start = 0;
    while (start < shorter && before[start] == after[start]) {
        ++start;
    }
    qsizetype end = 0;
    while (end < shorter - start && before[before.size() - 1 - end] == after[after.size() - 1 - end]) {
        ++end;
    }
    return {start, before.size() - start - end, after.mid(start, after.size() - start - end)};
}

} // namespace

DraftPage::DraftPage(QWebEngineProfile *profile, SchemeHandler *handler, QObject *parent)
    : QWebEnginePage(profile, parent), m_handler(handler), m_bridge(new PageBridge(this)) {
    settings()->setAttribute(QWebEngineSettings::FocusOnNavigationEnabled, false);
    settings()->setAttribute(QWebEngineSettings::ErrorPageEnabled, false);
    settings()->setAttribute(QWebEngineSettings::PluginsEnabled, false);
    auto *channel = new QWebChannel(this);
    channel->registerObject(QStringLiteral("preview"), m_bridge);
    setWebChannel(channel, QWebEngineScript::ApplicationWorld);
    install_script();
    connect(this, &QWebEnginePage::loadFinished, this, &DraftPage::loaded);
    connect(
        this, &QWebEnginePage::renderProcessTerminated, this, [this] { reload_page(); },
        Qt::QueuedConnection);
}

void DraftPage::install_script() {
    QFile channel(QStringLiteral(":/qtwebchannel/qwebchannel.js"));
    if (!channel.open(QIODevice::ReadOnly)) {
        qCWarning(page_log) << "Click-to-edit is off: Qt's web channel script is missing.";
    }
    QWebEngineScript script;
    script.setName(QStringLiteral("studio-preview"));
    script.setWorldId(QWebEngineScript::ApplicationWorld);
    script.setInjectionPoint(QWebEngineScript::DocumentCreation);
    script.setSourceCode(QString::fromUtf8(channel.readAll()) + QString::fromUtf8(page_script));
    scripts().insert(script);
}

void DraftPage::show_html(const QByteArray &html) {
    m_handler->set_page(html);
    m_requested = QString::fromUtf8(html);
    if (m_loading) {
        return;
    }
    if (!m_ready) {
        reload_page();
        return;
    }
    if (m_requested == m_shown) {
        emit followed();
        return;
    }
    const auto splice = difference(m_shown, m_requested);
    m_shown = m_requested;
    const auto call = QStringLiteral("studioPreview.splice(%1,%2,%3)")
                          .arg(splice.start)
                          .arg(splice.removed)
                          .arg(quoted(splice.text));
    runJavaScript(call, QWebEngineScript::ApplicationWorld, [this](const QVariant &) { emit followed(); });
}

void DraftPage::reload_page() {
    m_loading = true;
    m_ready = false;
    m_shown = m_requested;
    load(QUrl(QString::fromLatin1(page_address)));
}

void DraftPage::loaded(bool ok) {
    m_loading = false;
    if (!ok) {
        if (!m_ready) { // with a loaded page only a link out of it was refused
            qCWarning(page_log) << "The preview could not load its page.";
        }
        return;
    }
    m_ready = true;
    run(QStringLiteral("studioPreview.start(%1)").arg(quoted(m_shown)));
    if (!m_highlight.isEmpty()) {
        highlight(m_highlight);
    }
    if (m_requested != m_shown) {
        show_html(m_handler->page());
    } else {
        emit followed();
    }
}

void DraftPage::highlight(const QString &pointer) {
    m_highlight = pointer;
    if (m_ready) {
        run(QStringLiteral("studioPreview.highlight(%1)").arg(quoted(pointer)));
    }
}

void DraftPage::run(const QString &call) {
    runJavaScript(call, QWebEngineScript::ApplicationWorld);
}

bool DraftPage::acceptNavigationRequest(const QUrl &url, NavigationType type, bool is_main_frame) {
    const auto address = QUrl(QString::fromLatin1(page_address));
    const bool ours =
        url.scheme() == address.scheme() && url.host() == address.host() && url.path() == address.path();
    return is_main_frame && ours &&
           (type == NavigationTypeTyped || type == NavigationTypeReload || url.hasFragment());
}

void DraftPage::javaScriptConsoleMessage(JavaScriptConsoleMessageLevel, const QString &message, int line,
                                         const QString &source) {
    qCDebug(page_log).noquote() << source << line << message;
}

} // namespace studio::preview
