// SPDX-License-Identifier: Apache-2.0
#include "tests/tour/screenshot_tour.h"

#include "ui/widgets/state_stack.h"
#include "ui/widgets/tenant_id.h"

#include <QApplication>
#include <QDir>

#include <algorithm>
#include <cstdio>

namespace studio::app {

namespace {

struct Format {
    QSize size;
    const char *suffix;
};
constexpr Format formats[] = {{QSize(1280, 800), ""}, {QSize(1920, 1080), "-large"}};
constexpr int poll_ms = 50;
constexpr int max_polls = 600;      // half a minute
constexpr int resize_rest_ms = 700; // the page's own layout and the preview's after it

} // namespace

ScreenshotTour::ScreenshotTour(Studio &studio, ui::Theme &theme, QString folder, QObject *parent)
    : QObject(parent), m_studio(studio), m_theme(theme), m_folder(std::move(folder)),
      m_subject(&studio.window()) {
    m_studio.window().resize(formats[0].size);
    m_poll.setInterval(poll_ms);
    connect(&m_poll, &QTimer::timeout, this, &ScreenshotTour::poll);
    connect(&m_studio, &Studio::sign_in_failed, this, [this](const QString &reason) {
        complain(QStringLiteral("the tour could not sign in: ") + reason);
        end(1);
    });
    connect(
        &m_studio, &Studio::ready, this,
        [this] {
            if (!QDir().mkpath(m_folder)) {
                complain(QStringLiteral("cannot make the folder ") + m_folder);
                end(1);
                return;
            }
            m_steps.push_back({{}, [] {}, [this] { return directory_known(); }, 0});
            m_steps.push_back({{}, [this] { plan(); }, nullptr, 0});
            next();
        },
        Qt::SingleShotConnection);
}

void ScreenshotTour::next() {
    if (m_steps.empty()) {
        end(m_failures == 0 ? 0 : 1);
        return;
    }
    m_steps.front().act();
    if (m_ended) {
        return;
    }
    m_polls = 0;
    m_poll.start();
}

void ScreenshotTour::poll() {
    const auto &step = m_steps.front();
    if (step.settled && !step.settled() && ++m_polls < max_polls) {
        return;
    }
    m_poll.stop();
    if (m_polls >= max_polls) {
        complain(step.name + QStringLiteral(" did not settle"));
    }
    QTimer::singleShot(step.rest_ms, this, &ScreenshotTour::take);
}

void ScreenshotTour::take() {
    if (m_ended) {
        return;
    }
    const auto &step = m_steps.front();
    if (!step.name.isEmpty()) {
        const auto name = step.name + QLatin1String(formats[m_format].suffix);
        if (!m_subject->grab().save(m_folder + QLatin1Char('/') + name + QStringLiteral(".png"))) {
            complain(QStringLiteral("cannot write ") + name);
        }
        m_format = (m_format + 1) % std::size(formats);
        m_subject->resize(formats[m_format].size);
        if (m_format != 0) {
            QTimer::singleShot(resize_rest_ms, this, &ScreenshotTour::take);
            return;
        }
    }
    m_steps.pop_front();
    next();
}

void ScreenshotTour::complain(const QString &what) {
    std::fprintf(stderr, "companion-studio: %s\n", qUtf8Printable(what));
    ++m_failures;
}

// May be called within a step: this object exists until the program ends.
void ScreenshotTour::end(int code) {
    m_ended = true;
    m_poll.stop();
    m_subject = &m_studio.window();
    QApplication::exit(code);
}

// Whether the list of companions has been read, even if it is empty.
bool ScreenshotTour::directory_known() const {
    const auto *page = m_subject->current_page();
    const auto *state =
        page == nullptr ? nullptr : page->findChild<ui::StateStack *>(QStringLiteral("companions.state"));
    return !m_studio.tenants().empty() ||
           (state != nullptr && state->state() == ui::StateStack::State::Empty);
}

bool ScreenshotTour::page_settled() const {
    const auto *page = m_subject->current_page();
    if (page == nullptr) {
        return false;
    }
    const auto states = page->findChildren<ui::StateStack *>();
    return std::none_of(states.begin(), states.end(), [](const auto *state) {
        return state->isVisible() && state->state() == ui::StateStack::State::Loading;
    });
}

QString ScreenshotTour::tenant_id(const QString &subdomain) const {
    for (const auto &tenant : m_studio.tenants()) {
        if (tenant.subdomain == subdomain.toStdString()) {
            return ui::to_text(tenant.id);
        }
    }
    return {};
}

} // namespace studio::app
