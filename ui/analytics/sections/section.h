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

// One section of the Analytics page. It reads its figures off the GUI thread and shows one of four states. A
// section may have parts that arrive later, such as different visitors, which take longer than sums. Answers
// to an earlier query are dropped, and its statements that still run are cancelled. The section's objectName
// is "analytics.NAME", that of its StateStack "analytics.NAME.state".
class FiguresSection : public QWidget {
    Q_OBJECT

public:
    static constexpr int patience_ms = 250; // after this long the page says that figures are being read
    struct Workers {
        Worker &sums, &visits; // for the stored sums; for figures counted from single visits
    };
    FiguresSection(Workers workers, const QString &name, QWidget *parent = nullptr);
    ~FiguresSection() override;

    // Reads the figures of the query, unless they are shown or being read already.
    void ask(const AnalyticsQuery &query);
    void reload();
    // Clears every figure of the companion shown so far.
    void start_over();
    // The section was hidden: cancels what is being read; the next ask() reads it again.
    void give_up();
    // The person pressed Cancel: stops reading. Parts that are late stay without figures; if another part is
    // missing, the section shows that it was stopped.
    void stop();

    StateStack *state() const { return m_state; }
    bool loads() const { return !m_parts.empty(); }
    // The query whose figures are shown; nullptr while they are being read or after a failure.
    const AnalyticsQuery *answered() const;
    // "Counting visitors…" once that takes longer than patience_ms, or why figures are missing; otherwise "".
    QString progress() const;
    bool stopped() const { return m_stopped; }
    // The tables that it shows, with their titles; without those that have no rows.
    std::vector<std::pair<QString, const FigureTableModel *>> tables() const;

signals:
    void filter_requested(studio::ui::Field field, const QString &value);
    void day_requested(const QDate &day);
    void tenant_requested(const QString &tenant);
    void trouble(const QString &reason);
    void failed(const QString &message);
    void progress_changed();
    void settled(); // loads() has become false, with figures or without

protected:
    enum class From { Sums, Visits };
    // A group of figures that one function reads.
    struct Part {
        QString words;                    // "Counting visitors…"
        bool late = false;                // the section is shown before they arrive
        std::vector<ChartCard *> cards{}; // that show only these figures
        std::function<void()> missing{};  // called instead if reading was stopped or failed
    };

    virtual void load(const AnalyticsQuery &query) = 0;
    // Clears figures of the previous companion that are in no card.
    virtual void forget() {}
    // The sentence for a period without visits; with "" the content is shown.
    virtual QString empty_text() const;
    // Tables that are in no card.
    virtual std::vector<std::pair<QString, const FigureTableModel *>> more_tables() const { return {}; }

    // The layout that the section fills.
    QVBoxLayout *column() const { return m_column; }
    template <typename Read, typename Show> void read(From from, Part part, Read read, Show show);
    // To be called after the content was filled.
    void settle(bool has_figures);
    const AnalyticsQuery &query() const { return *m_query; }
    // Whether the content was filled for the present query.
    bool is_shown() const { return m_shown; }
    // Whether totals, trends, breakdowns and funnels of the query come from the sums or from single visits.
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
    std::vector<Reading> m_parts; // parts that are being read
    std::uint64_t m_number = 0;   // number of the most recent part
    std::optional<AnalyticsQuery> m_query;
    QTimer m_patience;
    bool m_patient = true;
    bool m_shown = false; // the present query's answer is shown, at least in part
    bool m_given_up =
        false; // reading was cancelled because the section was hidden; the next ask() reads again
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
