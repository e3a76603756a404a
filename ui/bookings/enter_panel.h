// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/async/latest.h"
#include "ui/bookings/companion_facts.h"
#include "ui/bookings/queue_filters.h"

#include <QFrame>

#include <optional>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QScrollArea;

namespace studio::db {
struct EnteredBooking;
}

namespace studio::ui {

struct BlockInTheWay;
class Banner;
class TimeFields;
class TypedJournal;
class Worker;

// A booking that came by phone, by message or in person. It goes through the queue as others do; the
// client is written to where that is ticked.
class EnterPanel final : public QFrame {
    Q_OBJECT

public:
    EnterPanel(Worker &worker, const QString &own_companion, QWidget *parent = nullptr);
    void set_companions(const std::vector<CompanionChoice> &companions);
    // What is typed is also kept there, and is there again from it. It outlives this.
    void keep_in(TypedJournal *journal);
    // Empty fields; what was typed before stays where it was not entered.
    void begin();
    // Reads again what could not be read of the chosen companion.
    void refresh() { read_companion(); }
    // Something was typed and not entered.
    bool has_words() const;
    // Drops it.
    void clear();

signals:
    void entered(const QString &booking);
    void closed();
    void failed(const QString &reason);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void name_fields();
    void build_layout();
    void connect_signals();
    void read_companion();
    QString companion() const; // "": none is chosen
    void follow_service();
    void keep_typed();
    bool has_address() const;
    void check();
    QString problem() const;
    db::EnteredBooking booking() const;
    void enter() { send(false); }
    void enter_over_block();
    void send(bool over_block);
    void show_entered(const std::string &id, bool has_changed);
    void show_blocked(const BlockInTheWay &block, bool has_changed);
    void heed_other_time();

    Worker &m_worker;
    QString m_own;
    Latest m_loads;
    CompanionFacts m_facts;
    bool m_is_busy = false;
    bool m_offers_over_block = false; // the banner does, for the time that is entered
    TypedJournal *m_journal = nullptr;
    QString m_kept_companion; // chosen when the program ended, until the companions are known
    // Fields are made where they stand: with a style sheet, moving one styles all that it holds again.
    QScrollArea *m_scroll;
    QWidget *m_body; // what scrolls
    QComboBox *m_companion, *m_source, *m_service, *m_place_kind;
    QLineEdit *m_name, *m_email, *m_phone, *m_place;
    QCheckBox *m_has_time;
    TimeFields *m_time;
    QPlainTextEdit *m_message;
    QCheckBox *m_mail;
    QLabel *m_companion_label, *m_problem;
    Banner *m_banner;
    QPushButton *m_cancel, *m_enter;
};

} // namespace studio::ui
