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

// Shows the draft's photos that the platform's store does not have yet, and offers to publish automatically
// as soon as it has them. Hidden if there are none.
class PublishWait final : public QFrame {
    Q_OBJECT

public:
    explicit PublishWait(EditorSession &session, QWidget *parent = nullptr);

    // Sets the function that returns why the uploads do not proceed, as a sentence; "" while they do.
    void set_uploads_problem(std::function<QString()> problem);
    // Call it after the facts or the draft changed. `may_publish`: nothing else prevents publishing.
    void follow(bool may_publish);
    bool has_photos() const { return !m_photos.isEmpty(); }
    bool waits() const { return m_waits; }

signals:
    void ready(); // the photos have arrived, and the person chose to publish then
    void changed();

private:
    void show_state(bool may_publish);

    EditorSession &m_session;
    std::function<QString()> m_problem;
    QStringList m_photos; // names
    QString m_tenant;     // id of the tenant whose photos are waited for
    bool m_waits = false;
    QLabel *m_words;
    QPushButton *m_wait;
    QTimer *m_look;
};

} // namespace studio::ui
