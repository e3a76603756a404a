// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/file_drops.h"

#include "ui/widgets/theme.h"

#include <QApplication>
#include <QDropEvent>
#include <QMimeData>
#include <QPainter>
#include <QUrl>
#include <QWidget>

#include <utility>

namespace studio::ui {

namespace {

constexpr int corner = 8, padding = 16; // pixels

// The outline with its line of words, above everything in the area.
class DropFrame final : public QWidget {
public:
    explicit DropFrame(QWidget *parent) : QWidget(parent) {
        setObjectName(QStringLiteral("drop-frame"));
        setAttribute(Qt::WA_TransparentForMouseEvents);
        hide();
    }

protected:
    void paintEvent(QPaintEvent *) override {
        const auto &colors = tokens(palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(colors.accent, 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(2, 2, -2, -2), corner, corner);
        const auto text = fontMetrics().elidedText(accessibleName(), Qt::ElideRight, width() - 4 * padding);
        QRect box(0, 0, fontMetrics().horizontalAdvance(text) + 2 * padding,
                  fontMetrics().height() + padding);
        box.moveCenter(rect().center());
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.accent_fill);
        painter.drawRoundedRect(box, corner, corner);
        painter.setPen(colors.on_accent);
        painter.drawText(box, Qt::AlignCenter, text);
    }
};

} // namespace

QStringList dragged_files(const QMimeData *data) {
    QStringList files;
    for (const auto &url : data->urls()) {
        if (url.isLocalFile()) {
            files << url.toLocalFile();
        }
    }
    return files;
}

FileDrops::FileDrops(QWidget *area, std::function<QString()> words,
                     std::function<bool(const QWidget *)> takes_itself)
    : QObject(area), m_area(area), m_frame(new DropFrame(area)), m_words(std::move(words)),
      m_takes_itself(std::move(takes_itself)) {
    area->setAcceptDrops(true);
    qApp->installEventFilter(this); // text fields and the preview take files as text or as a page to open
}

bool FileDrops::eventFilter(QObject *watched, QEvent *event) {
    const auto type = event->type();
    if (type != QEvent::DragEnter && type != QEvent::DragMove && type != QEvent::Drop &&
        type != QEvent::DragLeave) {
        return false;
    }
    const auto *widget = qobject_cast<QWidget *>(watched);
    if (widget == nullptr || (widget != m_area && !m_area->isAncestorOf(widget))) {
        return false;
    }
    if (type == QEvent::DragLeave || (m_takes_itself && m_takes_itself(widget))) {
        m_frame->hide();
        return false;
    }
    auto *drop = static_cast<QDropEvent *>(event);
    const auto files = dragged_files(drop->mimeData());
    const auto words = files.isEmpty() ? QString() : m_words();
    if (words.isEmpty()) {
        return false;
    }
    drop->setDropAction(Qt::CopyAction);
    drop->accept();
    if (type == QEvent::Drop) {
        m_frame->hide();
        emit dropped(files);
        return true;
    }
    m_frame->setAccessibleName(words);
    m_frame->setGeometry(m_area->rect());
    m_frame->show();
    m_frame->raise();
    return true;
}

} // namespace studio::ui
