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
    QString icon; // line_icon name
    std::function<void()> run;
};

// Ctrl+K: type a few letters, Enter goes there. Lies over the window's upper middle.
class CommandPalette final : public QFrame {
    Q_OBJECT

public:
    explicit CommandPalette(QWidget *window);

    void open();
    // Replaces the list; what is typed stays. May be called while it is open.
    void set_commands(std::vector<Command> commands);

signals:
    // It is about to be seen: the moment to bring fresh commands.
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
