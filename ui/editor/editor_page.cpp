// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/editor_page.h"

#include "ui/editor/draft/save_label.h"
#include "ui/editor/editor_actions.h"
#include "ui/editor/editor_notices.h"
#include "ui/editor/editor_session.h"
#include "ui/editor/editor_view.h"
#include "ui/editor/panels/conflict_panel.h"
#include "ui/editor/panels/document_import.h"
#include "ui/editor/panels/history_panel.h"
#include "ui/editor/panels/publish_panel.h"
#include "ui/editor/panels/publish_wait.h"
#include "ui/editor/panels/share_panel.h"
#include "ui/editor/panels/side_panel.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/tenant_id.h"

#include <QVBoxLayout>

namespace studio::ui {

struct EditorPage::Impl {
    Impl(EditorPage &owner, EditorServices with)
        : page(owner), services(std::move(with)), session(services),
          header(new PageHeader(tr("Editor"), &owner)), view(new EditorView(session, services)),
          states(new StateStack(view, Skeleton::Shape::Form, &owner)), publish(new PublishPanel(session)),
          history(new HistoryPanel(session, *services.worker)), share(new SharePanel(session, services)),
          conflict(new ConflictPanel(session)), actions(owner, *header, session),
          notices(session, *view, services.outages_are_said_above, &owner),
          documents(session, *services.worker, *services.assets) {}

    void build_layout();
    void connect_signals();
    void connect_panels();
    void show_state();
    void show_words();

