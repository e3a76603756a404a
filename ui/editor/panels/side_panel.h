// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>
#include <QStackedWidget>

class QLabel;

namespace studio::ui {

// The column beside the preview that shows one panel at a time: publish, history, share, conflict.
class SidePanel final : public QFrame {
    Q_OBJECT

public:
    enum class Place { AtTheRight, InsteadOfForms };

    explicit SidePanel(QWidget *parent = nullptr);

    void add(QWidget *panel, const QString &title); // becomes a child
    void open(QWidget *panel);
    void close_panel();
    QWidget *current() const; // null while closed
    void set_place(Place place);

signals:
    void opened();
    void closed();

private:
    QLabel *m_title;
    QStackedWidget *m_panels;
};

} // namespace studio::ui
