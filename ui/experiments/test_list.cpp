// SPDX-License-Identifier: Apache-2.0
#include "ui/experiments/test_list.h"

#include "ui/experiments/experiment_figures.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/words.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int padding = 14;

QString format_day(models::Time time) {
    return QLocale().toString(to_date_time(time).date(), QStringLiteral("d MMM yyyy"));
}

QString second_line(const models::Experiment &test) {
    const auto element = element_label(test.element);
    if (test.ended_at && test.started_at) {
        return TestListModel::tr("%1 · ended %2").arg(element, format_day(*test.ended_at));
    }
    return test.started_at ? TestListModel::tr("%1 · since %2").arg(element, format_day(*test.started_at))
                           : element;
}

} // namespace

void TestListModel::set(std::vector<models::Experiment> tests) {
    beginResetModel();
    m_tests = std::move(tests);
    endResetModel();
}

int TestListModel::row_of(const QString &id) const {
    const auto found = std::ranges::find(m_tests, id.toStdString(), &models::Experiment::id);
    return found == m_tests.end() ? -1 : static_cast<int>(found - m_tests.begin());
}

int TestListModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_tests.size());
}

QVariant TestListModel::data(const QModelIndex &index, int role) const {
    if (!index.isValid()) {
        return {};
    }
    const auto &test = m_tests[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return QString::fromStdString(test.name);
    case Qt::AccessibleTextRole:
        return tr("%1, %2, %3").arg(QString::fromStdString(test.name), status_label(test), second_line(test));
    case Id:
        return QString::fromStdString(test.id);
    case SecondLine:
        return second_line(test);
    case State:
        return status_label(test);
    case StateTone:
        return static_cast<int>(status_tone(test));
    default:
        return {};
    }
}

QString status_label(const models::Experiment &test) {
    switch (test.status) {
    case models::ExperimentStatus::Draft:
        return TestListModel::tr("Draft");
    case models::ExperimentStatus::Active:
        return TestListModel::tr("Running");
    case models::ExperimentStatus::Paused:
        return TestListModel::tr("Paused");
    case models::ExperimentStatus::Completed:
        break;
    }
    if (!test.winner.empty()) {
        return test.reverted_at ? TestListModel::tr("Reverted") : TestListModel::tr("Winner chosen");
    }
    return test.started_at ? TestListModel::tr("Ended") : TestListModel::tr("Discarded");
}

Tone status_tone(const models::Experiment &test) {
    switch (test.status) {
    case models::ExperimentStatus::Active:
        return Tone::Positive;
    case models::ExperimentStatus::Paused:
        return Tone::Caution;
    default:
        return test.winner.empty() || test.reverted_at ? Tone::Neutral : Tone::Accent;
    }
}

void TestListDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const {
    const auto &colors = tokens(option.palette);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (selected || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->fillRect(option.rect, selected ? colors.accent_soft : colors.window);
    }
    if (selected && option.state.testFlag(QStyle::State_HasFocus)) {
        painter->fillRect(QRect(option.rect.x(), option.rect.y(), 3, option.rect.height() - 1),
                          colors.accent);
    }
    painter->fillRect(QRect(option.rect.x(), option.rect.bottom(), option.rect.width(), 1), colors.border);
    const auto rect = option.rect.adjusted(padding, 0, -padding, 0);
    const auto state = index.data(TestListModel::State).toString();
    const auto pill = badge_size(option.font, state);
    paint_badge(*painter, QRect(rect.right() - pill.width() + 1, rect.y(), pill.width(), rect.height()),
                state, static_cast<Tone>(index.data(TestListModel::StateTone).toInt()), colors);
    const int width = rect.width() - pill.width() - 10, line = option.fontMetrics.height() + 3;
    const int top = rect.center().y() - line;
    auto font = option.font;
    font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    painter->setPen(colors.text);
    painter->drawText(QRect(rect.x(), top, width, line), Qt::AlignLeft | Qt::AlignVCenter,
                      QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, width));
    painter->setFont(option.font);
    painter->setPen(colors.muted);
    painter->drawText(QRect(rect.x(), top + line, width, line), Qt::AlignLeft | Qt::AlignVCenter,
                      option.fontMetrics.elidedText(index.data(TestListModel::SecondLine).toString(),
                                                    Qt::ElideRight, width));
    painter->restore();
}

} // namespace studio::ui