    EditorPage &page;
    EditorServices services;
    EditorSession session;
    PageHeader *header;
    EditorView *view;
    StateStack *states;
    PublishPanel *publish;
    HistoryPanel *history;
    SharePanel *share;
    ConflictPanel *conflict;
    EditorActions actions;
    EditorNotices notices;
    DocumentImport documents;
    int problems = 0;
};

EditorPage::EditorPage(EditorServices services, QWidget *parent)
    : Page(parent), m_impl(std::make_unique<Impl>(*this, std::move(services))) {
    setObjectName(QStringLiteral("page:editor"));
    m_impl->build_layout();
    m_impl->connect_signals();
    m_impl->connect_panels();
    m_impl->show_state();
}

// The widgets use the session, so they are destroyed first.
EditorPage::~EditorPage() {
    m_impl->session.journal().flush();
    delete m_impl->states;
}

QIcon EditorPage::icon() const {
    return line_icon(QStringLiteral("editor"));
}

void EditorPage::activate() {
    m_impl->session.refresh_facts();
}

bool EditorPage::may_close() {
    m_impl->session.journal().flush();
    return true;
}

void EditorPage::open(const QString &tenant_id) {
    emit companion_chosen(tenant_id);
    if (to_tenant_id(tenant_id) != m_impl->session.tenant_id() ||
        m_impl->session.state() != EditorSession::State::Ready) {
        m_impl->view->start_over();
        m_impl->session.open(to_tenant_id(tenant_id));
    } else {
        m_impl->view->show_forms();
    }
}

void EditorPage::Impl::build_layout() {
    auto *column = new QVBoxLayout(&page);
    column->setContentsMargins(24, 20, 24, 16);
    column->setSpacing(12);
    column->addWidget(header);
    for (auto *banner : notices.banners()) {
        column->addWidget(banner);
    }
    column->addWidget(states, 1);
    auto &side = view->side_panel();
    side.add(publish, tr("Publish"));
    side.add(history, tr("History"));
    side.add(share, tr("Share draft"));
    side.add(conflict, tr("Someone else saved first"));
}

void EditorPage::Impl::connect_signals() {
    QObject::connect(&session, &EditorSession::state_changed, &page, [this] { show_state(); });
    QObject::connect(&session, &EditorSession::progress_changed, &page, [this] { show_words(); });
    QObject::connect(&session, &EditorSession::facts_changed, &page, [this] { show_words(); });
    QObject::connect(&session, &EditorSession::connection_back, &page, [this] { show_words(); });
    QObject::connect(&session.document(), &DraftDocument::dirty_changed, &page, [this] { show_words(); });
    QObject::connect(&session.document(), &DraftDocument::read_only_changed, &page, [this] { show_words(); });
    QObject::connect(states, &StateStack::retry_requested, &page, [this] { session.reload(); });
    QObject::connect(states, &StateStack::action_requested, &page,
                     [this] { emit page.navigate(QStringLiteral("companions"), {}); });
    publish->wait()->set_uploads_problem(services.uploads_problem);
    QObject::connect(publish, &PublishPanel::problems_changed, &page, [this](int count) {
        problems = count;
        show_words();
    });
}

void EditorPage::Impl::connect_panels() {
    auto &side = view->side_panel();
    QObject::connect(&actions, &EditorActions::publish_requested, &page, [this, &side] {
        publish->refresh();
        side.open(publish);
    });
    QObject::connect(&actions, &EditorActions::history_requested, &page, [this, &side] {
        side.open(history);
        history->refresh();
    });
    QObject::connect(&actions, &EditorActions::share_requested, &page, [this, &side] {
        side.open(share);
        share->refresh();
    });
    QObject::connect(&actions, &EditorActions::import_requested, &page, [this] { documents.choose(&page); });
    QObject::connect(&documents, &DocumentImport::doubted, &page,
                     [this](const QString &words, const std::function<void()> &import_anyway) {
                         notices.notice(Tone::Caution, words, tr("Import without them"), import_anyway);
                     });
    QObject::connect(&documents, &DocumentImport::copied, &page,
                     [this](const QString &words) { notices.notice(Tone::Neutral, words); });
    QObject::connect(publish, &PublishPanel::differences_requested, &page, [this, &side](int number) {
        side.open(history);
        history->compare_with_draft(number);
    });
    QObject::connect(publish, &PublishPanel::field_requested, view, &EditorView::focus_field);
    QObject::connect(publish, &PublishPanel::go_live_requested, &page, [this] {
        emit page.navigate(QStringLiteral("companions"), to_text(session.tenant_id()));
    });
    QObject::connect(&session, &EditorSession::conflict_found, &page,
                     [this, &side](const SaveConflict &found) {
                         conflict->show_conflict(found);
                         side.open(conflict);
                     });
    QObject::connect(conflict, &ConflictPanel::settled, &side, &SidePanel::close_panel);
    const auto show_publication = [this, &side] {
        publish->refresh();
        side.open(publish);
    };
    QObject::connect(&session, &EditorSession::published, &page, show_publication);
    QObject::connect(&session, &EditorSession::publish_refused, &page, show_publication);
    QObject::connect(&session, &EditorSession::publish_failed, &page, show_publication);
}

void EditorPage::Impl::show_state() {
    switch (session.state()) {
    case EditorSession::State::Empty:
        states->show_empty(QStringLiteral("editor"), tr("No companion is open"),
                           tr("Choose a companion in the list to edit theme, content and photos."),
                           tr("Show companions"));
        break;
    case EditorSession::State::Loading:
        states->show_loading();
        break;
    case EditorSession::State::Failed:
        states->show_error(tr("Could not open this companion"), session.failure());
        break;
    case EditorSession::State::Ready:
        states->show_content();
        publish->refresh();
        break;
    }
    show_words();
}

void EditorPage::Impl::show_words() {
    const bool ready = session.state() == EditorSession::State::Ready;
    const auto name = QString::fromStdString(session.facts().tenant.name);
    header->set_title(ready ? name : tr("Editor"));
    auto words = ready ? save_label(session, QDateTime::currentDateTime()) : QString();
    if (ready && problems > 0) {
        words += QStringLiteral(" · ") +
                 counted(problems, tr("1 problem before publishing"), tr("%1 problems before publishing"));
    }
    header->set_subtitle(words);
    actions.refresh();
    emit page.status_changed(words);
}

} // namespace studio::ui
