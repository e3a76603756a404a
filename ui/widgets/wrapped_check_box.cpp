// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/wrapped_check_box.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>

namespace studio::ui {

WrappedCheckBox::WrappedCheckBox(const QString &text, QWidget *parent)
    : QWidget(parent), m_box(new QCheckBox(this)), m_text(new QLabel(text, this)) {
    m_box->setAccessibleName(text);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->installEventFilter(this);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_box, 0, Qt::AlignTop);
    row->addWidget(m_text, 1);
    setFocusProxy(m_box);
}

bool WrappedCheckBox::eventFilter(QObject *watched, QEvent *event) {
    if (watched == m_text && event->type() == QEvent::MouseButtonRelease &&
        static_cast<QMouseEvent *>(event)->button() == Qt::LeftButton) {
        m_box->click();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace studio::ui
