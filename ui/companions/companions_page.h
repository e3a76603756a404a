// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/tenant.h"
#include "ui/async/latest.h"
#include "ui/companions/companions_services.h"
#include "ui/page.h"

#include <QTimer>

#include <set>
#include <string>
#include <vector>

class QComboBox;
class QLineEdit;
class QStackedWidget;
class QTableView;

namespace studio::ui {

class Banner;
class CompanionDelegate;
class CompanionsFilter;
class CompanionsModel;
class CreatePanel;
class DetailPanel;
class PageHeader;
class RowActions;
class StateStack;
class SiteThumbnails;

// The operator's list of companions: find one, open her editor, create one, take her site live or offline.
class CompanionsPage final : public Page {
    Q_OBJECT

public:
    explicit CompanionsPage(CompanionsServices services, QWidget *parent = nullptr);

    QString id() const override { return QStringLiteral("companions"); }
    QString title() const override { return tr("Companions"); }
    QIcon icon() const override;
    void activate() override;
    // With a tenant's id selects that companion and opens her panel; with "new" opens the panel for a new
    // one.
    void open(const QString &argument) override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void build_layout();
    QWidget *build_table();
    void connect_signals();
    void load();
    struct Reading {
        std::vector<models::TenantSummary> rows;
        std::set<std::string> hidden_pictures; // of all companions: shown to nobody
    };
    void show_rows(Reading reading);
    void show_failure(const QString &reason);
    void show_filtered();
    void show_detail(const QModelIndex &row);
    void show_create();
    void show_panel(QWidget *panel);
    void close_panel();
    void fit_columns();
    void show_menu(const QPoint &position);
    void open_public_page(const QModelIndex &row);
    void edit(const QModelIndex &row);

    CompanionsServices m_services;
    Latest m_loads;
    bool m_list_is_old = false; // reading the list failed, and the banner says so
    QTimer m_reload;            // so that many notifications cause one reading
    QString m_requested;        // to be selected when the list has been read
    PageHeader *m_header;
    Banner *m_banner;
    QLineEdit *m_search;
    QComboBox *m_status;
    CompanionsModel *m_model;
    CompanionsFilter *m_filter;
    QTableView *m_table;
    CompanionDelegate *m_delegate;
    RowActions *m_actions;
    StateStack *m_state;
    QStackedWidget *m_panel;
    DetailPanel *m_detail;
    CreatePanel *m_create;
    SiteThumbnails *m_thumbnails;
};

} // namespace studio::ui
