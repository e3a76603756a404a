// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/badge.h"

#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace studio::ui {

// A coloured strip with a message: what happened, what is safe and what to do. Hidden while it has no
// message.
class Banner final : public QFrame {
    Q_OBJECT

public:
    explicit Banner(const QString &name, QWidget *parent = nullptr);

    enum class Dismissal { ByPerson, Never };
    void show_message(Tone tone, const QString &text, const QString &action = {},
                      Dismissal dismissal = Dismissal::ByPerson);
    void clear();
    // Empty space around the coloured part, which takes room only while the banner is shown.
    void set_margins(const QMargins &margins);
    QString text() const { return m_text->text(); }
    Tone tone() const { return m_tone; }
    QPushButton *action_button() const { return m_action; }

signals:
    void action_requested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void tint();

    Tone m_tone = Tone::Neutral;
    QMargins m_margins;
    QLabel *m_icon = nullptr;
    QLabel *m_text = nullptr;
    QPushButton *m_action = nullptr;
    QToolButton *m_close = nullptr;
};

} // namespace studio::ui
