// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/social/social_import.h"

#include "ui/analytics/social/social_rows.h"
#include "ui/charts/chart_card.h"
#include "ui/charts/format_figure.h"
#include "ui/widgets/style_sheet.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace studio::ui {

namespace {

QString rows_label(std::size_t rows) {
    return rows == 1 ? SocialImport::tr("1 row")
                     : SocialImport::tr("%1 rows").arg(format_count(qint64(rows)));
}

QString what_is_read(const models::SocialFile &file, std::int64_t replaced) {
    if (!file.issues.empty()) {
        return SocialImport::tr("Nothing was imported. Fix these errors in the file and choose it again.");
    }
    QStringList platforms, sentences;
    auto first = file.metrics.front().day, last = first;
    for (const auto &metric : file.metrics) {
        const auto name = value_label(db::Dimension::Source, metric.platform);
        if (!platforms.contains(name)) {
            platforms << name;
        }
        first = std::min(first, metric.day);
        last = std::max(last, metric.day);
    }
    sentences << SocialImport::tr("%1 of %2, %3.")
                     .arg(rows_label(file.metrics.size()), platforms.join(QStringLiteral(", ")),
                          format_range({first, last}));
    if (replaced > 0) {
        sentences << (replaced == 1 ? SocialImport::tr("1 existing day will be replaced.")
                                    : SocialImport::tr("%1 existing days will be replaced.").arg(replaced));
    }
    for (const auto &title : file.ignored) {
        sentences << SocialImport::tr("The column “%1” will be ignored.").arg(QString::fromStdString(title));
    }
    if (file.metrics.size() > SocialImport::max_shown) {
        sentences << SocialImport::tr("Showing the first %1.").arg(SocialImport::max_shown);
    }
    return sentences.join(QLatin1Char(' '));
}

} // namespace

SocialImport::SocialImport(const QString &companion, const models::SocialFile &file, std::int64_t replaced,
                           QWidget *parent)
    : QDialog(parent) {
    setObjectName(QStringLiteral("social.import"));
    setWindowTitle(tr("Import social media figures"));
    setModal(true);
    resize(680, 480);
    const bool wrong = !file.issues.empty();
    auto *title = new QLabel(wrong ? tr("The file has errors") : tr("For %1").arg(companion), this);
    set_text_role(title, TextRole::Section);
    auto *words = new QLabel(what_is_read(file, replaced), this);
    words->setObjectName(QStringLiteral("social.import.words"));
    words->setWordWrap(true);
    set_text_role(words, wrong ? TextRole::Negative : TextRole::Body);
    auto *table = new FigureTableModel(this);
    fill_social_preview(*table, file, max_shown);
    auto *view = new QTableView(this);
    view->setObjectName(QStringLiteral("social.import.table"));
    view->setAccessibleName(wrong ? tr("Errors") : tr("Preview"));
    view->setModel(table);
    set_figure_view(view);
    if (wrong) {
        view->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
        view->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
        view->setWordWrap(true);
        view->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    }
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    auto *cancel = new QPushButton(wrong ? tr("Close") : tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("social.import.cancel"));
    buttons->addWidget(cancel);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    if (!wrong) {
        auto *accept = new QPushButton(tr("Import %1").arg(rows_label(file.metrics.size())), this);
        accept->setObjectName(QStringLiteral("social.import.accept"));
        set_button_role(accept, ButtonRole::Primary);
        accept->setDefault(true);
        buttons->addWidget(accept);
        connect(accept, &QPushButton::clicked, this, &QDialog::accept);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    layout->addWidget(title);
    layout->addWidget(words);
    layout->addWidget(view, 1);
    layout->addLayout(buttons);
}

} // namespace studio::ui
