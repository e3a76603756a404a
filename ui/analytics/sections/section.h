// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/analytics/figure_rows.h"
#include "ui/async/cancellation.h"
#include "ui/async/worker.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

class QVBoxLayout;

namespace studio::ui {

class ChartCard;
class StateStack;

// One view of the page: reads its figures off the GUI thread and shows them in one of four states. A view may
// have parts that arrive later, such as the different visitors, which take longer than sums. An answer
// belongs to the question that was asked last; those to older questions are dropped, and what still runs for
// them is cancelled. Its objectName is "analytics.NAME", its state's "analytics.NAME.state".
class FiguresSection : public QWidget {
    Q_OBJECT

public:
    static constexpr int patience_ms = 250; // what takes longer says that it is being read
    struct Workers {
        Worker &sums, &visits; // of daily sums; of what reads the visits one by one
    };
    FiguresSection(Workers workers, const QString &name, QWidget *parent = nullptr);
    ~FiguresSection() override;

    // Reads unless just that is on the screen or being read.
    void ask(const AnalyticsQuery &query);
    void reload();
    // Clears everything of the companion that was shown.
    void start_over();
    // The view is hidden: what is being read is cancelled, and read again by the next ask().
    void give_up();
    // The person does not want to wait any longer.
    void stop();

    StateStack *state() const { return m_state; }
    bool loads() const { return !m_parts.empty(); }
    // The question whose figures are shown; nullptr while they are being read or could not be.
    const AnalyticsQuery *answered() const;
    // "Counting visitors…" once that takes longer than a moment, or why figures are missing; "" else.
    QString progress() const;
    bool stopped() const { return m_stopped; }
    // What it shows, by title; without those that have no rows.
    std::vector<std::pair<QString, const FigureTableModel *>> tables() const;

signals:
    void filter_requested(studio::ui::Field field, const QString &value);
    void day_requested(const QDate &day);
    void tenant_requested(const QString &tenant);
    void trouble(const QString &reason);
    void failed(const QString &message);
    void progress_changed();
    void settled(); // loads() is over, with figures or without

protected:
    enum class From { Sums, Visits };
    // Figures that are read by one function.
    struct Part {
        QString words;                    // "Counting visitors…"
        bool late = false;                // the view is shown without them
        std::vector<ChartCard *> cards{}; // that show nothing else
        std::function<void()> missing{};  // instead of the figures where they were stopped or failed
    };

    virtual void load(const AnalyticsQuery &query) = 0;
    // Figures of the companion before that stand in no card.
    virtual void forget() {}
    // Sentence for the time without any visit; "" shows the content anyway.
    virtual QString empty_text() const;
    // Figures that stand in no card.
    virtual std::vector<std::pair<QString, const FigureTableModel *>> more_tables() const { return {}; }

    // Where the content goes.
    QVBoxLayout *column() const { return m_column; }
    template <typename Read, typename Show> void read(From from, Part part, Read read, Show show);
    // After the content was filled.
    void settle(bool has_figures);
    const AnalyticsQuery &query() const { return *m_query; }
    // Whether the content was filled for this question.
    bool is_shown() const { return m_shown; }
    // Where totals, trends, breakdowns and funnels of the question come from.
    From from(std::optional<db::Dimension> by = {}) const;

private:
    struct Reading {
        std::uint64_t number;
        Part part;
        std::shared_ptr<Cancellation> cancellation;
    };
    const Reading &begin(Part part);
    bool waits_for(std::uint64_t number) const;
    void finish(std::uint64_t number);
    void fail(std::uint64_t number, const QString &reason);
    void cancel_all();
    void load_now();
    void lose_patience();
    void mark_cards();

    Workers m_workers;
    std::vector<Reading> m_parts; // that are being read
    std::uint64_t m_number = 0;   // of the latest part
    std::optional<AnalyticsQuery> m_query;
    QTimer m_patience;
    bool m_patient = true;
    bool m_shown = false;    // the answer to this question is on the screen, or what there is of it yet
    bool m_given_up = false; // to be read again
    bool m_stopped = false;
    StateStack *m_state = nullptr;
    QVBoxLayout *m_column = nullptr;
};

template <typename Read, typename Show>
void FiguresSection::read(From from, Part part, Read read, Show show) {
    const auto &reading = begin(std::move(part));
    using Answer = std::invoke_result_t<Read, db::Session &>;
    auto &worker = from == From::Sums ? m_workers.sums : m_workers.visits;
    worker
        .run([cancellation = reading.cancellation, read = std::move(read)](db::Session &session) {
            return cancellation->run(session, read);
        })
        .then(this,
              [this, number = reading.number, show = std::move(show)](const Answer &answer) {
                  if (waits_for(number)) {
                      show(answer);
                      finish(number);
                  }
              })
        .onFailed(this, [this, number = reading.number](const std::exception &error) {
            if (waits_for(number)) {
                fail(number, QString::fromUtf8(error.what()));
            }
        });
}

} // namespace studio::ui
