// SPDX-License-Identifier: Apache-2.0
#include "ui/charts/chart_card.h"

#include "ui/charts/figure_cells.h"
#include "ui/charts/format_figure.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/style_sheet.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QSaveFile>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <stdexcept>

namespace studio::ui {

namespace {

constexpr int row_height = 32;
constexpr int text_margin = 3; // that the style adds around a cell's text

// Aligns the text of a cell with that of its header.
class CellDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override {
        auto inner = option;
        if (option.state & QStyle::State_Selected) {
            painter->fillRect(option.rect, tokens(option.palette).accent_soft);
            inner.state &= ~(QStyle::State_Selected | QStyle::State_HasFocus);
        }
        inner.rect = text_room(option.rect, index).adjusted(-text_margin, 0, text_margin, 0);
        QStyledItemDelegate::paint(painter, inner, index);
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override {
        return QStyledItemDelegate::sizeHint(option, index) +
               QSize(cell_padding + room_behind(index) - 2 * text_margin, 0);
    }
};

} // namespace

void set_figure_view(QTableView *view) {
    view->setItemDelegate(new CellDelegate(view));
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setShowGrid(false);
    view->setTabKeyNavigation(false);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setWordWrap(false);
    view->verticalHeader()->hide();
    view->verticalHeader()->setDefaultSectionSize(row_height);
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    view->horizontalHeader()->setMinimumSectionSize(64);
}

ChartCard::ChartCard(const QString &name, const QString &title, QWidget *parent)
    : QFrame(parent), m_title(new QLabel(title, this)), m_note(new QLabel(this)), m_empty(new QLabel(this)),
      m_controls(new QHBoxLayout), m_stack(new QStackedWidget(this)), m_view(new QTableView(this)),
      m_toggle(new QToolButton(this)), m_menu(new QToolButton(this)) {
    setObjectName(name);
    setAccessibleName(title);
    set_card(this);
    set_text_role(m_title, TextRole::Section);
    set_text_role(m_note, TextRole::Small);
    m_note->setWordWrap(true);
    m_note->hide();
    set_text_role(m_empty, TextRole::Muted);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty_text = tr("No figures for this period.");
    m_empty->setObjectName(name + QStringLiteral(".empty"));
    build_tools();
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_title);
    texts->addWidget(m_note);
    auto *head = new QHBoxLayout;
    head->setSpacing(4);
    head->addLayout(texts, 1);
    head->addLayout(m_controls);
    head->addWidget(m_toggle, 0, Qt::AlignTop);
    head->addWidget(m_menu, 0, Qt::AlignTop);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_view);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 10, 12, 12);
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addWidget(m_stack, 1);
}

void ChartCard::build_tools() {
    const auto name = objectName();
    m_view->setObjectName(name + QStringLiteral(".table"));
    m_view->setAccessibleName(tr("%1 as a table").arg(m_title->text()));
    set_figure_view(m_view);
    m_view->setSortingEnabled(true);
    const auto activate = [this](const QModelIndex &index) {
        if (const auto key = index.data(FigureTableModel::Key).toString(); !key.isEmpty()) {
            emit row_activated(key);
        }
    };
    connect(m_view, &QTableView::activated, this, activate);
    m_toggle->setObjectName(name + QStringLiteral(".toggle"));
    m_toggle->setAccessibleName(tr("Show as table"));
    m_toggle->setToolTip(tr("Table"));
    m_toggle->setIcon(line_icon(QStringLiteral("table")));
    m_toggle->setCheckable(true);
    connect(m_toggle, &QToolButton::toggled, this, &ChartCard::settle);
    m_menu->setObjectName(name + QStringLiteral(".menu"));
    m_menu->setAccessibleName(tr("Copy or export %1").arg(m_title->text()));
    m_menu->setToolTip(tr("Copy and export"));
    m_menu->setIcon(line_icon(QStringLiteral("more")));
    m_menu->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_menu);
    menu->addAction(line_icon(QStringLiteral("photo")), tr("Copy as image"), this,
                    [this] { QGuiApplication::clipboard()->setPixmap(picture()); })
        ->setObjectName(name + QStringLiteral(".copy_picture"));
    menu->addAction(line_icon(QStringLiteral("copy")), tr("Copy data"), this,
                    [this] { QGuiApplication::clipboard()->setText(m_table->tab_separated()); })
        ->setObjectName(name + QStringLiteral(".copy_figures"));
    menu->addAction(line_icon(QStringLiteral("save")), tr("Export CSV…"), this, &ChartCard::export_csv)
        ->setObjectName(name + QStringLiteral(".export"));
    menu->addAction(line_icon(QStringLiteral("table")), tr("Export XLSX…"), this, &ChartCard::export_workbook)
        ->setObjectName(name + QStringLiteral(".export_workbook"));
    m_menu->setMenu(menu);
}

