// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/sections/section.h"

#include "db/analytics/analytics_store.h"
#include "ui/charts/chart_card.h"
#include "ui/widgets/state_stack.h"

#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace studio::ui {

namespace {

// The columns stay, because the views have set their widths.
void clear_rows(FigureTableModel &table) {
    if (table.rowCount() > 0) {
        table.set(table.columns(), {});
    }
}

} // namespace

FiguresSection::FiguresSection(Workers workers, const QString &name, QWidget *parent)
    : QWidget(parent), m_workers(workers) {
    setObjectName(QStringLiteral("analytics.") + name);
    auto *content = new QWidget;
    content->setProperty("scrollGround", true);
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(0, 0, 4, 8);
    m_column->setSpacing(12);
    auto *scroll = new QScrollArea(this);
    scroll->setObjectName(objectName() + QStringLiteral(".scroll"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    m_state = new StateStack(scroll, Skeleton::Shape::Form, this);
    m_state->setObjectName(objectName() + QStringLiteral(".state"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_state);
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience_ms);
    connect(&m_patience, &QTimer::timeout, this, &FiguresSection::lose_patience);
    connect(m_state, &StateStack::retry_requested, this, [this] {
        m_state->show_loading();
        reload();
    });
}

FiguresSection::~FiguresSection() {
    cancel_all();
}

QString FiguresSection::empty_text() const {
    return tr("No visits match this period and these filters.");
}

std::vector<std::pair<QString, const FigureTableModel *>> FiguresSection::tables() const {
    auto list = more_tables();
    for (const auto *card : findChildren<ChartCard *>()) {
        list.emplace_back(card->title(), card->table());
    }
    std::erase_if(list, [](const auto &entry) { return entry.second->rowCount() == 0; });
    return list;
}

FiguresSection::From FiguresSection::from(std::optional<db::Dimension> by) const {
    return db::AnalyticsStore::from_sums(m_query->filter, by) ? From::Sums : From::Visits;
}

void FiguresSection::ask(const AnalyticsQuery &query) {
    if (m_query && same_query(*m_query, query) && !m_given_up &&
        m_state->state() != StateStack::State::Error) {
        return;
    }
    if (!m_query || m_query->tenant != query.tenant) {
        start_over();
    }
    m_query = query;
    load_now();
}

void FiguresSection::reload() {
    if (m_query) {
        load_now();
    }
}

void FiguresSection::start_over() {
    cancel_all();
    m_query.reset();
    m_shown = m_stopped = false;
    m_patience.stop();
    for (auto *card : findChildren<ChartCard *>()) {
        clear_rows(*card->table());
    }
    forget();
    m_state->show_loading();
    mark_cards();
    emit progress_changed();
}

void FiguresSection::give_up() {
    if (loads()) {
        cancel_all();
        m_given_up = true;
        mark_cards();
        emit progress_changed();
        emit settled();
    }
}

void FiguresSection::stop() {
    const auto parts = std::exchange(m_parts, {});
    m_stopped = !parts.empty();
    for (const auto &reading : parts) {
        Cancellation::cancel(reading.cancellation);
        if (!reading.part.late) {
            m_shown = false;
            m_state->show_error(tr("Stopped"), tr("These figures were not loaded."));
        } else if (reading.part.missing) {
            reading.part.missing();
        }
    }
    mark_cards();
    emit progress_changed();
    emit settled();
}

const AnalyticsQuery *FiguresSection::answered() const {
    return m_shown && !loads() && !m_given_up ? &*m_query : nullptr;
}

QString FiguresSection::progress() const {
    if (m_stopped && m_shown) {
        return tr("Some figures were not loaded.");
    }
    return m_patient || m_parts.empty() ? QString() : m_parts.front().part.words;
}

void FiguresSection::load_now() {
    cancel_all();
    m_shown = m_given_up = m_stopped = false;
    const auto about = about_lines(*m_query);
    for (auto *card : findChildren<ChartCard *>()) {
        card->set_about(about);
    }
    load(*m_query);
    mark_cards();
    emit progress_changed();
}

const FiguresSection::Reading &FiguresSection::begin(Part part) {
    if (m_parts.empty()) {
        m_patient = true;
        m_patience.start();
    }
    m_parts.push_back({++m_number, std::move(part), std::make_shared<Cancellation>()});
    return m_parts.back();
}

bool FiguresSection::waits_for(std::uint64_t number) const {
    return std::ranges::find(m_parts, number, &Reading::number) != m_parts.end();
}

void FiguresSection::finish(std::uint64_t number) {
    std::erase_if(m_parts, [number](const auto &reading) { return reading.number == number; });
    mark_cards();
    emit progress_changed();
    if (!loads()) {
        emit settled();
    }
}

void FiguresSection::fail(std::uint64_t number, const QString &reason) {
    const auto part = std::ranges::find(m_parts, number, &Reading::number)->part;
    if (part.late) {
        if (part.missing) {
            part.missing();
        }
        emit failed(tr("Some figures could not be loaded: %1").arg(reason));
        finish(number);
    } else {
        cancel_all();
        m_shown = false;
        m_state->show_error(tr("Could not load the figures"), reason);
        mark_cards();
        emit progress_changed();
        emit settled();
    }
    emit trouble(reason);
}

void FiguresSection::cancel_all() {
    for (const auto &reading : std::exchange(m_parts, {})) {
        Cancellation::cancel(reading.cancellation);
    }
}

// Called when the answer takes long: clears the figures of the previous period or filter, so that nobody
// takes them for the new ones.
void FiguresSection::lose_patience() {
    m_patient = false;
    for (const auto &reading : m_parts) {
        if (!reading.part.late && !m_shown) {
            m_state->show_loading();
        }
        for (auto *card : reading.part.cards) {
            clear_rows(*card->table());
        }
    }
    mark_cards();
    emit progress_changed();
}

// A card of a part that is being read says so. The other cards are marked as pending too, without words,
// because they may have a column of that part.
void FiguresSection::mark_cards() {
    for (auto *card : findChildren<ChartCard *>()) {
        QString words = loads() || m_given_up ? QStringLiteral(" ") : QString();
        for (const auto &reading : m_parts) {
            if (!m_patient && std::ranges::find(reading.part.cards, card) != reading.part.cards.end()) {
                words = reading.part.words;
            }
        }
        card->set_pending(words);
    }
}

void FiguresSection::settle(bool has_figures) {
    m_shown = true;
    if (has_figures || empty_text().isEmpty()) {
        m_state->show_content();
        return;
    }
    m_state->show_empty(QStringLiteral("analytics"), tr("Nothing to show"), empty_text(), {});
}

} // namespace studio::ui
