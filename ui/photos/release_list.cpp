// SPDX-License-Identifier: Apache-2.0
#include "ui/photos/release_list.h"

#include "ui/photos/release_state.h"
#include "ui/widgets/confirm_bar.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace studio::ui {

ReleaseList::ReleaseList(const QString &name, bool may_withdraw, QWidget *parent)
    : QWidget(parent), m_name(name), m_may_withdraw(may_withdraw), m_rows(new QVBoxLayout),
      m_confirm(new ConfirmBar(name + QStringLiteral(".confirm"), this)) {
    setObjectName(name + QStringLiteral(".list"));
    m_rows->setSpacing(8);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addLayout(m_rows);
    column->addWidget(m_confirm);
}

void ReleaseList::show_releases(const QString &key, const QString &title,
                                const std::vector<db::PhotoRelease> &releases) {
    const bool is_there = std::ranges::any_of(
        releases, [this](const auto &each) { return QString::fromStdString(each.person) == m_asked; });
    if (std::exchange(m_key, key) != key || !is_there) {
        m_confirm->cancel();
    }
    m_title = title;
    while (auto *item = m_rows->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // its button may be what asked for this
        delete item;
    }
    int index = 0;
    for (const auto &release : releases) {
        m_rows->addWidget(row(release, index++));
    }
    setVisible(!releases.empty());
}

QWidget *ReleaseList::row(const db::PhotoRelease &release, int index) {
    auto *row = new QWidget(this);
    const auto state = release_state({}, {release}, std::nullopt, today_utc());
    const auto words = release_words(release);
    auto *text = new QLabel(state.ended_on.empty() ? words : tr("%1: has ended").arg(words), row);
    text->setObjectName(QStringLiteral("%1.words.%2").arg(m_name).arg(index));
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    const bool warns = !state.ended_on.empty() || !state.next_end.empty() || !release.adult;
    set_text_role(text, warns ? TextRole::Negative : TextRole::Body);
    auto *recorded = new QLabel(
        tr("Recorded on %1 by %2")
            .arg(QLocale().toString(to_date_time(release.recorded_at).date(), QStringLiteral("d MMMM yyyy")),
                 QString::fromStdString(release.recorded_by)),
        row);
    recorded->setTextFormat(Qt::PlainText);
    recorded->setWordWrap(true);
    set_text_role(recorded, TextRole::Small);
    recorded->setVisible(!release.recorded_by.empty());
    auto *texts = new QVBoxLayout;
    texts->setSpacing(1);
    texts->addWidget(text);
    texts->addWidget(recorded);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(texts, 1);
    if (m_may_withdraw) {
        auto *withdraw = new QPushButton(tr("Withdraw…"), row);
        withdraw->setObjectName(QStringLiteral("%1.withdraw.%2").arg(m_name).arg(index));
        withdraw->setAccessibleName(tr("Withdraw the release: %1").arg(words));
        set_button_role(withdraw, ButtonRole::Quiet);
        const auto person = QString::fromStdString(release.person);
        connect(withdraw, &QPushButton::clicked, this, [this, person] { ask(person); });
        layout->addWidget(withdraw, 0, Qt::AlignTop);
    }
    return row;
}

void ReleaseList::ask(const QString &person) {
    m_asked = person;
    m_confirm->ask(withdrawal_question(m_title, person), withdrawal_answer(),
                   [this, person] { emit withdrawn(person); });
}

} // namespace studio::ui