void ChartCard::set_chart(QWidget *chart, FigureTableModel *table) {
    m_chart = chart;
    m_table = table;
    table->setParent(this);
    m_stack->addWidget(chart);
    auto *sorted = new QSortFilterProxyModel(this);
    sorted->setSortRole(FigureTableModel::Value);
    sorted->setSourceModel(table);
    m_view->setModel(sorted);
    m_view->sortByColumn(-1, Qt::AscendingOrder);
    m_toggle->setVisible(qobject_cast<QTableView *>(chart) == nullptr);
    connect(table, &QAbstractItemModel::modelReset, this, &ChartCard::settle);
    settle();
}

void ChartCard::set_title(const QString &title) {
    m_title->setText(title);
    setAccessibleName(title);
}

QString ChartCard::title() const {
    return m_title->text();
}

void ChartCard::set_note(const QString &text) {
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
}

void ChartCard::add_control(QWidget *widget) {
    m_controls->addWidget(widget, 0, Qt::AlignTop);
}

void ChartCard::set_empty_text(const QString &text) {
    m_empty_text = text;
    settle();
}

void ChartCard::set_pending(const QString &words) {
    m_pending = words;
    settle();
}

void ChartCard::set_about(const FigureWorkbook::Words &about) {
    m_about = about;
}

void ChartCard::show_table(bool shown) {
    m_toggle->setChecked(shown);
}

bool ChartCard::shows_table() const {
    return m_stack->currentWidget() == m_view;
}

void ChartCard::settle() {
    const bool empty = m_table == nullptr || m_table->rowCount() == 0;
    m_toggle->setEnabled(!empty);
    m_menu->setEnabled(!empty && m_pending.isEmpty());
    m_empty->setText(m_pending.isEmpty() ? m_empty_text : m_pending);
    m_stack->setCurrentWidget(empty                   ? static_cast<QWidget *>(m_empty)
                              : m_toggle->isChecked() ? static_cast<QWidget *>(m_view)
                                                      : m_chart);
}

QPixmap ChartCard::picture() {
    const bool had_toggle = m_toggle->isVisibleTo(this);
    m_toggle->hide();
    m_menu->hide();
    QPixmap pixmap(size() * devicePixelRatioF());
    pixmap.setDevicePixelRatio(devicePixelRatioF());
    pixmap.fill(tokens(palette()).surface);
    render(&pixmap);
    m_toggle->setVisible(had_toggle);
    m_menu->show();
    return pixmap;
}

void ChartCard::save_csv(const QString &name) const {
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly) || file.write(m_table->csv()) < 0 || !file.commit()) {
        throw std::runtime_error(tr("Could not save %1: %2").arg(name, file.errorString()).toStdString());
    }
}

void ChartCard::save_workbook(const QString &name) const {
    FigureWorkbook book(name);
    if (!m_about.empty()) {
        book.add_words(tr("About"), m_about);
    }
    book.add(title(), *m_table);
    book.save();
}

void ChartCard::export_csv() {
    export_to(tr("CSV (*.csv)"), QStringLiteral("csv"), &ChartCard::save_csv);
}

void ChartCard::export_workbook() {
    export_to(tr("Excel workbook (*.xlsx)"), QStringLiteral("xlsx"), &ChartCard::save_workbook);
}

void ChartCard::export_to(const QString &kind, const QString &ending,
                          void (ChartCard::*save)(const QString &) const) {
    auto *dialog = new QFileDialog(this, tr("Export %1").arg(title()), {}, kind);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(ending);
    const auto subject = m_about.empty() ? QString() : m_about.front().second + QLatin1Char(' ');
    dialog->selectFile(file_name_part(subject + title()) + QLatin1Char('.') + ending);
    connect(dialog, &QFileDialog::fileSelected, this, [this, save, about = m_about](const QString &file) {
        if (!m_pending.isEmpty() || about != m_about) {
            emit failed(tr("The figures changed in the meantime, so nothing was saved."));
            return;
        }
        try {
            (this->*save)(file);
        } catch (const std::runtime_error &error) {
            emit failed(QString::fromUtf8(error.what()));
        }
    });
    dialog->open();
}

} // namespace studio::ui
