// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QWidget>

class QProgressBar;

namespace studio::ui {

// What the window shows until someone is signed in: the progress of starting, or an error and what to do,
// with a place for the sign-in panel below.
class StartPage final : public QWidget {
    Q_OBJECT

public:
    explicit StartPage(QWidget *parent = nullptr);
    void show_progress(const QString &text);
    void show_error(const QString &title, const QString &text);
    // `panel` becomes a child; shown under `title`.
    void show_panel(const QString &title, const QString &text, QWidget *panel);

signals:
    void retry_requested();
    void other_account_requested();

private:
    void say(const QString &text);

    QLabel *m_title;
    QLabel *m_text;
    QProgressBar *m_progress;
    QPushButton *m_retry;
    QPushButton *m_other;
    QWidget *m_panel_frame;
    QWidget *m_panel = nullptr;
};

} // namespace studio::ui
