// SPDX-License-Identifier: Apache-2.0
#include "preview/preview_view.h"

#include "preview/draft_page.h"
#include "preview/draft_renderer.h"
#include "preview/page_bridge.h"
#include "preview/preview_toolbar.h"
#include "preview/request_filter.h"
#include "preview/scheme.h"
#include "preview/scheme_handler.h"

#include <QEvent>
#include <QVBoxLayout>
#include <QWebEngineProfile>
#include <QWebEngineView>

namespace studio::preview {

PreviewView::PreviewView(std::filesystem::path media_root, QWidget *parent)
    : QWidget(parent), m_handler(new SchemeHandler(std::move(media_root), this)),
      m_profile(new QWebEngineProfile(this)), m_renderer(new DraftRenderer(this)),
      m_toolbar(new PreviewToolbar(this)), m_canvas(new QWidget(this)), m_view(new QWebEngineView(m_canvas)),
      m_page(nullptr) {
    m_profile->installUrlSchemeHandler(scheme_name, m_handler);
    m_profile->setUrlRequestInterceptor(new RequestFilter(m_profile));
    m_page = new DraftPage(m_profile, m_handler, m_view);
    m_view->setPage(m_page);
    build_layout();
    connect_signals();
}

// The page must be destroyed before its profile.
PreviewView::~PreviewView() {
    delete m_view;
}

void PreviewView::build_layout() {
    setObjectName(QStringLiteral("preview"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_toolbar);
    column->addWidget(m_canvas, 1);
    m_canvas->setMinimumSize(200, 200);
    m_canvas->setBackgroundRole(QPalette::Mid);
    m_canvas->setAutoFillBackground(true);
    m_canvas->installEventFilter(this);
    m_view->setObjectName(QStringLiteral("preview-page"));
    m_view->setAccessibleName(tr("Preview of the site"));
    m_view->setContextMenuPolicy(Qt::NoContextMenu);
}

void PreviewView::connect_signals() {
    connect(m_renderer, &DraftRenderer::rendered, m_page, &DraftPage::show_html);
    connect(m_renderer, &DraftRenderer::failed, this, &PreviewView::failed);
    connect(m_page, &DraftPage::followed, this, &PreviewView::followed);
    connect(m_page->bridge(), &PageBridge::field_clicked, this, &PreviewView::field_clicked);
    connect(m_toolbar, &PreviewToolbar::device_changed, this, &PreviewView::lay_out);
    connect(m_toolbar, &PreviewToolbar::variant_changed, this, &PreviewView::submit);
}

void PreviewView::set_draft(Draft draft) {
    if (m_draft && m_draft->tenant_id != draft.tenant_id) {
        m_page->begin_anew();
    }
    m_draft = std::move(draft);
    const QSignalBlocker quiet(m_toolbar);
    m_toolbar->set_variants(m_draft->documents.photos);
    submit();
}

void PreviewView::submit() {
    if (m_draft) {
        m_draft->hero_variant = m_toolbar->variant().toStdString();
        m_renderer->submit(*m_draft);
    }
}

void PreviewView::highlight(const QString &pointer) {
    m_page->highlight(pointer);
}

void PreviewView::set_device(Device device) {
    m_toolbar->set_device(device);
}

Device PreviewView::device() const {
    return m_toolbar->device();
}

QByteArray PreviewView::html() const {
    return m_handler->page();
}

bool PreviewView::eventFilter(QObject *watched, QEvent *event) {
    if (watched == m_canvas && event->type() == QEvent::Resize) {
        lay_out();
    }
    return QWidget::eventFilter(watched, event);
}

void PreviewView::lay_out() {
    const auto room = m_canvas->size();
    const auto place = fit(m_toolbar->device(), room);
    const int x = (room.width() - place.size.width()) / 2;
    const int y =
        m_toolbar->device() == Device::Desktop ? 0 : std::min(24, (room.height() - place.size.height()) / 2);
    m_view->setGeometry(x, y, place.size.width(), place.size.height());
    m_view->setZoomFactor(place.zoom);
    m_toolbar->set_zoom(place.zoom);
}

} // namespace studio::preview
