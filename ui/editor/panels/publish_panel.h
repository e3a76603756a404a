// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/publish_checklist.h"

#include <QLabel>
#include <QPushButton>
#include <QWidget>

class QTimer;
class QVBoxLayout;

namespace studio::ui {

class PublishRefusal;
class PublishWait;

// What must be corrected before the draft can be published, the Publish button, and a link to the live page.
class PublishPanel final : public QWidget {
    Q_OBJECT

public:
    explicit PublishPanel(EditorSession &session, QWidget *parent = nullptr);

    void refresh();
    void refresh_soon();
    PublishWait *wait() const { return m_wait; }
    int problems() const { return m_problems; }

signals:
    void field_requested(const QString &pointer);
    void go_live_requested();
    void differences_requested(int number); // a comparison of that revision and the draft
    void problems_changed(int count);

private:
    void add_line(const ChecklistItem &item);
    void show_publication();
    void show_changes();
    void show_removal();
    void record_releases();

    EditorSession &m_session;
    QTimer *m_timer;
    PublishRefusal *m_refusal;
    PublishWait *m_wait;
    QLabel *m_summary;
    QVBoxLayout *m_lines;
    QLabel *m_changes; // the differences that visitors will see
    QPushButton *m_release;
    QPushButton *m_remove; // from the draft what was taken down
    QPushButton *m_publish;
    QLabel *m_live;
    QPushButton *m_open_live;
    QPushButton *m_go_live;
    std::vector<ChecklistItem> m_items;
    int m_problems = 0;
    bool m_shown_once = false;
};

} // namespace studio::ui
