// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/async/latest.h"
#include "ui/async/worker.h"
#include "ui/library/library_filter.h"
#include "ui/library/library_imports.h"
#include "ui/library/library_reading.h"
#include "ui/library/library_services.h"
#include "ui/library/photo_actions.h"
#include "ui/library/takedown_receipt.h"
#include "ui/page.h"

#include <QTimer>

class QComboBox;
class QLineEdit;
class QStackedWidget;

namespace studio::ui {

class Banner;
class BulkPanel;
class ConfirmBar;
class ImportPanel;
class ImportStrip;
class LibraryGrid;
class LibraryModel;
class PageHeader;
class PhotoDetail;
class StateStack;
class ThumbnailSource;
class UnsavedTexts;
class VariantsView;

// The page of a companion's photos: adding, finding, describing, ordering, replacing and taking down.
// Queries run on a database session of its own.
class LibraryPage final : public Page {
    Q_OBJECT

public:
    explicit LibraryPage(LibraryServices services, QWidget *parent = nullptr);
    ~LibraryPage() override;

    QString id() const override { return QStringLiteral("library"); }
    QString title() const override { return tr("Photos"); }
    QIcon icon() const override;
    void activate() override;
    // `argument` is a companion's id.
    void open(const QString &argument) override;
    void follow(const QString &tenant_id) override;
    bool may_close() override;

    // Files, and folders with all pictures in them and below, for the companion that is shown. Each picture
    // is looked at before anything of it is imported.
    void offer_paths(const QStringList &paths);

private:
    void build_layout();
    void build_header();
    QWidget *build_content();
    void connect_signals();
    void connect_detail();
    void connect_actions();
    void connect_variants();
    void load();
    void show_reading(LibraryReading reading);
    void show_companions(const LibraryReading &reading);
    void show_counts();
    void show_rows();
    void show_side();
    void leave_companion();
    void set_filter(LibraryFilter filter);
    void offer_files(const QStringList &files, const ImportTarget &target);
    void choose_files();
    void choose_folder();
    void ask_replace_by(const QString &other);
    void start_replacing();
    void stop_replacing();
    void ask_take_down(const QStringList &pictures);
    void ask_pause_of_several(bool pauses);
    void show_receipt(const QStringList &pictures, const QStringList &labels);
    void load_receipt();
    void answer(bool well, const ActionTarget &target, const QString &message);
    ActionTarget target() const;
    QString label_of_picture(const std::string &picture) const;
    QStringList labels_of(const QStringList &pictures) const;

    const LibraryServices m_services;
    Worker m_worker;
    Latest m_loads, m_receipts;
    ThumbnailSource *m_thumbnails;
    LibraryModel *m_model;
    LibraryImports *m_imports;
    UnsavedTexts *m_unsaved;
    PhotoActions *m_actions;
    PageHeader *m_header;
    Banner *m_banner, *m_ending, *m_replacing_note, *m_not_saved;
    ConfirmBar *m_confirm;
    ImportStrip *m_strip;
    ImportPanel *m_incoming;
    std::vector<ImportTarget> m_offers; // by the number that the panel has; until the program ends
    QComboBox *m_companion, *m_filter;
    QLineEdit *m_search;
    LibraryGrid *m_grid;
    StateStack *m_state = nullptr, *m_rows = nullptr;
    QStackedWidget *m_stack = nullptr, *m_side = nullptr;
    PhotoDetail *m_detail;
    BulkPanel *m_bulk;
    TakedownReceipt *m_receipt;
    VariantsView *m_variants;
    LibraryReading m_shown;  // without its entries, which the model has
    QString m_requested;     // companion that another page showed last, until her photos were read
    std::string m_replacing; // picture whose place another one is to take; "" for none
    std::vector<ReceiptPart> m_receipt_of; // as shown last; empty for none
    int m_warned = 0;                      // number of things that the person was told would be lost
    QTimer m_receipt_pause, m_reload_pause;
};

} // namespace studio::ui
