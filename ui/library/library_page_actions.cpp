// SPDX-License-Identifier: Apache-2.0
// What the page of photos does when a person asks for it, and how it answers.
#include "db/stores/platform_store.h"
#include "ui/library/bulk_panel.h"
#include "ui/library/library_grid.h"
#include "ui/library/library_imports.h"
#include "ui/library/library_model.h"
#include "ui/library/library_page.h"
#include "ui/library/library_words.h"
#include "ui/library/photo_detail.h"
#include "ui/library/unsaved_texts.h"
#include "ui/library/variants_view.h"
#include "ui/photos/import_panel.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_bar.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/tenant_id.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QTimer>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int label_length = 60; // characters, in questions and in the note of a revision
constexpr qsizetype most_places = 12, most_names = 5; // in a question

QString pictures_folder() {
    const auto pictures = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    return QDir(pictures).exists() ? pictures : QDir::homePath();
}

std::vector<models::PhotoUse> uses_in_draft(const LibraryEntry &entry) {
    auto uses = entry.uses;
    std::erase_if(uses, [](const auto &use) { return use.in != models::PhotoUse::In::Draft; });
    return uses;
}

// Each place once, with what is shown there; the first ones where there are many.
QStringList places_of(const std::vector<const LibraryEntry *> &entries) {
    QStringList lines;
    for (const auto *entry : entries) {
        lines << use_words(entry->uses);
    }
    lines.removeDuplicates();
    if (const auto more = lines.size() - most_places; more > 1) {
        lines = lines.first(most_places);
        lines << LibraryPage::tr("and %1 more places").arg(more);
    }
    return lines;
}

QString names_of(const QStringList &labels) {
    QStringList names;
    for (const auto &label : labels.first(std::min(labels.size(), most_names))) {
        names << LibraryPage::tr("“%1”").arg(short_name(label));
    }
    if (const auto more = labels.size() - names.size(); more > 0) {
        names << counted(static_cast<int>(more), LibraryPage::tr("1 more"), LibraryPage::tr("%1 more"));
    }
    return names.join(QStringLiteral(", "));
}

} // namespace

ActionTarget LibraryPage::target() const {
    return {m_shown.tenant, QString::fromStdString(m_shown.tenant_name)};
}

QString LibraryPage::label_of_picture(const std::string &picture) const {
    const auto *entry = m_model->find(QString::fromStdString(picture));
    return entry == nullptr ? QString()
           : entry->needs_alt() && entry->used_alt.empty() && entry->photo.photo.caption.empty()
               ? tr("photo without alt text")
               : shortened(title_of(*entry), label_length);
}

QStringList LibraryPage::labels_of(const QStringList &pictures) const {
    QStringList labels;
    for (const auto &picture : pictures) {
        labels << label_of_picture(picture.toStdString());
    }
    return labels;
}

