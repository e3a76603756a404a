// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPushButton>
#include <QTimer>

namespace studio::ui {

// For what cannot be taken back: the first press asks, with the name of the thing on the button, the second
// does it. Left alone it goes back to its first words.
class ConfirmButton final : public QPushButton {
    Q_OBJECT

public:
    ConfirmButton(const QString &words, const QString &question, QWidget *parent = nullptr);

signals:
    void confirmed();

protected:
    void focusOutEvent(QFocusEvent *event) override;

private:
    void press();
    void disarm();

    QString m_words, m_question;
    bool m_is_armed = false;
    QTimer m_end;
};

} // namespace studio::ui
