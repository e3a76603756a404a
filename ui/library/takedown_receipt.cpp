// SPDX-License-Identifier: Apache-2.0
#include "ui/library/takedown_receipt.h"

#include "ui/library/receipt_words.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/style_sheet.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace studio::ui {

TakedownReceipt::TakedownReceipt(QWidget *parent)
    : QWidget(parent), m_title(new QLabel), m_words(new QLabel), m_list(new QListWidget),
      m_copy(new QPushButton(tr("Copy"))) {
    setObjectName(QStringLiteral("library.receipt"));
    set_text_role(m_title, TextRole::Section);
    m_title->setWordWrap(true);
    m_title->setTextFormat(Qt::PlainText);
    m_words->setObjectName(QStringLiteral("library.receipt.words"));
    m_words->setWordWrap(true);
    m_list->setObjectName(QStringLiteral("library.receipt.list"));
    m_list->setAccessibleName(tr("Steps"));
    m_list->setWordWrap(true);
    m_list->setTextElideMode(Qt::ElideNone);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setResizeMode(QListView::Adjust);
    auto *refresh = new QPushButton(tr("Look again"));
    refresh->setObjectName(QStringLiteral("library.receipt.refresh"));
    m_copy->setObjectName(QStringLiteral("library.receipt.copy"));
    m_copy->setToolTip(tr("Copies the receipt as text, to hand it over"));
    auto *close = new QPushButton(tr("Close"));
    close->setObjectName(QStringLiteral("library.receipt.close"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(refresh);
    buttons->addWidget(m_copy);
    buttons->addStretch(1);
    buttons->addWidget(close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 16);
    column->setSpacing(10);
    column->addWidget(m_title);
    column->addWidget(m_words);
    column->addWidget(m_list, 1);
    column->addStretch(0); // keeps the words at the top where there is no list
    column->addLayout(buttons);
    connect(refresh, &QPushButton::clicked, this, &TakedownReceipt::refresh_wanted);
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    connect(close, &QPushButton::clicked, this, &TakedownReceipt::closed);
}

bool ReceiptPart::is_done() const {
    return std::ranges::all_of(steps, [](const auto &step) { return step.done_at.has_value(); });
}

void TakedownReceipt::show_parts(const std::vector<ReceiptPart> &parts, bool has_cdn) {
    const bool several = parts.size() > 1;
    m_title->setText(several         ? tr("%1 photos").arg(parts.size())
                     : parts.empty() ? QString()
                                     : parts.front().label);
    m_list->clear();
    QStringList summaries;
    std::ptrdiff_t open = 0;
    for (const auto &part : parts) {
        const auto words = receipt_words(part.steps, has_cdn);
        if (several) {
            m_list->addItem(tr("“%1”").arg(part.label));
            auto font = m_list->font();
            font.setBold(true);
            m_list->item(m_list->count() - 1)->setFont(font);
            if (!words.summary.isEmpty()) {
                m_list->addItem(words.summary);
            }
        }
        m_list->addItems(words.lines);
        if (!words.summary.isEmpty()) {
            summaries << words.summary;
        }
        open += part.is_done() ? 0 : 1;
    }
    m_list->setVisible(!summaries.isEmpty());
    m_copy->setVisible(!summaries.isEmpty());
    m_words->setText(summaries.isEmpty() ? tr("Nothing was taken down, paused or resumed.")
                     : !several          ? summaries.first()
                     : open == 0         ? tr("Every step is done.")
                                         : counted(static_cast<int>(open),
                                                   tr("1 photo is not done yet. It is tried again until it worked."),
                                                   tr("%1 photos are not done yet. They are tried again until it "
                                                              "worked.")));
}

QString TakedownReceipt::text() const {
    QStringList lines{m_title->text(), m_words->text()};
    for (int row = 0; row < m_list->count(); ++row) {
        lines << m_list->item(row)->text();
    }
    lines << tr("As of %1").arg(QLocale().toString(QDateTime::currentDateTime(), QLocale::LongFormat));
    return lines.join(QLatin1Char('\n'));
}

} // namespace studio::ui