void LibraryPage::connect_detail() {
    connect(m_detail, &PhotoDetail::texts_changed, this, [this](const TextChange &change) {
        m_warned = 0;
        m_unsaved->keep(m_shown.tenant, m_detail->picture(), change);
        emit status_changed(tr("Not saved yet"));
    });
    connect(m_unsaved, &UnsavedTexts::saved, this, [this] {
        if (m_unsaved->count() == 0) {
            m_not_saved->clear();
            emit status_changed(tr("Saved"));
        }
        load();
    });
    connect(m_unsaved, &UnsavedTexts::failed, this, [this](const QString &message, bool is_dropped) {
        m_not_saved->show_message(
            Tone::Negative,
            is_dropped ? message : tr("Could not save: %1 What you typed is kept here.").arg(message),
            is_dropped ? QString() : tr("Try again"));
        emit trouble();
        if (is_dropped) {
            load();
        }
    });
    connect(m_detail, &PhotoDetail::release_wanted, this, [this](const db::PhotoRelease &release) {
        m_actions->record_release(target(), m_detail->picture(), release);
    });
    connect(m_detail, &PhotoDetail::withdrawal_wanted, this, [this](const QString &person) {
        if (const auto *entry = m_model->find(QString::fromStdString(m_detail->picture()))) {
            m_actions->withdraw_release(target(), entry->photo.photo.url, person);
        }
    });
    connect(m_detail, &PhotoDetail::pause_wanted, this, [this] {
        const QStringList one{QString::fromStdString(m_detail->picture())};
        m_actions->pause(target(), one, labels_of(one));
    });
    connect(m_detail, &PhotoDetail::resume_wanted, this, [this] {
        const QStringList one{QString::fromStdString(m_detail->picture())};
        m_actions->resume(target(), one, labels_of(one));
    });
    connect(m_detail, &PhotoDetail::replace_wanted, this, &LibraryPage::start_replacing);
    connect(m_detail, &PhotoDetail::takedown_wanted, this,
            [this] { ask_take_down({QString::fromStdString(m_detail->picture())}); });
    connect(m_detail, &PhotoDetail::steps_wanted, this, [this] {
        const QStringList one{QString::fromStdString(m_detail->picture())};
        show_receipt(one, labels_of(one));
    });
    connect(m_detail, &PhotoDetail::editor_wanted, this,
            [this] { emit navigate(QStringLiteral("editor"), to_text(m_shown.tenant)); });
    connect(m_bulk, &BulkPanel::takedown_wanted, this, [this] { ask_take_down(m_grid->selected()); });
    connect(m_bulk, &BulkPanel::pause_wanted, this, [this] { ask_pause_of_several(true); });
    connect(m_bulk, &BulkPanel::resume_wanted, this, [this] { ask_pause_of_several(false); });
    connect(m_bulk, &BulkPanel::apply_wanted, this, [this](const BulkChange &change) {
        m_bulk->set_busy(true);
        m_actions->change_bulk(target(), m_grid->selected(), change);
    });
    connect(m_grid, &LibraryGrid::order_wanted, this,
            [this](const QStringList &pictures, const QString &before) {
                m_actions->move(target(), pictures, before);
            });
}

void LibraryPage::connect_actions() {
    connect(m_actions, &PhotoActions::done, this,
            [this](PhotoActions::Kind kind, const ActionTarget &about, const QString &message) {
                if (about.tenant == m_shown.tenant) {
                    if (kind == PhotoActions::Kind::Release) {
                        m_detail->clear_release();
                    } else if (kind == PhotoActions::Kind::Bulk) {
                        m_bulk->clear();
                    } else if (kind == PhotoActions::Kind::Shares) {
                        m_variants->forget_changes();
                    }
                }
                m_bulk->set_busy(false);
                answer(true, about, message);
            });
    connect(m_actions, &PhotoActions::failed, this,
            [this](PhotoActions::Kind, const ActionTarget &about, const QString &message) {
                m_bulk->set_busy(false);
                answer(false, about, message);
                emit trouble();
            });
    connect(m_actions, &PhotoActions::steps_made, this,
            [this](PhotoActions::Kind kind, const ActionTarget &about, const QStringList &pictures,
                   const QStringList &labels) {
                const bool tells = kind == PhotoActions::Kind::TakeDown || pictures.size() > 1;
                if (tells && about.tenant == m_shown.tenant) {
                    show_receipt(pictures, labels);
                }
            });
    connect(m_receipt, &TakedownReceipt::refresh_wanted, this, &LibraryPage::load_receipt);
    connect(m_receipt, &TakedownReceipt::closed, this, [this] {
        m_receipt_of.clear();
        m_receipts.next();
        show_side();
    });
}

void LibraryPage::connect_variants() {
    connect(m_variants, &VariantsView::closed, this, [this] {
        m_stack->setCurrentIndex(0);
        show_rows();
    });
    connect(m_variants, &VariantsView::test_wanted, this, [this] {
        emit companion_chosen(to_text(m_shown.tenant)); // the page of tests then shows her
        emit navigate(QStringLiteral("experiments"), {});
    });
    connect(m_variants, &VariantsView::shares_wanted, this, [this](const std::map<std::string, int> &shares) {
        const auto save = [this, shares] { m_actions->save_shares(target(), shares); };
        if (m_shown.running_test.empty()) {
            save();
            return;
        }
        m_confirm->ask(
            tr("The test “%1” runs with these variants. Publishing other shares starts a new phase "
               "of it: what was counted so far is kept apart.")
                .arg(QString::fromStdString(m_shown.running_test)),
            tr("Save the shares"), save);
    });
}

// The message names the companion where another one is shown by now.
void LibraryPage::answer(bool well, const ActionTarget &about, const QString &message) {
    const bool shown = about.tenant == m_shown.tenant;
    if (!message.isEmpty()) {
        m_banner->show_message(well ? Tone::Positive : Tone::Negative,
                               shown ? message : tr("%1: %2").arg(about.name, message));
    }
    if (shown) {
        load();
    }
}

