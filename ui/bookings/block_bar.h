// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/bookings/block_change.h"

#include <QTimer>
#include <QWidget>

#include <functional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace studio::ui {

class TimeFields;
class Worker;

// Above the calendar: asks whether a time is to be blocked or freed, does it, and then offers to take it back
// for a while.
class BlockBar final : public QWidget {
    Q_OBJECT

public:
    explicit BlockBar(Worker &worker, QWidget *parent = nullptr);

    // `span`: with its companion, start and end.
    void ask_to_block(const CalendarItem &span, const QString &zone);
    // The same, where the person enters day, time and length; `first`: what the fields begin with.
    void ask_when(const QString &companion, const QString &zone, const QDateTime &first);
    // Says where it belongs to an imported calendar and goes with that.
    void ask_to_free(const CalendarItem &block, const QString &zone);
    // Without a question: it can be taken back.
    void free_now(const CalendarItem &block, const QString &zone);
    void close_bar();
    // Looks up what became of a change whose answer was lost with the connection, if there is one.
    void settle();
    bool asks() const { return m_asked.has_value(); }

signals:
    void changed(); // what is stored
    void closed(bool had_focus);
    void failed(const QString &reason);
    void found_stored(const QString &text); // what was in doubt

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    using Finish = std::function<void(const std::string &made)>;
    struct Doubt {
        BlockChange change;
        Finish finish;
    };
    void build_layout();
    void ask(const CalendarItem &item, const QString &question, const QString &action);
    void follow_time();
    void confirm();
    void block(const CalendarItem &span);
    void free_block(const CalendarItem &block);
    void undo();
    void run(const BlockChange &change, const Finish &finish);
    void heed_lookup(const std::optional<std::string> &made);
    void offer_undo(const std::optional<CalendarItem> &confirmed, const QString &what,
                    const BlockChange &back);

    Worker &m_worker;
    QString m_zone;
    std::optional<CalendarItem> m_asked; // to be freed where it has an id, else to be blocked
    std::optional<BlockChange> m_back;
    std::optional<Doubt> m_doubt;
    bool m_is_busy = false;
    QTimer m_undo_ends;
    // As they stand in the bar: Tab goes through them in this order.
    QLabel *m_question;
    QPushButton *m_undo;
    TimeFields *m_time; // hidden where the time is given
    QLineEdit *m_note;
    QPushButton *m_cancel, *m_confirm;
};

} // namespace studio::ui
