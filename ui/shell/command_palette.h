// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>
#include <QString>

#include <functional>
#include <vector>

class QLineEdit;
class QListWidget;

namespace studio::ui {

struct Command {
    QString title;
    QString subtitle;
    QString icon; // name for line_icon()
    std::function<void()> run;
};

// The palette of Ctrl+K: typing a few letters finds a command and Enter runs it. Shown over the upper middle
// of the window.
class CommandPalette final : public QFrame {
    Q_OBJECT

public:
    explicit CommandPalette(QWidget *window);

    void open();
    // Replaces the commands; what was typed stays. May be called while the palette is open.
    void set_commands(std::vector<Command> commands);

signals:
    // The palette is about to be shown, so its commands should be refreshed.
    void opening();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void filter();
    void run_current();
    void place();

    std::vector<Command> m_commands;
    QLineEdit *m_field;
    QListWidget *m_list;
};

} // namespace studio::ui
