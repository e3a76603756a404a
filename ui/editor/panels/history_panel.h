// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/async/latest.h"
#include "ui/editor/editor_session.h"
#include "ui/editor/panels/revision_model.h"

#include <QComboBox>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QWidget>

namespace studio::ui {

// The tenant's revisions. Each can be compared with the draft, the live revision or the one before it, and
// restored.
class HistoryPanel final : public QWidget {
    Q_OBJECT

public:
    HistoryPanel(EditorSession &session, Worker &worker, QWidget *parent = nullptr);
    void refresh();
    // Compares a revision with the draft as soon as the list has been read.
    void compare_with_draft(int number);

private:
    enum class Against { Before, Live, Draft };
    void build_layout();
    void connect_signals();
    void forget();
    void show_revisions(const std::vector<models::RevisionSummary> &revisions);
    void compare();
    void show_changes(const models::Documents &before, const models::Documents &after);
    void show_restore();
    void restore();

    EditorSession &m_session;
    Worker &m_worker;
    RevisionModel *m_model;
    QListView *m_list;
    QComboBox *m_against;
    QLabel *m_changes;
    QPushButton *m_restore;
    std::optional<int> m_requested;
    Latest m_loads;
    Latest m_compares;
    std::optional<models::Revision> m_chosen;
};

} // namespace studio::ui
