// SPDX-License-Identifier: Apache-2.0
#include "ui/library/library_page.h"

#include "ui/async/tenant_watcher.h"
#include "ui/library/bulk_panel.h"
#include "ui/library/import_strip.h"
#include "ui/library/library_grid.h"
#include "ui/library/library_imports.h"
#include "ui/library/library_model.h"
#include "ui/library/photo_detail.h"
#include "ui/library/thumbnail_source.h"
#include "ui/library/unsaved_texts.h"
#include "ui/library/variants_view.h"
#include "ui/photos/import_panel.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_bar.h"
#include "ui/widgets/elided_combo_box.h"
#include "ui/widgets/file_drops.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/tenant_id.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <memory>

namespace studio::ui {

namespace {

constexpr int side_width = 340;

} // namespace

LibraryPage::LibraryPage(LibraryServices services, QWidget *parent)
    : Page(parent), m_services(std::move(services)), m_worker(m_services.database_url),
      m_thumbnails(new ThumbnailSource(m_services.media_root, this)),
      m_model(new LibraryModel(*m_thumbnails, this)),
      m_imports(new LibraryImports(m_worker, *m_services.assets, this)),
      m_unsaved(new UnsavedTexts(m_worker, this)), m_actions(new PhotoActions(m_worker, m_services, this)),
      m_header(new PageHeader(tr("Photos"), this)),
      m_banner(new Banner(QStringLiteral("library.banner"), this)),
      m_ending(new Banner(QStringLiteral("library.ending"), this)),
      m_replacing_note(new Banner(QStringLiteral("library.replacing"), this)),
      m_not_saved(new Banner(QStringLiteral("library.not_saved"), this)),
      m_confirm(new ConfirmBar(QStringLiteral("library.confirm"), this)),
      m_strip(new ImportStrip(*m_imports, this)), m_incoming(new ImportPanel(this)),
      m_companion(new ElidedComboBox(this)), m_filter(new QComboBox(this)), m_search(new QLineEdit(this)),
      m_grid(new LibraryGrid(*m_model, *m_thumbnails, m_services.may_edit)),
      m_detail(new PhotoDetail(*m_thumbnails, m_services.may_edit, m_services.may_record_releases)),
      m_bulk(new BulkPanel(*m_thumbnails, m_services.may_edit, m_services.may_record_releases)),
      m_receipt(new TakedownReceipt),
      m_variants(new VariantsView(*m_thumbnails, m_services.may_edit, m_services.may_test)) {
    using namespace std::chrono_literals;
    setObjectName(QStringLiteral("library"));
    m_receipt_pause.setSingleShot(true);
    m_receipt_pause.setInterval(2s);
    m_reload_pause.setSingleShot(true);
    m_reload_pause.setInterval(200ms);
    build_layout();
    connect_signals();
    connect_detail();
    connect_actions();
    connect_variants();
}

// Imports hold the store and the worker's session: they end before the members do.
LibraryPage::~LibraryPage() {
    disconnect(m_grid, nullptr, this, nullptr);
    delete m_imports;
}

QIcon LibraryPage::icon() const {
    return line_icon(QStringLiteral("photo"));
}

void LibraryPage::build_header() {
    m_companion->setObjectName(QStringLiteral("library.companion"));
    m_companion->setAccessibleName(tr("Companion"));
    m_companion->setMinimumWidth(160);
    m_companion->setMaximumWidth(280);
    m_companion->hide();
    m_search->setObjectName(QStringLiteral("library.search"));
    m_search->setAccessibleName(tr("Search in alt texts and captions"));
    m_search->setPlaceholderText(tr("Search the texts"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(180);
    m_filter->setObjectName(QStringLiteral("library.filter"));
    m_filter->setAccessibleName(tr("Which photos"));
    for (const auto filter : library_filters) {
        m_filter->addItem(filter_label(filter), static_cast<int>(filter));
    }
    m_filter->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_header->add_widget(m_companion);
    m_header->add_widget(m_filter);
    m_header->add_widget(m_search);
    auto *add =
        m_header->set_primary_action(QStringLiteral("library.add"), QStringLiteral("plus"), tr("Add photos"));
    add->setVisible(m_services.may_edit);
    connect(add, &QPushButton::clicked, this, &LibraryPage::choose_files);
    auto *menu = new QMenu(this);
    if (m_services.may_edit) {
        auto *folder = menu->addAction(tr("Add a folder…"), this, &LibraryPage::choose_folder);
        folder->setObjectName(QStringLiteral("library.add_folder"));
    }
    auto *variants = menu->addAction(tr("Hero photo and variants"), this,
                                     [this] { m_stack->setCurrentWidget(m_variants); });
    variants->setObjectName(QStringLiteral("library.show_variants"));
    m_header->set_menu(menu);
    if (!m_services.may_edit) {
        m_header->set_subtitle(tr("You can look at your photos. An operator can allow you to change them."));
    }
}

QWidget *LibraryPage::build_content() {
    m_rows = new StateStack(m_grid, Skeleton::Shape::Table);
    m_rows->setObjectName(QStringLiteral("library.rows"));
    m_side = new QStackedWidget;
    m_side->addWidget(m_detail);
    m_side->addWidget(m_bulk);
    m_side->addWidget(m_receipt);
    auto *card = new QFrame;
    set_card(card);
    card->setObjectName(QStringLiteral("library.side"));
    card->setFixedWidth(side_width);
    auto *inside = new QVBoxLayout(card);
    inside->setContentsMargins(1, 1, 1, 1);
    inside->addWidget(m_side);
    auto *content = new QWidget;
    auto *row = new QHBoxLayout(content);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    row->addWidget(m_rows, 1);
    row->addWidget(card);
    card->hide();
    return content;
}

void LibraryPage::build_layout() {
    build_header();
    m_stack = new QStackedWidget;
    m_stack->addWidget(build_content());
    m_stack->addWidget(m_variants);
    m_state = new StateStack(m_stack, Skeleton::Shape::Table, this);
    m_state->setObjectName(QStringLiteral("library.state"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 12);
    layout->setSpacing(12);
    layout->addWidget(m_header);
    for (QWidget *strip : {static_cast<QWidget *>(m_banner), static_cast<QWidget *>(m_not_saved),
                           static_cast<QWidget *>(m_ending), static_cast<QWidget *>(m_replacing_note),
                           static_cast<QWidget *>(m_confirm), static_cast<QWidget *>(m_strip)}) {
        layout->addWidget(strip);
    }
    layout->addWidget(m_incoming, 1);
    layout->addWidget(m_state, 1);
    m_incoming->hide();
}

void LibraryPage::connect_signals() {
    connect(m_companion, &QComboBox::currentIndexChanged, this, [this] {
        m_banner->clear();
        m_requested = m_companion->currentData().toString();
        leave_companion();
        emit companion_chosen(m_requested);
        load();
    });
    connect(m_filter, &QComboBox::currentIndexChanged, this, &LibraryPage::show_rows);
    connect(m_search, &QLineEdit::textChanged, this, &LibraryPage::show_rows);
    connect(m_state, &StateStack::retry_requested, this, &LibraryPage::activate);
    connect(m_state, &StateStack::action_requested, this, &LibraryPage::choose_files);
    connect(m_rows, &StateStack::action_requested, this, [this] {
        m_search->clear();
        set_filter(LibraryFilter::All);
    });
    connect(m_ending, &Banner::action_requested, this, [this] { set_filter(LibraryFilter::EndingSoon); });
    connect(m_replacing_note, &Banner::action_requested, this, &LibraryPage::stop_replacing);
    connect(m_confirm, &ConfirmBar::canceled, this, &LibraryPage::stop_replacing);
    connect(m_not_saved, &Banner::action_requested, m_unsaved, &UnsavedTexts::save_now);
    auto *drops = new FileDrops(this, [this] {
        return !m_services.may_edit ? QString()
               : m_shown.tenant.empty()
                   ? tr("Drop to add photos")
                   : tr("Drop to add to %1").arg(QString::fromStdString(m_shown.tenant_name));
    });
    connect(drops, &FileDrops::dropped, this, &LibraryPage::offer_paths);
    connect(m_incoming, &ImportPanel::chosen, this, [this](const ImportChoice &choice) {
        auto target = m_offers.at(static_cast<std::size_t>(choice.offer));
        target.edits = choice.edits;
        target.people = choice.people;
        target.photographer = choice.photographer.toStdString();
        target.licence = choice.licence.toStdString();
        m_imports->add({choice.file}, target);
    });
    connect(m_incoming, &ImportPanel::emptied, this, [this] {
        m_incoming->hide();
        m_state->show();
    });
    connect(m_grid, &LibraryGrid::selection_changed, this, [this] {
        if (m_replacing.empty()) {
            m_confirm->cancel(); // its question was about another photo
        }
        show_side();
        const auto chosen = m_grid->selected();
        if (!m_replacing.empty() && chosen.size() == 1) {
            ask_replace_by(chosen.first());
        }
    });
    connect(m_strip, &ImportStrip::pictures_chosen, this, [this](const QStringList &pictures) {
        m_search->clear();
        set_filter(LibraryFilter::All);
        m_grid->select(pictures);
    });
    connect(m_imports, &LibraryImports::found, this, &LibraryPage::offer_files);
    connect(m_imports, &LibraryImports::photo_added, this, [this](const models::TenantId &tenant) {
        if (m_services.files_added) {
            m_services.files_added(tenant);
        }
        if (tenant == m_shown.tenant && !m_reload_pause.isActive()) {
            m_reload_pause.start();
        }
    });
    connect(&m_reload_pause, &QTimer::timeout, this, &LibraryPage::load);
    connect(&m_receipt_pause, &QTimer::timeout, this, &LibraryPage::load_receipt);
    if (m_services.watcher != nullptr) {
        const auto soon = [this] {
            if (isVisible()) {
                m_unsaved->save_now();
                load();
            }
        };
        connect(m_services.watcher, &TenantWatcher::tenant_changed, this, soon);
        connect(m_services.watcher, &TenantWatcher::reconnected, this, soon);
    }
}

void LibraryPage::activate() {
    if (m_state->state() == StateStack::State::Error) {
        m_state->show_loading();
    }
    m_thumbnails->forget_missing();
    m_unsaved->save_now();
    load();
}

void LibraryPage::open(const QString &argument) {
    follow(argument);
}

void LibraryPage::follow(const QString &tenant_id) {
    if (tenant_id != to_text(m_shown.tenant)) {
        m_requested = tenant_id;
        leave_companion();
    }
}

// Nothing of the companion that was shown stays, so that no photo stands below another one's name and no
// answer is shown for the wrong one.
void LibraryPage::leave_companion() {
    m_loads.next();
    m_receipts.next();
    stop_replacing();
    m_confirm->cancel();
    m_ending->clear();
    m_shown = {};
    m_model->set({});
    m_receipt_of.clear();
    m_variants->forget_changes();
    m_stack->setCurrentIndex(0);
    show_side();
    m_state->show_loading();
}

void LibraryPage::load() {
    const auto number = m_loads.next();
    const auto wanted = m_requested.isEmpty() ? m_shown.tenant : to_tenant_id(m_requested);
    m_worker
        .run([wanted, keeps = m_services.keeps_originals](db::Session &session) {
            auto reading = std::make_shared<LibraryReading>(read_library(session, wanted));
            reading->keeps_originals = keeps && !reading->tenant.empty() && keeps(session, reading->tenant);
            return reading;
        })
        .then(this,
              [this, number](const std::shared_ptr<LibraryReading> &reading) {
                  if (m_loads.is_latest(number)) {
                      show_reading(std::move(*reading));
                  }
              })
        .onFailed(this, [this, number](const std::exception &error) {
            if (!m_loads.is_latest(number)) {
                return;
            }
            if (m_shown.tenant.empty()) {
                m_state->show_error(tr("Could not load the photos"), QString::fromUtf8(error.what()));
            }
            emit trouble();
        });
}

void LibraryPage::show_reading(LibraryReading reading) {
    m_requested.clear();
    show_companions(reading);
    const auto chosen = m_grid->selected();
    for (const auto &entry : reading.entries) {
        if (entry.state.withheld && !entry.photo.paused) {
            m_thumbnails->forget(entry.photo.photo); // its files are removed
        }
    }
    m_model->set(std::move(reading.entries));
    reading.entries.clear();
    m_shown = std::move(reading);
    if (m_shown.tenant.empty()) {
        m_state->show_empty(QStringLiteral("photo"), tr("No companions yet"),
                            tr("Photos belong to a companion. Create one first."), {});
        return;
    }
    m_variants->show_hero(m_shown.hero, QString::fromStdString(m_shown.running_test));
    show_counts();
    show_rows();
    if (m_grid->selected() != chosen) {
        m_grid->select(chosen);
    }
    show_side();
}

void LibraryPage::show_companions(const LibraryReading &reading) {
    const QSignalBlocker quiet(m_companion);
    m_companion->clear();
    for (const auto &tenant : reading.tenants) {
        m_companion->addItem(QString::fromStdString(tenant.name), to_text(tenant.id));
    }
    m_companion->setCurrentIndex(m_companion->findData(to_text(reading.tenant)));
    m_companion->setVisible(reading.tenants.size() > 1);
}

void LibraryPage::show_counts() {
    for (int index = 0; index < m_filter->count(); ++index) {
        const auto filter = static_cast<LibraryFilter>(m_filter->itemData(index).toInt());
        m_filter->setItemText(
            index, tr("%1 (%2)").arg(filter_label(filter)).arg(QLocale().toString(m_model->count(filter))));
    }
    const int ending = m_model->count(LibraryFilter::EndingSoon);
    if (ending == 0) {
        m_ending->clear();
    } else {
        m_ending->show_message(Tone::Caution,
                               counted(ending,
                                       tr("A release of 1 photo ends within 30 days. Then no page may "
                                          "show it any more."),
                                       tr("Releases of %1 photos end within 30 days. Then no page may show "
                                          "them any more.")),
                               tr("Show them"));
    }
}

// The photos that the filter and the search leave.
void LibraryPage::show_rows() {
    const auto filter = static_cast<LibraryFilter>(m_filter->currentData().toInt());
    const auto chosen = m_grid->selected();
    m_model->set_filter(filter, m_search->text().simplified());
    if (m_shown.tenant.empty()) {
        return;
    }
    if (m_model->entries().empty() && m_stack->currentIndex() == 0) {
        m_state->show_empty(QStringLiteral("photo"), tr("No photos yet"),
                            m_services.may_edit ? tr("Drop pictures or folders here, or choose them.")
                                                : tr("Photos that are added for you appear here."),
                            m_services.may_edit ? tr("Add photos") : QString());
        return;
    }
    m_state->show_content();
    if (m_model->rowCount() == 0) {
        m_rows->show_empty(QStringLiteral("search"), tr("No photo fits"),
                           tr("No photo has these words and passes “%1”.").arg(filter_label(filter)),
                           tr("Show all photos"));
    } else {
        m_rows->show_content();
    }
    if (m_grid->selected() != chosen) {
        m_grid->select(chosen);
    }
    show_side();
}

void LibraryPage::set_filter(LibraryFilter filter) {
    m_stack->setCurrentIndex(0);
    m_filter->setCurrentIndex(m_filter->findData(static_cast<int>(filter)));
}

void LibraryPage::show_side() {
    const auto chosen = m_grid->selected();
    auto *card = findChild<QFrame *>(QStringLiteral("library.side"));
    const auto *entry = chosen.isEmpty() ? nullptr : m_model->find(chosen.first());
    if (entry != nullptr) {
        m_receipt_of.clear();
    }
    card->setVisible(entry != nullptr || !m_receipt_of.empty());
    if (entry != nullptr && chosen.size() == 1) {
        m_detail->show_entry(*entry, m_unsaved->with_typed(entry->photo.picture, texts_of(entry->photo)));
        m_side->setCurrentWidget(m_detail);
    } else if (entry != nullptr) {
        const auto paused = std::ranges::count_if(chosen, [this](const QString &picture) {
            const auto *each = m_model->find(picture);
            return each != nullptr && each->photo.paused;
        });
        m_bulk->show_selection(static_cast<int>(chosen.size()), static_cast<int>(paused), entry->photo.photo);
        m_side->setCurrentWidget(m_bulk);
    } else if (!m_receipt_of.empty()) {
        m_side->setCurrentWidget(m_receipt);
    }
}

bool LibraryPage::may_close() {
    const int texts = m_unsaved->count(), files = m_imports->waiting();
    if (texts + files == 0 || texts + files == m_warned) {
        return true;
    }
    m_warned = texts + files;
    m_unsaved->save_now();
    QStringList things;
    if (texts > 0) {
        things << counted(texts, tr("what you typed about 1 photo"), tr("what you typed about %1 photos"));
    }
    if (files > 0) {
        things << counted(files, tr("1 file that is to be added"), tr("%1 files that are to be added"));
    }
    m_not_saved->show_message(
        Tone::Caution,
        tr("Not stored yet: %1. Close again to leave without it.").arg(things.join(QStringLiteral(", "))),
        texts > 0 ? tr("Try again") : QString());
    emit navigate(id(), {});
    return false;
}

} // namespace studio::ui
