// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>
#include <QStringList>

#include <functional>

class QLabel;
class QPushButton;
class QTimer;

namespace studio::ui {

class EditorSession;

// The draft's photos that the platform's store does not have yet, and the offer to publish by itself as soon
// as it has them. Hidden where there are none.
class PublishWait final : public QFrame {
    Q_OBJECT

public:
    explicit PublishWait(EditorSession &session, QWidget *parent = nullptr);

    // What holds the uploads up, as a sentence; "" while they go on.
    void set_uploads_problem(std::function<QString()> problem);
    // After the facts or the draft changed. `may_publish`: nothing else is in the way.
    void follow(bool may_publish);
    bool has_photos() const { return !m_photos.isEmpty(); }
    bool waits() const { return m_waits; }

signals:
    void ready(); // the photos have arrived, and somebody asked to publish then
    void changed();

private:
    void show_state(bool may_publish);

    EditorSession &m_session;
    std::function<QString()> m_problem;
    QStringList m_photos; // names
    QString m_tenant;     // whose photos are waited for
    bool m_waits = false;
    QLabel *m_words;
    QPushButton *m_wait;
    QTimer *m_look;
};

} // namespace studio::ui