void LibraryPage::offer_paths(const QStringList &paths) {
    if (paths.isEmpty() || !m_services.may_edit) {
        return;
    }
    if (m_shown.tenant.empty()) {
        m_banner->show_message(Tone::Caution,
                               tr("The photos are not loaded yet. Add the files again in a moment."));
        return;
    }
    const ImportTarget target{m_shown.tenant, QString::fromStdString(m_shown.tenant_name),
                              m_shown.media_folder, m_shown.keeps_originals};
    if (std::ranges::any_of(paths, [](const QString &path) { return QFileInfo(path).isDir(); })) {
        m_imports->look_through(paths, target);
    } else {
        offer_files(paths, target);
    }
}

void LibraryPage::offer_files(const QStringList &files, const ImportTarget &target) {
    if (files.isEmpty()) {
        m_banner->show_message(Tone::Caution, tr("There are no pictures in the folder."));
        return;
    }
    m_offers.push_back(target);
    m_incoming->offer(static_cast<int>(m_offers.size()) - 1, target.name, files);
    m_state->hide();
    m_incoming->show();
}

void LibraryPage::choose_files() {
    auto *dialog = new QFileDialog(this, tr("Add photos"), pictures_folder(), LibraryImports::file_filter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &LibraryPage::offer_paths);
    dialog->open();
}

void LibraryPage::choose_folder() {
    auto *dialog = new QFileDialog(this, tr("Add a folder"), pictures_folder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::filesSelected, this, &LibraryPage::offer_paths);
    dialog->open();
}

void LibraryPage::start_replacing() {
    m_replacing = m_detail->picture();
    m_replacing_note->show_message(
        Tone::Accent,
        tr("Choose the photo that takes the place of “%1” everywhere in the draft.")
            .arg(label_of_picture(m_replacing)),
        tr("Cancel"), Banner::Dismissal::Never);
}

void LibraryPage::stop_replacing() {
    if (!m_replacing.empty()) {
        m_confirm->cancel();
    }
    m_replacing.clear();
    m_replacing_note->clear();
}

void LibraryPage::ask_replace_by(const QString &other) {
    const auto *entry = m_model->find(QString::fromStdString(m_replacing));
    if (entry == nullptr || other.toStdString() == m_replacing) {
        return;
    }
    m_replacing_note->clear(); // the question says the same, with the one button that cancels both
    const auto places = uses_in_draft(*entry);
    const auto before = label_of_picture(m_replacing), after = label_of_picture(other.toStdString());
    auto question = tr("“%1” takes the place of “%2”:\n%3\nThis is one revision of the draft, which its "
                       "history can undo. The live page changes when you publish.")
                        .arg(after, before, use_words(places).join(QLatin1Char('\n')));
    if (const auto *another = m_model->find(other)) {
        if (const auto lacks = state_words(*another); !lacks.isEmpty()) {
            question += QLatin1Char('\n') +
                        tr("Of the new photo this is open: %1.").arg(lacks.join(QStringLiteral(", ")));
        }
    }
    if (entry->is_in_test()) {
        question += QLatin1Char('\n') + tr("A test uses the photo. Publishing another one starts a new phase "
                                           "of it.");
    }
    m_confirm->ask(
        question,
        counted(static_cast<int>(places.size()), tr("Replace in 1 place"), tr("Replace in %1 places")),
        [this, picture = m_replacing, by = other.toStdString(), before, after] {
            m_actions->replace(target(), picture, by, tr("“%1” in place of “%2”").arg(after, before));
            stop_replacing();
        });
}

