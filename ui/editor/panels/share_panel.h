// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/share_link_store.h"
#include "ui/editor/editor_session.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QWidget>

class QVBoxLayout;

namespace studio::ui {

// Links that open the saved draft without a login until they expire.
class SharePanel final : public QWidget {
    Q_OBJECT

public:
    SharePanel(EditorSession &session, const EditorServices &services, QWidget *parent = nullptr);
    void refresh();

private:
    void build_layout();
    void create();
    void revoke(const QString &id);
    void forget();
    void show_new_link(const db::ShareLink &link);
    void show_links(const std::vector<db::ShareLink> &links);
    void show_error(const QString &message);

    EditorSession &m_session;
    Worker &m_worker;
    QString m_public_url;
    QComboBox *m_valid;
    QPushButton *m_create;
    QLineEdit *m_link;
    QPushButton *m_copy;
    QLabel *m_message;
    QVBoxLayout *m_list;
    QString m_shown_link; // id of the link whose address is shown
};

} // namespace studio::ui
