// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QWebEnginePage>

namespace studio::preview {

class PageBridge;
class SchemeHandler;

// The page inside the preview. It loads once; after that, each new HTML sends only its changed middle to
// page_script.js, which changes the document in place. No link leads out of the page.
class DraftPage final : public QWebEnginePage {
    Q_OBJECT

public:
    DraftPage(QWebEngineProfile *profile, SchemeHandler *handler, QObject *parent = nullptr);

    void show_html(const QByteArray &html);
    // The next HTML is a different page: it is loaded whole and starts at its top.
    void begin_anew() { m_ready = false; }
    // Marks the elements that show the field, and brings the first into view; "" marks none.
    void highlight(const QString &pointer);
    PageBridge *bridge() const { return m_bridge; }

signals:
    // The document now shows the HTML that show_html() received last.
    void followed();

protected:
    bool acceptNavigationRequest(const QUrl &url, NavigationType type, bool is_main_frame) override;
    QWebEnginePage *createWindow(WebWindowType) override { return nullptr; }
    void javaScriptAlert(const QUrl &, const QString &) override {}
    bool javaScriptConfirm(const QUrl &, const QString &) override { return false; }
    bool javaScriptPrompt(const QUrl &, const QString &, const QString &, QString *) override {
        return false;
    }
    void javaScriptConsoleMessage(JavaScriptConsoleMessageLevel level, const QString &message, int line,
                                  const QString &source) override;

private:
    void install_script();
    void reload_page();
    void loaded(bool ok);
    void run(const QString &call);

    SchemeHandler *m_handler;
    PageBridge *m_bridge;
    QString m_shown; // the HTML that the document in the page was made of
    QString m_requested;
    QString m_highlight;
    bool m_loading = false;
    bool m_ready = false;
};

} // namespace studio::preview
