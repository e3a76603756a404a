// SPDX-License-Identifier: Apache-2.0
#include "ui/library/import_strip.h"

#include "ui/library/library_imports.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/style_sheet.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int line_height = 34, most_lines = 5;
constexpr int pictures_role = Qt::UserRole;
constexpr int room_role = Qt::UserRole + 1; // pixels for the button

// "" where there is nothing to say about the file.
QString words_of(const ImportResult &result) {
    const auto file = QFileInfo(result.file).fileName();
    const auto of = result.target.name;
    switch (result.kind) {
    case ImportResult::Kind::Failed:
        return result.problem.contains(file)
                   ? ImportStrip::tr("Not added: %1").arg(result.problem)
                   : ImportStrip::tr("%1 was not added: %2").arg(file, result.problem);
    case ImportResult::Kind::Known:
        return ImportStrip::tr("%1 is among the photos of %2 already: “%3”").arg(file, of, result.label);
    case ImportResult::Kind::Added:
        break;
    }
    if (!result.other_edits.isEmpty()) {
        return ImportStrip::tr(
                   "%1 was added to %2. The same file is there with other edits as “%3”. Take that "
                   "photo down if it is not to be shown.")
            .arg(file, of, result.other_edits);
    }
    return result.alike.isEmpty()
               ? QString()
               : ImportStrip::tr("%1 was added to %2 and looks like “%3”. Press this line to see it.")
                     .arg(file, of, result.alike.first());
}

// Leaves room for the button at the end of a line.
class LineDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override {
        auto inner = option;
        inner.rect.setRight(option.rect.right() - index.data(room_role).toInt());
        QStyledItemDelegate::paint(painter, inner, index);
    }
};

} // namespace

ImportStrip::ImportStrip(LibraryImports &imports, QWidget *parent)
    : QFrame(parent), m_imports(imports), m_words(new QLabel), m_progress(new QProgressBar),
      m_list(new QListWidget), m_retry(new QPushButton(tr("Try again"))),
      m_close(new QPushButton(tr("Close"))) {
    setObjectName(QStringLiteral("library.imports"));
    set_card(this);
    m_words->setObjectName(QStringLiteral("library.imports.words"));
    m_words->setTextFormat(Qt::PlainText);
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(6);
    m_progress->setAccessibleName(tr("Progress of adding photos"));
    m_list->setObjectName(QStringLiteral("library.imports.list"));
    m_list->setAccessibleName(tr("Files that need a look"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setWordWrap(true);
    m_list->setItemDelegate(new LineDelegate(m_list));
    m_list->setSelectionMode(QAbstractItemView::NoSelection);
    m_retry->setObjectName(QStringLiteral("library.imports.retry"));
    m_close->setObjectName(QStringLiteral("library.imports.close"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_words, 1);
    row->addWidget(m_retry);
    row->addWidget(m_close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 8, 16, 8);
    column->addLayout(row);
    column->addWidget(m_progress);
    column->addWidget(m_list);
    connect(&imports, &LibraryImports::changed, this, &ImportStrip::refresh);
    connect(m_retry, &QPushButton::clicked, &imports, &LibraryImports::retry_failed);
    connect(m_close, &QPushButton::clicked, &imports, &LibraryImports::forget_results);
    connect(m_list, &QListWidget::itemClicked, this, [this](const QListWidgetItem *item) {
        if (const auto pictures = item->data(pictures_role).toStringList(); !pictures.isEmpty()) {
            emit pictures_chosen(pictures);
        }
    });
    refresh();
}

void ImportStrip::fill_list() {
    m_list->clear();
    for (const auto &result : m_imports.results()) {
        if (const auto words = words_of(result); !words.isEmpty()) {
            auto *item = new QListWidgetItem(words, m_list);
            item->setToolTip(words);
            item->setSizeHint({0, line_height});
            add_button(item, result);
        }
    }
    m_list->setVisible(m_list->count() > 0);
    m_list->setFixedHeight(line_height * std::clamp(m_list->count(), 1, most_lines) + 4);
}

// Shows the photo, or it and the one that it is compared with, among the others.
void ImportStrip::add_button(QListWidgetItem *item, const ImportResult &result) {
    if (result.picture.isEmpty()) {
        return;
    }
    QStringList pictures{result.picture};
    if (!result.other.isEmpty()) {
        pictures << result.other;
    }
    auto *line = new QWidget;
    auto *button = new QPushButton(pictures.size() > 1 ? tr("Show both") : tr("Show it"), line);
    button->setObjectName(QStringLiteral("library.imports.show:") + result.picture);
    button->setAccessibleName(tr("%1: %2").arg(button->text(), item->text()));
    set_button_role(button, ButtonRole::Quiet);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->addStretch(1);
    row->addWidget(button);
    item->setData(pictures_role, pictures);
    item->setData(room_role, button->sizeHint().width() + 8);
    m_list->setItemWidget(item, line);
    connect(button, &QPushButton::clicked, this, [this, pictures] { emit pictures_chosen(pictures); });
}

void ImportStrip::refresh() {
    const bool busy = m_imports.is_busy();
    const int done = static_cast<int>(m_imports.results().size());
    const int all = done + m_imports.waiting();
    fill_list();
    m_progress->setVisible(busy);
    m_progress->setRange(0, std::max(1, all));
    m_progress->setValue(done);
    const int failed = m_imports.count(ImportResult::Kind::Failed);
    const int known = m_imports.count(ImportResult::Kind::Known);
    if (busy) {
        m_words->setText(all == 0 ? tr("Looking for pictures…")
                                  : tr("Adding photo %1 of %2: %3")
                                        .arg(std::min(done + 1, all))
                                        .arg(all)
                                        .arg(m_imports.current_file()));
    } else {
        QStringList parts{
            counted(m_imports.count(ImportResult::Kind::Added), tr("1 photo added"), tr("%1 photos added"))};
        if (known > 0) {
            parts << counted(known, tr("1 was there already"), tr("%1 were there already"));
        }
        if (failed > 0) {
            parts << counted(failed, tr("1 could not be added"), tr("%1 could not be added"));
        }
        m_words->setText(parts.join(QStringLiteral(", ")) + QLatin1Char('.'));
    }
    m_retry->setVisible(!busy && failed > 0);
    m_close->setVisible(!busy);
    setVisible(busy || done > 0);
}

} // namespace studio::ui
