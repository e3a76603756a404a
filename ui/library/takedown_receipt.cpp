// SPDX-License-Identifier: Apache-2.0
#include "ui/library/takedown_receipt.h"

#include "ui/library/library_words.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/style_sheet.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace studio::ui {

TakedownReceipt::TakedownReceipt(QWidget *parent)
    : QWidget(parent), m_title(new QLabel), m_words(new QLabel), m_list(new QListWidget) {
    setObjectName(QStringLiteral("library.receipt"));
    set_text_role(m_title, TextRole::Section);
    m_title->setWordWrap(true);
    m_title->setTextFormat(Qt::PlainText);
    m_words->setObjectName(QStringLiteral("library.receipt.words"));
    m_words->setWordWrap(true);
    m_list->setObjectName(QStringLiteral("library.receipt.list"));
    m_list->setAccessibleName(tr("Steps"));
    m_list->setWordWrap(true);
    auto *refresh = new QPushButton(tr("Look again"));
    refresh->setObjectName(QStringLiteral("library.receipt.refresh"));
    auto *close = new QPushButton(tr("Close"));
    close->setObjectName(QStringLiteral("library.receipt.close"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(refresh);
    buttons->addStretch(1);
    buttons->addWidget(close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 16);
    column->setSpacing(10);
    column->addWidget(m_title);
    column->addWidget(m_words);
    column->addWidget(m_list, 1);
    column->addLayout(buttons);
    connect(refresh, &QPushButton::clicked, this, &TakedownReceipt::refresh_wanted);
    connect(close, &QPushButton::clicked, this, &TakedownReceipt::closed);
}

bool ReceiptPart::is_done() const {
    return std::ranges::all_of(steps, [](const auto &step) { return step.done_at.has_value(); });
}

void TakedownReceipt::show_parts(const std::vector<ReceiptPart> &parts) {
    const bool several = parts.size() > 1;
    m_title->setText(several         ? tr("%1 photos").arg(parts.size())
                     : parts.empty() ? QString()
                                     : parts.front().label);
    m_list->clear();
    std::ptrdiff_t open = 0;
    bool any = false;
    for (const auto &part : parts) {
        if (several) {
            m_list->addItem(tr("“%1”").arg(part.label));
            auto font = m_list->font();
            font.setBold(true);
            m_list->item(m_list->count() - 1)->setFont(font);
        }
        for (const auto &step : part.steps) {
            m_list->addItem(step_words(step));
        }
        open += std::ranges::count_if(part.steps, [](const auto &step) { return !step.done_at; });
        any = any || !part.steps.empty();
    }
    m_list->setVisible(any);
    m_words->setText(!any        ? tr("Nothing was taken down, paused or resumed.")
                     : open == 0 ? tr("Every step is done.")
                                 : counted(static_cast<int>(open),
                                           tr("1 step is to be done. It is tried "
                                              "again until it worked."),
                                           tr("%1 steps are to be done. They are tried again until they "
                                              "worked.")));
}

} // namespace studio::ui
