// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/section.h"

#include "ui/charts/chart_card.h"
#include "ui/widgets/state_stack.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace studio::ui {

namespace {

bool same(const Question &first, const Question &second) {
    return first.tenant == second.tenant && first.zone == second.zone && first.range == second.range &&
           first.filter == second.filter && first.currency == second.currency;
}

} // namespace

FiguresSection::FiguresSection(Worker &worker, const QString &name, QWidget *parent)
    : QWidget(parent), m_worker(worker) {
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
    connect(m_state, &StateStack::retry_requested, this, [this] {
        m_state->show_loading();
        reload();
    });
}

QString FiguresSection::empty_text() const {
    return tr("Nobody visited in these days, or nobody whom the filters leave.");
}

std::vector<std::pair<QString, const FigureTable *>> FiguresSection::tables() const {
    auto list = more_tables();
    for (const auto *card : findChildren<ChartCard *>()) {
        list.emplace_back(card->title(), card->table());
    }
    std::erase_if(list, [](const auto &entry) { return entry.second->rowCount() == 0; });
    return list;
}

void FiguresSection::ask(const Question &question) {
    if (m_question && same(*m_question, question) && m_state->state() != StateStack::State::Error) {
        return;
    }
    m_question = question;
    if (!m_shown) {
        m_state->show_loading();
    }
    load(question);
}

void FiguresSection::reload() {
    if (m_question) {
        load(*m_question);
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

void FiguresSection::show_failure(const QString &reason) {
    m_shown = false;
    m_state->show_error(tr("The figures could not be read"), reason);
    emit trouble(reason);
}

} // namespace studio::ui
