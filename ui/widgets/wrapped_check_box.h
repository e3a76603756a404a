// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QCheckBox;
class QLabel;

namespace studio::ui {

// A box with a sentence beside it that goes on in the next line where the room is narrow. A click on the
// sentence ticks the box.
class WrappedCheckBox final : public QWidget {
    Q_OBJECT

public:
    explicit WrappedCheckBox(const QString &text, QWidget *parent = nullptr);
    QCheckBox *box() const { return m_box; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QCheckBox *m_box;
    QLabel *m_text;
};

} // namespace studio::ui
