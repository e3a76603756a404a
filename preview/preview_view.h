// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preview/device.h"
#include "preview/draft.h"

#include <QPointer>
#include <QWidget>

#include <filesystem>
#include <optional>

class QWebEngineProfile;
class QWebEngineView;

namespace studio::preview {

class DraftPage;
class DraftRenderer;
class PreviewToolbar;
class SchemeHandler;

// A tenant's draft as visitors would see it, at a device's width, following every edit.
class PreviewView final : public QWidget {
    Q_OBJECT

public:
    // `media_root` is the folder whose files /media/… serves.
    explicit PreviewView(std::filesystem::path media_root, QWidget *parent = nullptr);
    ~PreviewView() override;

    // Shows the draft; its hero_variant is replaced by the one chosen in the tool bar.
    void set_draft(Draft draft);
    // Marks the field that is being edited; "" for none.
    void highlight(const QString &pointer);
    void set_device(Device device);
    Device device() const;

    PreviewToolbar *toolbar() const { return m_toolbar; }
    QWebEngineView *web_view() const { return m_view; }
    DraftPage *page() const { return m_page; }
    // The page's HTML as its address serves it.
    QByteArray html() const;

signals:
    void field_clicked(const QString &pointer);
    // The page shows the latest draft.
    void followed();
    void failed(const QString &reason);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build_layout();
    void connect_signals();
    void submit();
    void lay_out();

    SchemeHandler *m_handler;
    QWebEngineProfile *m_profile;
    DraftRenderer *m_renderer;
    PreviewToolbar *m_toolbar;
    QWidget *m_canvas;
    QWebEngineView *m_view;
    DraftPage *m_page;
    std::optional<Draft> m_draft;
};

} // namespace studio::preview
