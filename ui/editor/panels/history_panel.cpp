// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/panels/history_panel.h"

#include "db/stores/revision_store.h"
#include "models/editing/describe_change.h"
#include "ui/widgets/boxed_list.h"

#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace studio::ui {

HistoryPanel::HistoryPanel(EditorSession &session, Worker &worker, QWidget *parent)
    : QWidget(parent), m_session(session), m_worker(worker), m_model(new RevisionModel(this)),
      m_list(new QListView(this)), m_against(new QComboBox(this)), m_changes(new QLabel(this)),
      m_restore(new QPushButton(this)) {
    build_layout();
    connect_signals();
}

void HistoryPanel::build_layout() {
    setObjectName(QStringLiteral("history-panel"));
    m_list->setObjectName(QStringLiteral("revisions"));
    m_list->setAccessibleName(tr("Revisions"));
    m_list->setModel(m_model);
    set_boxed(m_list);
    m_list->setUniformItemSizes(true);
    m_list->setTextElideMode(Qt::ElideRight);
    m_against->setObjectName(QStringLiteral("compare-with"));
    m_against->setAccessibleName(tr("Compare with"));
    m_against->addItem(tr("Changes in this revision"), static_cast<int>(Against::Before));
    m_against->addItem(tr("Compared with live page"), static_cast<int>(Against::Live));
    m_against->addItem(tr("Compared with draft"), static_cast<int>(Against::Draft));
    m_changes->setObjectName(QStringLiteral("changes"));
    m_changes->setWordWrap(true);
    m_changes->setTextFormat(Qt::PlainText);
    m_changes->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_changes->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_restore->setObjectName(QStringLiteral("restore"));
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_changes);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addWidget(m_list, 3);
    column->addWidget(m_against);
    column->addWidget(scroll, 2);
    column->addWidget(m_restore);
    m_restore->hide();
}

void HistoryPanel::connect_signals() {
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &HistoryPanel::compare);
    connect(m_against, &QComboBox::currentIndexChanged, this, &HistoryPanel::compare);
    connect(m_restore, &QPushButton::clicked, this, &HistoryPanel::restore);
    const auto refresh_if_shown = [this] {
        if (isVisible()) {
            refresh();
        }
    };
    connect(&m_session, &EditorSession::saved, this, refresh_if_shown);
    connect(&m_session, &EditorSession::published, this, refresh_if_shown);
    connect(&m_session.document(), &DraftDocument::changed, this, &HistoryPanel::show_restore);
    connect(&m_session, &EditorSession::state_changed, this, [this, refresh_if_shown] {
        forget();
        if (m_session.state() == EditorSession::State::Ready) {
            refresh_if_shown();
        }
    });
}

// Another companion was opened: clears what is shown and drops answers about the previous one.
void HistoryPanel::forget() {
    m_loads.next();
    m_compares.next();
    m_requested.reset();
    m_chosen.reset();
    m_model->set_revisions({});
    m_changes->clear();
    show_restore();
}

void HistoryPanel::compare_with_draft(int number) {
    m_requested = number;
    refresh();
}

void HistoryPanel::refresh() {
    const auto number = m_loads.next();
    m_worker
        .run([id = m_session.tenant_id()](db::Session &session) {
            return db::RevisionStore(session).list(id);
        })
        .then(this,
              [this, number](const std::vector<models::RevisionSummary> &revisions) {
                  if (m_loads.is_latest(number)) {
                      show_revisions(revisions);
                  }
              })
        .onFailed(this, [this, number](const std::exception &error) {
            if (m_loads.is_latest(number)) {
                m_changes->setText(QString::fromUtf8(error.what()));
            }
        });
}

void HistoryPanel::show_revisions(const std::vector<models::RevisionSummary> &revisions) {
    m_model->set_revisions(revisions);
    int row = 0;
    if (const auto wanted = std::exchange(m_requested, std::nullopt)) {
        const auto found = std::find_if(revisions.begin(), revisions.end(),
                                        [&wanted](const auto &one) { return one.number == *wanted; });
        row = found == revisions.end() ? 0 : static_cast<int>(found - revisions.begin());
        m_against->setCurrentIndex(m_against->findData(static_cast<int>(Against::Draft)));
    }
    m_list->setCurrentIndex(m_model->index(row));
    if (revisions.empty()) {
        m_changes->setText(tr("Nothing saved yet. Every save appears here and can be restored."));
    }
}

void HistoryPanel::compare() {
    const auto chosen = m_model->at(m_list->currentIndex());
    m_chosen.reset();
    show_restore();
    if (!chosen) {
        return;
    }
    const auto against = static_cast<Against>(m_against->currentData().toInt());
    const auto other = against == Against::Live
                           ? m_model->live()
                           : (against == Against::Before ? m_model->before(chosen->number) : std::nullopt);
    const auto request = m_compares.next();
    struct Pair {
        std::optional<models::Revision> chosen, other;
    };
    m_worker
        .run([id = m_session.tenant_id(), number = chosen->number, other](db::Session &session) {
            db::RevisionStore revisions(session);
            return Pair{revisions.find(id, number), other ? revisions.find(id, other->number) : std::nullopt};
        })
        .then(this,
              [this, against, request](const Pair &pair) {
                  if (!m_compares.is_latest(request) || !pair.chosen) {
                      return;
                  }
                  m_chosen = pair.chosen;
                  show_restore();
                  const auto &mine = pair.chosen->documents;
                  if (against == Against::Draft) {
                      show_changes(m_session.document().documents(), mine);
                  } else if (pair.other) {
                      show_changes(pair.other->documents, mine);
                  } else {
                      m_changes->setText(against == Against::Live ? tr("Nothing is published yet.")
                                                                  : tr("The first revision."));
                  }
              })
        .onFailed(this, [this, request](const std::exception &error) {
            if (m_compares.is_latest(request)) {
                m_changes->setText(QString::fromUtf8(error.what()));
            }
        });
}

void HistoryPanel::show_changes(const models::Documents &before, const models::Documents &after) {
    QStringList lines;
    for (const auto &line : models::describe_all(before, after)) {
        lines << QStringLiteral("• ") + QString::fromStdString(line);
    }
    m_changes->setText(lines.isEmpty() ? tr("No differences.") : lines.join(QStringLiteral("\n")));
}

// Restoring is not offered for a revision that equals the draft.
void HistoryPanel::show_restore() {
    m_restore->setVisible(m_chosen && !m_session.document().read_only() &&
                          m_chosen->documents != m_session.document().documents());
    if (m_chosen) {
        m_restore->setText(tr("Restore revision %1").arg(m_chosen->summary.number));
    }
}

void HistoryPanel::restore() {
    if (m_chosen) {
        m_session.document().replace(m_chosen->documents,
                                     tr("Restore revision %1").arg(m_chosen->summary.number));
    }
}

} // namespace studio::ui
