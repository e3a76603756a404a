// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/status_line.h"

#include "ui/widgets/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

namespace studio::ui {

namespace {

constexpr int widest_publish =
    380; // pixels; a longer name is shortened in its middle, so that the time stays visible

} // namespace

StatusLine::StatusLine(QWidget *parent)
    : QStatusBar(parent), m_dot(new QLabel(this)), m_connection(new QLabel(this)), m_page(new QLabel(this)),
      m_publish(new QLabel(this)) {
    setSizeGripEnabled(false);
    setObjectName(QStringLiteral("status"));
    setFixedHeight(30);
    m_connection->setObjectName(QStringLiteral("status.connection"));
    m_page->setObjectName(QStringLiteral("status.page"));
    m_publish->setObjectName(QStringLiteral("status.publish"));
    auto *left = new QWidget(this);
    auto *row = new QHBoxLayout(left);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(6);
    row->addWidget(m_dot);
    row->addWidget(m_connection);
    addWidget(left);
    addWidget(m_page, 1);
    m_publish->setContentsMargins(0, 0, 12, 0);
    addPermanentWidget(m_publish);
    set_connection(ConnectionMonitor::State::Connecting, {});
}

void StatusLine::set_connection(ConnectionMonitor::State state, const QString &place) {
    using State = ConnectionMonitor::State;
    m_state = state;
    switch (state) {
    case State::Connecting:
        m_connection->setText(tr("Connecting"));
        break;
    case State::Connected:
        m_connection->setText(place.isEmpty() ? tr("Connected") : place);
        break;
    case State::Lost:
        m_connection->setText(tr("Connection lost, trying again"));
        break;
    case State::Refused:
        m_connection->setText(tr("Signed out by the platform"));
        break;
    }
    m_connection->setAccessibleName(tr("Connection: %1").arg(m_connection->text()));
    tint();
}

void StatusLine::set_page_status(const QString &text) {
    m_page->setText(text);
}

void StatusLine::set_last_publish(const QString &text, const QString &tool_tip) {
    const auto shown = m_publish->fontMetrics().elidedText(text, Qt::ElideMiddle, widest_publish);
    m_publish->setText(shown);
    m_publish->setAccessibleName(text);
    m_publish->setToolTip(shown == text ? tool_tip : text + QLatin1Char('\n') + tool_tip);
}

void StatusLine::changeEvent(QEvent *event) {
    if (event->type() == QEvent::PaletteChange) {
        tint();
    }
    QStatusBar::changeEvent(event);
}

void StatusLine::tint() {
    using State = ConnectionMonitor::State;
    const auto &colors = tokens(palette());
    const auto color = m_state == State::Connected    ? colors.positive
                       : m_state == State::Connecting ? colors.muted
                                                      : colors.negative;
    QPixmap dot(QSize(8, 8) * devicePixelRatioF());
    dot.setDevicePixelRatio(devicePixelRatioF());
    dot.fill(Qt::transparent);
    QPainter painter(&dot);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(QRectF(0.5, 0.5, 7, 7));
    painter.end();
    m_dot->setPixmap(dot);
}

} // namespace studio::ui
