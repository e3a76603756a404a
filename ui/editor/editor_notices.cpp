// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/editor_notices.h"

#include "models/tenant/photo_releases.h"
#include "preview/preview_view.h"
#include "ui/editor/draft_photos.h"
#include "ui/editor/editor_view.h"
#include "ui/editor/panels/import_file.h"
#include "ui/editor/photos/photo_delivery.h"
#include "ui/photos/release_state.h"
#include "ui/widgets/phrases.h"

#include <QFileInfo>

namespace studio::ui {

EditorNotices::EditorNotices(EditorSession &session, EditorView &view, bool outages_are_said_above,
                             QWidget *page)
    : QObject(page), m_session(session), m_outages_are_said_above(outages_are_said_above), m_page(page),
      m_connection(new Banner(QStringLiteral("editor-connection"), page)),
      m_read_only(new Banner(QStringLiteral("editor-read-only"), page)),
      m_others(new Banner(QStringLiteral("editor-others"), page)),
      m_left_behind(new Banner(QStringLiteral("editor-left-behind"), page)),
      m_notice(new Banner(QStringLiteral("editor-notice"), page)),
      m_photos(new Banner(QStringLiteral("editor-photos"), page)),
      m_withheld(new Banner(QStringLiteral("editor-withheld"), page)),
      m_preview(new Banner(QStringLiteral("editor-preview"), page)) {
    follow_session();
    follow_opening();
    follow_others();
    follow_imports(view);
    follow_preview(view);
    follow_withheld(view);
    connect(m_notice, &Banner::action_requested, this, [this] {
        const auto act = std::exchange(m_act, nullptr);
        m_notice->clear();
        if (act) {
            act();
        }
    });
}

void EditorNotices::notice(Tone tone, const QString &text, const QString &action, std::function<void()> act) {
    m_act = std::move(act);
    m_notice->show_message(tone, text, action);
}

void EditorNotices::follow_session() {
    connect(&m_session, &EditorSession::connection_lost, this, [this](const QString &what_is_safe) {
        if (m_outages_are_said_above && !m_session.publication_in_doubt()) {
            return;
        }
        m_connection->show_message(
            Tone::Caution, tr("The database is not responding. %1 Retrying automatically.").arg(what_is_safe),
            {}, Banner::Dismissal::Never);
    });
    connect(&m_session, &EditorSession::connection_back, m_connection, &Banner::clear);
    connect(&m_session, &EditorSession::access_refused, this, [this](const QString &message) {
        const auto words =
            m_outages_are_said_above
                ? tr("Your edits are safe and can be exported as a file.")
                : tr("%1 Your edits are safe on this computer and can be exported.").arg(message);
        notice(Tone::Negative, words, tr("Export draft"), [this] { export_documents(m_page, m_session); });
    });
    connect(&m_session, &EditorSession::failed, this,
            [this](const QString &message) { notice(Tone::Negative, message); });
    connect(&m_session, &EditorSession::edits_restored, this, [this](const QDateTime &written_at) {
        notice(
            Tone::Accent,
            tr("Restored unsaved edits from %1.").arg(written_at.toString(QStringLiteral("d MMMM, HH:mm"))),
            tr("Discard"), [this] { m_session.discard_edits(); });
    });
    connect(&m_session, &EditorSession::saved, this, [this] { m_notice->clear(); });
    connect(&m_session.document(), &DraftDocument::edit_refused, this, [this](const QString &reason) {
        notice(Tone::Negative, tr("This edit was not applied: %1").arg(reason));
    });
    connect(&m_session.journal(), &DraftJournal::failed, this, [this](const QString &reason) {
        notice(
            Tone::Caution,
            tr("Unsaved edits cannot be stored on this computer (%1). Save often until there is space again.")
                .arg(reason));
    });
}

void EditorNotices::follow_opening() {
    connect(&m_session, &EditorSession::state_changed, this, [this] {
        show_read_only();
        if (m_session.state() == EditorSession::State::Loading) {
            m_connection->clear();
            m_notice->clear();
            m_others->clear();
        }
    });
    connect(&m_session.document(), &DraftDocument::read_only_changed, this, &EditorNotices::show_read_only);
    connect(&m_session, &EditorSession::left_behind, this, &EditorNotices::say_left_behind);
}

void EditorNotices::show_read_only() {
    if (m_session.state() == EditorSession::State::Ready && m_session.document().read_only()) {
        m_read_only->show_message(
            Tone::Neutral,
            tr("You can view this site but not edit it. An operator can allow editing on the People page."),
            {}, Banner::Dismissal::Never);
    } else {
        m_read_only->clear();
    }
}

// Several messages may arrive in a row, so each is added to those shown.
void EditorNotices::say_left_behind(const QString &words) {
    if (m_left_behind->isHidden()) {
        m_left.clear();
    }
    m_left << words;
    m_left_behind->show_message(Tone::Caution, m_left.join(QLatin1Char('\n')));
}

void EditorNotices::follow_others() {
    connect(&m_session, &EditorSession::changed_elsewhere, this,
            [this](const QString &words, bool newer_draft) {
                m_others->show_message(
                    Tone::Caution,
                    newer_draft ? tr("%1 Your draft is based on an earlier one.").arg(words) : words,
                    newer_draft ? tr("Continue from the newest") : QString());
            });
    connect(m_others, &Banner::action_requested, this, [this] {
        m_others->clear();
        m_session.take_over();
    });
    const auto clear = [this] { m_others->clear(); };
    connect(&m_session, &EditorSession::saved, this, clear);
    connect(&m_session, &EditorSession::published, this, clear);
}

// A photo that was taken down or paused, or whose release was withdrawn, stays in the draft until somebody
// puts another one in its place.
void EditorNotices::follow_withheld(EditorView &view) {
    connect(&m_session, &EditorSession::facts_changed, this, &EditorNotices::show_withheld);
    connect(&m_session.document(), &DraftDocument::changed, this, &EditorNotices::show_withheld);
    connect(m_withheld, &Banner::action_requested, this, [this, &view] {
        if (m_withheld_at.isEmpty()) {
            remove_taken_down_photos(m_session.document(), m_session.facts());
        } else {
            view.focus_field(m_withheld_at);
        }
    });
}

void EditorNotices::show_withheld() {
    m_withheld_at.clear();
    const auto &facts = m_session.facts();
    QStringList gone, withheld;
    for (const auto &photo : draft_photos(m_session.document().documents(), facts)) {
        const auto picture = models::picture_of(photo.url);
        if (photo.pointer.isEmpty() || !state_of(facts.photo_states, picture).withheld) {
            continue;
        }
        const auto alt = shortened(photo.alt, 40);
        const auto named = alt.isEmpty() ? photo.place : tr("%1 (“%2”)").arg(photo.place, alt);
        if (is_taken_down(facts, picture)) {
            gone << named;
            continue;
        }
        if (withheld.isEmpty()) {
            m_withheld_at = photo.pointer;
        }
        withheld << named;
    }
    const auto &places = gone.isEmpty() ? withheld : gone;
    if (places.isEmpty()) {
        m_withheld->clear();
        return;
    }
    const auto listed = places.join(QStringLiteral(", "));
    if (!gone.isEmpty()) {
        m_withheld_at.clear();
        const bool removable = !m_session.document().read_only();
        m_withheld->show_message(Tone::Caution,
                                 tr("Taken down, with its files deleted: %1. Remove it from the draft, or "
                                    "choose another photo there.")
                                     .arg(listed),
                                 removable ? tr("Remove from the draft") : QString(),
                                 Banner::Dismissal::Never);
        return;
    }
    const auto words =
        tr("No page shows %1: paused or without its release. Choose another photo there, or remove it.");
    m_withheld->show_message(Tone::Caution, words.arg(listed), tr("Show it"), Banner::Dismissal::Never);
}

// When a draft cannot be rendered, the preview keeps showing the previous one, and the notice says so.
void EditorNotices::follow_preview(EditorView &view) {
    connect(&view.preview(), &preview::PreviewView::failed, this, [this](const QString &reason) {
        m_preview->show_message(Tone::Negative, tr("The preview could not be drawn: %1").arg(reason));
    });
    connect(&view.preview(), &preview::PreviewView::followed, m_preview, &Banner::clear);
}

void EditorNotices::follow_imports(EditorView &view) {
    connect(&view.photos(), &PhotoDelivery::told, this, &EditorNotices::say_left_behind);
    auto &imports = view.imports();
    connect(&imports, &PhotoImports::failed, this, [this](const PhotoImport &wanted, const QString &message) {
        // The message names the companion, because another one may be open when it is read.
        m_photo_problems << tr("%1: %2").arg(wanted.tenant_name, message);
    });
    connect(&imports, &PhotoImports::progress, this, [this](int finished, int total, const QString &file) {
        if (finished < total) {
            m_photos->show_message(Tone::Neutral,
                                   tr("Importing photo %1 of %2: %3")
                                       .arg(finished + 1)
                                       .arg(total)
                                       .arg(QFileInfo(file).fileName()),
                                   {}, Banner::Dismissal::Never);
        } else if (m_photo_problems.isEmpty()) {
            m_photos->clear();
        } else {
            m_photos->show_message(Tone::Negative, m_photo_problems.join(QLatin1Char('\n')));
            m_photo_problems.clear();
        }
    });
}

} // namespace studio::ui
