// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/editor_view.h"

#include "preview/preview_view.h"
#include "ui/editor/draft/pointer.h"
#include "ui/editor/fields/field.h"
#include "ui/editor/forms/content_form.h"
#include "ui/editor/forms/photos_form.h"
#include "ui/editor/forms/theme_form.h"
#include "ui/editor/panels/side_panel.h"
#include "ui/editor/photos/focal_picture.h"
#include "ui/editor/photos/library_picker.h"
#include "ui/editor/photos/variant_weights.h"
#include "ui/photos/import_panel.h"
#include "ui/widgets/file_drops.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QSplitter>

namespace studio::ui {

namespace {
constexpr int narrowest_form = 320;
constexpr int widest_form = 420;
constexpr int room_for_three =
    1200; // pixels: the least width for forms, a usable preview and a panel side by side
} // namespace

EditorView::EditorView(EditorSession &session, const EditorServices &services, QWidget *parent)
    : QWidget(parent), m_session(session), m_services(services), m_registry(session.document()),
      m_thumbnails(services.media_root), m_imports(*services.assets),
      m_photos(session, m_imports, *services.worker), m_row(new QHBoxLayout(this)), m_left(new QWidget(this)),
      m_tabs(new QTabBar(this)), m_stack(new QStackedWidget(this)),
      m_preview(new preview::PreviewView(services.media_root, this)), m_main(new QStackedWidget(this)),
      m_incoming(new ImportPanel(this)), m_picker(new LibraryPicker(*services.worker, m_thumbnails, this)),
      m_side(new SidePanel(this)) {
    build_layout();
    connect_signals();
}

// Fields remove themselves from the registry, so they are destroyed before it.
EditorView::~EditorView() {
    disconnect(qApp, nullptr, this, nullptr);
    qDeleteAll(m_forms);
}

void EditorView::build_layout() {
    const FormParts parts{
        m_session.document(),
        m_registry,
        m_thumbnails,
        m_photos,
        [this] { return m_session.facts().hero_test; },
        [this] {
            const auto &facts = m_session.facts();
            return facts.weights_rest ? std::optional(models::read_photos(facts.tenant.published.photos).hero)
                                      : std::nullopt;
        }};
    m_forms = {new ContentForm(parts), new PhotosForm(parts), new ThemeForm(parts)};
    for (const auto &[name, text] :
         {std::pair{"content", tr("Content")}, {"photos", tr("Photos")}, {"theme", tr("Theme")}}) {
        m_tabs->setTabData(m_tabs->addTab(text), QLatin1String(name));
    }
    for (auto *form : std::as_const(m_forms)) {
        m_stack->addWidget(form);
    }
    m_tabs->setObjectName(QStringLiteral("editor-tabs"));
    m_tabs->setAccessibleName(tr("Parts of the site"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_left->setMinimumWidth(narrowest_form);
    m_left->setMaximumWidth(widest_form);
    auto *column = new QVBoxLayout(m_left);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_tabs);
    column->addWidget(m_stack, 1);
    auto *splitter = new QSplitter(this);
    splitter->setObjectName(QStringLiteral("editor-splitter"));
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->addWidget(m_left);
    m_main->addWidget(m_preview);
    m_main->addWidget(m_incoming);
    m_main->addWidget(m_picker);
    splitter->addWidget(m_main);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({380, 900});
    m_preview->setContentsMargins(12, 0, 0, 0);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(0);
    m_row->addWidget(splitter, 1);
    m_row->addWidget(m_side);
}

// Photo fields and the gallery's list take files themselves, because the place there counts.
void EditorView::take_dropped_files() {
    auto *drops = new FileDrops(
        this,
        [this] {
            return m_session.facts().tenant.id.empty() || m_session.document().read_only()
                       ? QString()
                       : tr("Drop to add to %1’s gallery").arg(m_session.tenant_name());
        },
        [](const QWidget *under) {
            const auto *around = under->parentWidget();
            return qobject_cast<const FocalPicture *>(under) != nullptr ||
                   (around != nullptr && around->objectName() == QLatin1String("gallery"));
        });
    connect(drops, &FileDrops::dropped, &m_photos, &PhotoDelivery::offer_for_gallery);
}

void EditorView::connect_signals() {
    take_dropped_files();
    connect(&m_photos, &PhotoDelivery::offered, m_incoming, &ImportPanel::offer);
    connect(&m_photos, &PhotoDelivery::offered, this, [this] {
        m_main->setCurrentWidget(m_incoming);
        m_incoming->findChild<QWidget *>(QStringLiteral("import.people"))->setFocus();
    });
    connect(m_incoming, &ImportPanel::chosen, &m_photos, &PhotoDelivery::add);
    if (m_services.files_added) {
        connect(&m_photos.registration(), &PhotoRegistration::added, this, m_services.files_added);
    }
    connect(&m_photos, &PhotoDelivery::library_wanted, this, [this](const PhotoImport &request) {
        m_main->setCurrentWidget(m_picker);
        m_picker->open(request);
    });
    const auto back = [this] {
        m_main->setCurrentWidget(m_incoming->is_empty() ? static_cast<QWidget *>(m_preview) : m_incoming);
    };
    connect(m_picker, &LibraryPicker::picked, this,
            [this, back](const PhotoImport &request, const models::Photo &photo) {
                back();
                m_photos.put(request, photo);
            });
    connect(m_picker, &LibraryPicker::closed, this, back);
    connect(m_incoming, &ImportPanel::emptied, this, [this] { m_main->setCurrentWidget(m_preview); });
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        if (m_stack->currentWidget()->isAncestorOf(QApplication::focusWidget())) {
            m_tabs->setFocus(); // otherwise Qt would give the focus to the next field
        }
        m_stack->setCurrentIndex(index);
    });
    connect(&m_session, &EditorSession::facts_changed, this, [this] {
        for (auto *weights : findChildren<WeightsPicture *>()) {
            weights->refresh();
        }
        show_draft(); // the companion's hours and tours may have changed
    });
    connect(&m_session, &EditorSession::about_to_save, &m_registry, &FieldRegistry::settle);
    auto &document = m_session.document();
    connect(&document, &DraftDocument::changed, this, &EditorView::show_draft);
    // Queued, so that lists have rebuilt their rows by then.
    connect(&document, &DraftDocument::revealed, this, &EditorView::focus_field, Qt::QueuedConnection);
    connect(&m_registry, &FieldRegistry::shown, this, [this](Field *field) {
        if (auto *form = form_of(field->pointer())) {
            form->show_field(field);
        }
    });
    connect(m_preview, &preview::PreviewView::field_clicked, this, &EditorView::focus_field);
    connect(m_side, &SidePanel::opened, this, &EditorView::make_room);
    connect(m_side, &SidePanel::closed, this, &EditorView::make_room);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) { follow_focus(now); });
}

