// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/block_bar.h"

#include "db/bookings/booking_decision_store.h"
#include "ui/async/worker.h"
#include "ui/bookings/booking_decider.h"
#include "ui/bookings/booking_words.h"
#include "ui/bookings/time_fields.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/style_sheet.h"

#include <QAccessible>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace studio::ui {

namespace {

constexpr int max_note = 200;
constexpr int usual_length_s = 3600;

QString when_words() {
    return BlockBar::tr("Block when? Nobody can book that time on the site; bookings that exist stay.");
}

QString words_of(const CalendarItem &item, const QString &zone) {
    return long_span(to_time(item.start), to_time(item.end), zone);
}

} // namespace

BlockBar::BlockBar(Worker &worker, QWidget *parent)
    : QWidget(parent), m_worker(worker), m_question(new QLabel(this)),
      m_undo(new QPushButton(line_icon(QStringLiteral("undo")), tr("Undo"), this)),
      m_time(new TimeFields(QStringLiteral("calendar.block"), this)), m_note(new QLineEdit(this)),
      m_cancel(new QPushButton(tr("Cancel"), this)), m_confirm(new QPushButton(this)) {
    setObjectName(QStringLiteral("calendar.block"));
    setAccessibleName(tr("Blocked time"));
    m_undo_ends.setSingleShot(true);
    m_undo_ends.setInterval(std::chrono::seconds(db::undo_seconds));
    build_layout();
    connect(m_time, &TimeFields::changed, this, &BlockBar::follow_time);
    connect(m_confirm, &QPushButton::clicked, this, &BlockBar::confirm);
    connect(m_note, &QLineEdit::returnPressed, this, &BlockBar::confirm);
    connect(m_cancel, &QPushButton::clicked, this, &BlockBar::close_bar);
    connect(m_undo, &QPushButton::clicked, this, &BlockBar::undo);
    connect(&m_undo_ends, &QTimer::timeout, this, [this] {
        m_back.reset();
        if (!asks()) {
            close_bar();
        }
    });
    hide();
}

void BlockBar::build_layout() {
    m_question->setWordWrap(true);
    m_question->setTextFormat(Qt::PlainText);
    m_question->setObjectName(QStringLiteral("calendar.block.question"));
    m_note->setObjectName(QStringLiteral("calendar.block.note"));
    m_note->setAccessibleName(tr("Note on the blocked time"));
    m_note->setPlaceholderText(tr("Note (optional)"));
    m_note->setMaxLength(max_note);
    m_confirm->setObjectName(QStringLiteral("calendar.block.confirm"));
    m_cancel->setObjectName(QStringLiteral("calendar.block.cancel"));
    m_undo->setObjectName(QStringLiteral("calendar.block.undo"));
    m_undo->setAccessibleName(tr("Undo the last change of blocked time"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_question, 1);
    row->addWidget(m_undo);
    auto *second = new QHBoxLayout;
    second->addWidget(m_note, 1);
    second->addStretch(0);
    second->addWidget(m_cancel);
    second->addWidget(m_confirm);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 0, 12, 12);
    layout->addLayout(row);
    layout->addWidget(m_time);
    layout->addLayout(second);
}

void BlockBar::ask(const CalendarItem &item, const QString &question, const QString &action) {
    m_asked = item;
    m_back.reset();
    m_question->setText(question);
    m_confirm->setText(action);
    set_button_role(m_confirm, ButtonRole::Primary);
    m_confirm->setEnabled(true);
    m_time->hide();
    m_note->clear();
    m_undo->hide();
    m_cancel->show();
    show();
}

void BlockBar::ask_to_block(const CalendarItem &span, const QString &zone) {
    m_zone = zone;
    ask(span,
        tr("Block %1? Nobody can book it on the site; bookings that exist stay.").arg(words_of(span, zone)),
        tr("Block this time"));
    m_confirm->show();
    m_note->show();
    m_note->setFocus();
}

void BlockBar::ask_when(const QString &companion, const QString &zone, const QDateTime &first) {
    m_zone = zone;
    CalendarItem span;
    span.companion = companion;
    ask(span, when_words(), tr("Block this time"));
    m_confirm->show();
    m_note->show();
    m_time->show();
    m_time->set_zone(zone);
    m_time->set_span(to_time(first), to_time(first.addSecs(usual_length_s)));
    m_time->first_field()->setFocus();
}

void BlockBar::follow_time() {
    if (m_time->isHidden() || !m_asked) {
        return;
    }
    m_asked->start = in_zone(m_time->start(), m_zone);
    m_asked->end = in_zone(m_time->end(), m_zone);
    const auto problem = m_time->problem();
    m_confirm->setEnabled(problem.isEmpty());
    m_question->setText(problem.isEmpty() ? when_words() : problem);
}

