// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QStringList>

#include <functional>

class QMimeData;
class QWidget;

namespace studio::ui {

// The files of this computer that are dragged.
QStringList dragged_files(const QMimeData *data);

// Takes files that are dropped anywhere on a widget, whichever widget inside it the pointer is over. While
// files are dragged over it, it is outlined and one line says what the drop does.
class FileDrops final : public QObject {
    Q_OBJECT

public:
    // `words` is called for each drag: the line that is shown; "" where nothing is taken. `takes_itself`
    // tells which widgets inside keep taking files on their own; may be empty.
    FileDrops(QWidget *area, std::function<QString()> words,
              std::function<bool(const QWidget *)> takes_itself = {});

signals:
    void dropped(const QStringList &files);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *m_area, *m_frame;
    std::function<QString()> m_words;
    std::function<bool(const QWidget *)> m_takes_itself;
};

} // namespace studio::ui