void LibraryPage::ask_take_down(const QStringList &pictures) {
    std::vector<const LibraryEntry *> entries;
    for (const auto &picture : pictures) {
        if (const auto *entry = m_model->find(picture)) {
            entries.push_back(entry);
        }
    }
    if (entries.empty()) {
        return;
    }
    const auto labels = labels_of(pictures);
    const auto uses = places_of(entries);
    const bool one = entries.size() == 1;
    const auto takes_along = uses.isEmpty()
                                 ? (one ? tr("Nothing uses it.") : tr("Nothing uses them."))
                                 : (one ? tr("It disappears from:\n%1") : tr("They disappear from:\n%1"))
                                       .arg(uses.join(QLatin1Char('\n')));
    const auto question =
        one ? tr("“%1” goes for good, from every page, test, draft link and share picture, from the "
                 "store and from the CDN. This cannot be undone. %2")
                  .arg(labels.first(), takes_along)
            : tr("%1 photos go for good, from every page, test, draft link and share picture, from the "
                 "store and from the CDN: %2. This cannot be undone. %3")
                  .arg(QString::number(entries.size()), names_of(labels), takes_along);
    m_confirm->ask(question,
                   one ? tr("Take down “%1”").arg(short_name(labels.first()))
                       : tr("Take down %1 photos").arg(entries.size()),
                   [this, pictures, labels] {
                       m_bulk->set_busy(true);
                       m_actions->take_down(target(), pictures, labels);
                   });
    QTimer::singleShot(0, m_grid, [this, first = pictures.first()] { // after the question has taken its room
        if (const int row = m_model->row_of(first); row >= 0) {
            m_grid->scrollTo(m_model->index(row));
        }
    });
}

// Of the chosen photos only those are changed that are not so already.
void LibraryPage::ask_pause_of_several(bool pauses) {
    auto pictures = m_grid->selected();
    pictures.removeIf([&](const QString &picture) {
        const auto *entry = m_model->find(picture);
        return entry == nullptr || entry->photo.paused == pauses;
    });
    if (pictures.isEmpty()) {
        return;
    }
    const auto labels = labels_of(pictures);
    const auto count = static_cast<int>(pictures.size());
    const auto question =
        pauses
            ? counted(
                  count,
                  tr("1 photo leaves every page, and its addresses stop answering, until it is resumed: %2."),
                  tr("%1 photos leave every page, and their addresses stop answering, until they are "
                     "resumed: %2."))
            : counted(count, tr("1 photo is shown again wherever pages have it: %2."),
                      tr("%1 photos are shown again wherever pages have them: %2."));
    const auto act = pauses ? counted(count, tr("Pause 1 photo"), tr("Pause %1 photos"))
                            : counted(count, tr("Resume 1 photo"), tr("Resume %1 photos"));
    m_confirm->ask(QString(question).replace(QStringLiteral("%2"), names_of(labels)), act,
                   [this, pauses, pictures, labels] {
                       m_bulk->set_busy(true);
                       if (pauses) {
                           m_actions->pause(target(), pictures, labels);
                       } else {
                           m_actions->resume(target(), pictures, labels);
                       }
                   });
}

void LibraryPage::show_receipt(const QStringList &pictures, const QStringList &labels) {
    m_grid->select({});
    m_receipt_of.clear();
    for (qsizetype at = 0; at < pictures.size(); ++at) {
        m_receipt_of.push_back({pictures[at].toStdString(), labels.value(at), {}});
    }
    m_receipt->show_parts(m_receipt_of, false);
    show_side();
    load_receipt();
}

void LibraryPage::load_receipt() {
    if (m_receipt_of.empty() || m_shown.tenant.empty()) {
        return;
    }
    m_worker
        .run([tenant = m_shown.tenant, parts = m_receipt_of](db::Session &session) {
            std::pair<std::vector<ReceiptPart>, bool> read{parts, false};
            db::PhotoLibrary library(session);
            for (auto &part : read.first) {
                part.steps = library.steps(tenant, part.picture);
            }
            const auto store = db::PlatformStore(session).photo_store();
            read.second = store.bucket && models::has_cdn(*store.bucket);
            return read;
        })
        .then(this,
              [this, number = m_receipts.next()](const std::pair<std::vector<ReceiptPart>, bool> &read) {
                  if (!m_receipts.is_latest(number) || m_receipt_of.empty()) {
                      return;
                  }
                  const auto &parts = read.first;
                  m_receipt_of = parts;
                  m_receipt->show_parts(parts, read.second);
                  if (!std::ranges::all_of(parts, &ReceiptPart::is_done) && m_receipt->isVisible()) {
                      m_receipt_pause.start();
                  }
              })
        .onFailed(this, [this](const std::exception &error) {
            m_banner->show_message(Tone::Negative,
                                   tr("Could not load the receipt: %1").arg(QString::fromUtf8(error.what())));
            emit trouble();
        });
}

} // namespace studio::ui