void BlockBar::ask_to_free(const CalendarItem &block, const QString &zone) {
    m_zone = zone;
    const auto span = words_of(block, zone);
    ask(block,
        block.imported
            ? tr("%1: %2. It comes from an imported calendar and goes with that.").arg(block.title, span)
            : tr("%1: %2. Free it, and the time can be booked again.").arg(block.title, span),
        tr("Free this time"));
    m_confirm->setVisible(!block.imported);
    m_note->hide();
}

void BlockBar::free_now(const CalendarItem &block, const QString &zone) {
    if (block.imported) {
        ask_to_free(block, zone);
        return;
    }
    m_zone = zone;
    free_block(block);
}

void BlockBar::close_bar() {
    const bool had_focus = isAncestorOf(QApplication::focusWidget());
    m_asked.reset();
    m_back.reset();
    m_undo_ends.stop();
    hide();
    emit closed(had_focus);
}

void BlockBar::keyPressEvent(QKeyEvent *event) {
    if (event->key() == Qt::Key_Escape && asks()) {
        close_bar();
        return;
    }
    QWidget::keyPressEvent(event);
}

void BlockBar::confirm() {
    if (!m_asked || m_is_busy || m_asked->imported || !m_confirm->isEnabled()) {
        return;
    }
    if (m_asked->id.isEmpty()) {
        auto span = *m_asked;
        span.note = m_note->text().trimmed();
        block(span);
    } else {
        free_block(*m_asked);
    }
}

void BlockBar::block(const CalendarItem &span) {
    run({span}, [this, span, asked = m_asked](const std::string &made) {
        auto added = span;
        added.id = QString::fromStdString(made);
        offer_undo(asked, tr("Blocked: %1.").arg(words_of(span, m_zone)), {added});
    });
}

void BlockBar::free_block(const CalendarItem &block) {
    run({block}, [this, block, asked = m_asked](const std::string &) {
        auto again = block;
        again.id.clear();
        offer_undo(asked, tr("%1 can be booked again.").arg(words_of(block, m_zone)), {again});
    });
}

void BlockBar::undo() {
    if (m_back && !m_is_busy) {
        run(*m_back, [this](const std::string &) {
            if (!asks()) {
                close_bar();
            }
        });
    }
}

// Nothing is done twice: what is in doubt is looked up first.
void BlockBar::run(const BlockChange &change, const Finish &finish) {
    if (m_is_busy) {
        return;
    }
    if (m_doubt) {
        emit failed(tr("It is not known yet whether the change before was stored. It is being looked up."));
        settle();
        return;
    }
    m_is_busy = true;
    m_worker.run([change](db::Session &session) { return store(session, change); })
        .then(this,
              [this, finish](const std::string &made) {
                  m_is_busy = false;
                  finish(made);
                  emit changed();
              })
        .onFailed(this, [this, change, finish](const std::exception &error) {
            m_is_busy = false;
            emit failed(refusal_words(tr("Nothing was changed."), error));
            if (is_in_doubt(error)) {
                m_doubt = {change, finish};
                settle(); // perhaps only this connection was lost
            }
        });
}

void BlockBar::settle() {
    if (!m_doubt || m_is_busy) {
        return;
    }
    m_is_busy = true;
    m_worker.run([change = m_doubt->change](db::Session &session) { return find_stored(session, change); })
        .then(this, [this](const std::optional<std::string> &made) { heed_lookup(made); })
        .onFailed(this, [this](const std::exception &) { m_is_busy = false; }); // with the next connection
}

void BlockBar::heed_lookup(const std::optional<std::string> &made) {
    m_is_busy = false;
    const auto doubt = *std::exchange(m_doubt, std::nullopt);
    const auto span = words_of(doubt.change.block, m_zone);
    if (!made) {
        emit failed(doubt.change.frees() ? tr("%1 was not freed: it is still blocked.").arg(span)
                                         : tr("%1 was not blocked: it can still be booked.").arg(span));
        return;
    }
    doubt.finish(*made);
    emit changed();
    emit found_stored(tr("It was stored after all."));
}

// A question that was asked meanwhile stays.
void BlockBar::offer_undo(const std::optional<CalendarItem> &confirmed, const QString &what,
                          const BlockChange &back) {
    if (m_asked && m_asked != confirmed) {
        return;
    }
    const bool had_focus = isAncestorOf(QApplication::focusWidget());
    m_asked.reset();
    m_back = back;
    m_question->setText(what);
    m_undo->show();
    if (had_focus) {
        m_undo->setFocus();
    }
    for (auto *over : std::initializer_list<QWidget *>{m_time, m_note, m_confirm, m_cancel}) {
        over->hide();
    }
    show();
    m_undo_ends.start();
    emit closed(false);
    QAccessibleEvent announcement(m_question, QAccessible::Alert);
    QAccessible::updateAccessibility(&announcement);
}

} // namespace studio::ui
