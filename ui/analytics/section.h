// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/analytics/figure_rows.h"
#include "ui/async/latest.h"
#include "ui/async/worker.h"

#include <QWidget>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

class QVBoxLayout;

namespace studio::ui {

class StateStack;

// One view of the page: asks the store off the GUI thread and shows the answer in one of four states. Its
// objectName is "analytics.NAME", its state's "analytics.NAME.state".
class FiguresSection : public QWidget {
    Q_OBJECT

public:
    FiguresSection(Worker &worker, const QString &name, QWidget *parent = nullptr);

    // Loads unless it has just that on the screen.
    void ask(const Question &question);
    void reload();
    StateStack *state() const { return m_state; }
    bool loads() const { return m_loading; }
    // What it shows, by title; without those that have no rows.
    std::vector<std::pair<QString, const FigureTable *>> tables() const;

signals:
    void filter_wanted(studio::ui::Field field, const QString &value);
    void day_wanted(const QDate &day);
    void tenant_wanted(const QString &tenant);
    void trouble(const QString &reason);
    void failed(const QString &message); // of an export
    void settled();                      // loads() is over, with figures or without

protected:
    virtual void load(const Question &question) = 0;
    // Sentence for the time without any visit; "" shows the content anyway.
    virtual QString empty_text() const;
    // Figures that stand in no card.
    virtual std::vector<std::pair<QString, const FigureTable *>> more_tables() const { return {}; }

    // Where the content goes.
    QVBoxLayout *column() const { return m_column; }
    template <typename Read, typename Show> void read(Read read, Show show);
    // After the content was filled.
    void settle(bool has_figures);
    const Question &question() const { return *m_question; }

private:
    void show_failure(const QString &reason);

    Worker &m_worker;
    Latest m_loads;
    std::optional<Question> m_question;
    bool m_loading = false;
    bool m_shown = false; // content of some question is there
    StateStack *m_state = nullptr;
    QVBoxLayout *m_column = nullptr;
};

template <typename Read, typename Show> void FiguresSection::read(Read read, Show show) {
    const auto number = m_loads.next();
    m_loading = true;
    using Answer = std::invoke_result_t<Read, db::Session &>;
    m_worker.run(std::move(read))
        .then(this,
              [this, number, show = std::move(show)](const Answer &answer) {
                  if (m_loads.is_latest(number)) {
                      m_loading = false;
                      show(answer);
                      emit settled();
                  }
              })
        .onFailed(this, [this, number](const std::exception &error) {
            if (m_loads.is_latest(number)) {
                m_loading = false;
                show_failure(QString::fromUtf8(error.what()));
                emit settled();
            }
        });
}

} // namespace studio::ui
