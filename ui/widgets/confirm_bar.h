// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>
#include <QLabel>
#include <QPushButton>

#include <functional>

namespace studio::ui {

// Asks in place before something that is hard to undo: the question, a button that names the action ("Take
// Claire's site offline"), and Cancel. Escape cancels. A second question replaces the first, and a message
// about an earlier action is cleared. Scrolled areas around it scroll until it is seen.
class ConfirmBar final : public QFrame {
    Q_OBJECT

public:
    explicit ConfirmBar(const QString &name, QWidget *parent = nullptr);
    void ask(const QString &question, const QString &act, std::function<void()> then);
    void cancel();

signals:
    void canceled(); // by the person

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QLabel *m_question;
    QPushButton *m_act;
    QPushButton *m_cancel;
    std::function<void()> m_then;
};

} // namespace studio::ui