void EditorView::show_draft() {
    const auto &tenant = m_session.facts().tenant;
    if (tenant.id.empty()) {
        return;
    }
    preview::Draft draft;
    draft.settings = m_services.site;
    draft.origin = m_session.origin().toStdString();
    draft.tenant_id = tenant.id;
    draft.subdomain = tenant.subdomain;
    draft.documents = m_session.document().documents();
    draft.calendar = m_session.facts().calendar;
    for (const auto &[picture, state] : m_session.facts().photo_states) {
        if (state.withheld) {
            draft.hidden_pictures.insert(picture); // as on the page: its files may be removed
        }
    }
    m_preview->set_draft(std::move(draft));
}

void EditorView::start_over() {
    m_side->close_panel();
    m_tabs->setCurrentIndex(0);
    for (auto *form : std::as_const(m_forms)) {
        form->start_over();
    }
}

Form *EditorView::form_of(const QString &pointer) const {
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (is_within(pointer, QLatin1Char('/') + m_tabs->tabData(i).toString())) {
            return m_forms[i];
        }
    }
    return nullptr;
}

void EditorView::resizeEvent(QResizeEvent *event) {
    QWidget::resizeEvent(event);
    make_room();
}

bool EditorView::panel_covers_forms() const {
    return m_side->current() != nullptr && width() < room_for_three;
}

void EditorView::show_forms() {
    if (panel_covers_forms()) {
        m_side->close_panel();
    }
}

void EditorView::make_room() {
    const bool covers = panel_covers_forms();
    if (covers == m_left->isHidden()) {
        return;
    }
    m_left->setHidden(covers);
    m_side->set_place(covers ? SidePanel::Place::InsteadOfForms : SidePanel::Place::AtTheRight);
    m_row->removeWidget(m_side);
    m_row->insertWidget(covers ? 0 : 1, m_side);
}

void EditorView::focus_field(const QString &pointer) {
    if (auto *form = form_of(pointer)) {
        show_forms();
        m_tabs->setCurrentIndex(static_cast<int>(m_forms.indexOf(form)));
        if (!isVisible() || !m_registry.focus(pointer)) {
            return;
        }
        activateWindow();
    }
}

// Highlights the field with the focus in the preview.
void EditorView::follow_focus(QWidget *now) {
    if (!now || !isAncestorOf(now)) {
        return;
    }
    for (auto *widget = now; widget && widget != this; widget = widget->parentWidget()) {
        if (const auto *field = qobject_cast<Field *>(widget)) {
            m_preview->highlight(field->pointer());
            return;
        }
    }
    if (!m_preview->isAncestorOf(now)) {
        m_preview->highlight({});
    }
}

} // namespace studio::ui
