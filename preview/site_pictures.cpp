// SPDX-License-Identifier: Apache-2.0
#include "preview/site_pictures.h"

#include "preview/draft_page.h"
#include "preview/request_filter.h"
#include "preview/scheme.h"
#include "preview/scheme_handler.h"

#include <QWebEngineProfile>
#include <QWebEngineSettings>
#include <QWebEngineView>

#include <utility>

namespace studio::preview {

namespace {
constexpr QSize page_size(1280, 800);
constexpr int begin_ms = 1500;
constexpr int rest_ms = 600;
constexpr int limit_ms = 10000;

// A picture of one single colour means that the compositor has not drawn the page yet.
bool is_drawn(const QImage &picture) {
    const auto first = picture.pixel(0, 0);
    for (int y = 0; y < picture.height(); y += 2) {
        for (int x = 0; x < picture.width(); x += 2) {
            if (picture.pixel(x, y) != first) {
                return true;
            }
        }
    }
    return false;
}
} // namespace

// Members are destroyed in the opposite order: the page before its profile.
struct SitePictures::Engine {
    explicit Engine(const std::filesystem::path &media_root) : handler(media_root) {
        profile.installUrlSchemeHandler(scheme_name, &handler);
        profile.setUrlRequestInterceptor(new RequestFilter(&profile));
        view.setAttribute(Qt::WA_DontShowOnScreen);
        view.setAttribute(Qt::WA_ShowWithoutActivating);
        view.setFocusPolicy(Qt::NoFocus);
        view.resize(page_size);
    }
    ~Engine() { delete page; }

    SchemeHandler handler;
    QWebEngineProfile profile;
    QWebEngineView view;
    DraftPage *page = nullptr;
};

SitePictures::SitePictures(std::filesystem::path media_root, QObject *parent)
    : QObject(parent), m_media_root(std::move(media_root)) {
    for (auto *timer : {&m_begin, &m_rest, &m_limit}) {
        timer->setSingleShot(true);
    }
    m_rest.setInterval(rest_ms);
    m_limit.setInterval(limit_ms);
    connect(&m_begin, &QTimer::timeout, this, &SitePictures::next);
    connect(&m_rest, &QTimer::timeout, this, &SitePictures::grab);
    connect(&m_limit, &QTimer::timeout, this, &SitePictures::give_up);
}

SitePictures::~SitePictures() = default;

void SitePictures::take(const QString &key, const QByteArray &html) {
    m_queue.enqueue({key, html});
    if (m_key.isEmpty()) {
        m_begin.start(m_engine ? 0 : begin_ms);
    }
}

// Each site gets a page of its own, so that none inherits another's scroll position.
void SitePictures::next() {
    if (!m_key.isEmpty()) {
        return;
    }
    if (m_queue.isEmpty()) {
        m_engine.reset();
        return;
    }
    const auto wanted = m_queue.dequeue();
    m_key = wanted.key;
    if (!m_engine) {
        m_engine = std::make_unique<Engine>(m_media_root);
    }
    auto *before = std::exchange(m_engine->page, new DraftPage(&m_engine->profile, &m_engine->handler));
    m_engine->page->settings()->setAttribute(QWebEngineSettings::ShowScrollBars, false);
    m_engine->view.setPage(m_engine->page);
    delete before;
    connect(m_engine->page, &DraftPage::followed, &m_rest, qOverload<>(&QTimer::start));
    m_engine->view.show();
    m_limit.start();
    m_engine->page->show_html(wanted.html);
}

void SitePictures::grab() {
    const auto picture = m_engine->view.grab().toImage();
    if (!is_drawn(picture)) {
        m_rest.start();
        return;
    }
    const auto key = std::exchange(m_key, {});
    m_limit.stop();
    emit taken(key, picture);
    go_on();
}

void SitePictures::give_up() {
    m_rest.stop();
    emit failed(std::exchange(m_key, {}));
    go_on();
}

// Starts the next picture from the event loop, because this may be called by a signal of the page that next()
// deletes.
void SitePictures::go_on() {
    m_begin.start(0);
}

} // namespace studio::preview
