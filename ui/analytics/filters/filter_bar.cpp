// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/filters/filter_bar.h"

#include "ui/widgets/elided_combo_box.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/style_sheet.h"

#include <QComboBox>
#include <QDateEdit>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>

namespace studio::ui {

namespace {

// Used in objectNames, so they are never translated.
constexpr std::array field_ids{"source",  "medium",  "campaign", "device",
                               "browser", "country", "page",     "variant"};

} // namespace

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent), m_companion(new ElidedComboBox(this)), m_range(new QComboBox(this)),
      m_from(new QDateEdit(this)), m_to(new QDateEdit(this)), m_add(new QToolButton(this)),
      m_chips(new QHBoxLayout), m_today(QDate::currentDate()) {
    build();
    connect_signals();
}

void FilterBar::build() {
    m_companion->setObjectName(QStringLiteral("analytics.companion"));
    m_companion->setAccessibleName(tr("Companion"));
    m_companion->setMinimumWidth(200);
    m_companion->setMaximumWidth(320);
    m_companion->hide();
    m_range->setObjectName(QStringLiteral("analytics.range"));
    m_range->setAccessibleName(tr("Days"));
    for (const auto preset : presets()) {
        m_range->addItem(preset_name(preset), static_cast<int>(preset));
    }
    m_range->setCurrentIndex(m_range->findData(static_cast<int>(Preset::Last30)));
    m_range->setMinimumWidth(150);
    for (auto *edit : {m_from, m_to}) {
        edit->setCalendarPopup(true);
        edit->setDisplayFormat(QStringLiteral("d MMM yyyy"));
        edit->setMinimumWidth(130);
        edit->hide();
    }
    m_from->setObjectName(QStringLiteral("analytics.from"));
    m_from->setAccessibleName(tr("First day"));
    m_to->setObjectName(QStringLiteral("analytics.to"));
    m_to->setAccessibleName(tr("Last day"));
    m_add->setObjectName(QStringLiteral("analytics.add_filter"));
    m_add->setAccessibleName(tr("Add a filter"));
    m_add->setText(tr("Filter"));
    m_add->setIcon(line_icon(QStringLiteral("filter")));
    m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_add->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_add);
    for (const auto field : fields()) {
        auto *values = menu->addMenu(field_name(field));
        connect(values, &QMenu::aboutToShow, this, [this, field, values] {
            if (values_requested) {
                values->clear();
                values->addAction(tr("Loading…"))->setEnabled(false);
                values_requested(field, values);
            }
        });
    }
    m_add->setMenu(menu);
    m_chips->setSpacing(6);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_companion);
    layout->addWidget(m_range);
    layout->addWidget(m_from);
    layout->addWidget(m_to);
    layout->addWidget(m_add);
    layout->addLayout(m_chips);
    layout->addStretch(1);
}

void FilterBar::connect_signals() {
    connect(m_companion, &QComboBox::currentIndexChanged, this, &FilterBar::companion_changed);
    connect(m_range, &QComboBox::currentIndexChanged, this, [this] {
        const bool custom = static_cast<Preset>(m_range->currentData().toInt()) == Preset::Custom;
        m_from->setVisible(custom);
        m_to->setVisible(custom);
        if (!custom) {
            set_today(m_today); // the date fields show the preset's days, so that a person can adjust them
        }
        emit changed();
    });
    connect(m_from, &QDateEdit::dateChanged, this, [this](QDate date) {
        if (date > m_to->date()) {
            const QSignalBlocker quiet(m_to);
            m_to->setDate(date);
        }
        emit changed();
    });
    connect(m_to, &QDateEdit::dateChanged, this, [this](QDate date) {
        if (date < m_from->date()) {
            const QSignalBlocker quiet(m_from);
            m_from->setDate(date);
        }
        emit changed();
    });
}

void FilterBar::set_companions(const std::vector<Companion> &companions, bool with_all) {
    const QSignalBlocker quiet(m_companion);
    const auto chosen = m_companion->currentData();
    m_companion->clear();
    if (with_all) {
        m_companion->addItem(tr("All companions"), QString());
    }
    for (const auto &companion : companions) {
        m_companion->addItem(companion.name, companion.id);
    }
    m_companion->setVisible(with_all);
    m_companion->setCurrentIndex(
        std::max(0, m_companion->findData(chosen.isValid() ? chosen : QVariant(QString()))));
}

void FilterBar::choose_companion(const QString &id) {
    if (const int place = m_companion->findData(id); place >= 0) {
        m_companion->setCurrentIndex(place);
    }
}

QString FilterBar::companion() const {
    return m_companion->currentData().toString();
}

QString FilterBar::companion_name() const {
    return m_companion->currentText();
}

void FilterBar::set_today(QDate today) {
    m_today = today;
    const auto range = preset_range(static_cast<Preset>(m_range->currentData().toInt()), today);
    if (!range) {
        return;
    }
    const QSignalBlocker quiet_from(m_from), quiet_to(m_to);
    m_from->setDate(to_date(range->from));
    m_to->setDate(to_date(range->to));
}

db::DateRange FilterBar::range() const {
    const auto range = preset_range(static_cast<Preset>(m_range->currentData().toInt()), m_today);
    return range ? *range : db::DateRange{to_day(m_from->date()), to_day(m_to->date())};
}

void FilterBar::choose_day(QDate day) {
    {
        const QSignalBlocker quiet_from(m_from), quiet_to(m_to);
        m_from->setDate(day);
        m_to->setDate(day);
    }
    const int custom = m_range->findData(static_cast<int>(Preset::Custom));
    if (m_range->currentIndex() == custom) {
        emit changed();
    } else {
        m_range->setCurrentIndex(custom);
    }
}

void FilterBar::choose_range(Preset preset) {
    m_range->setCurrentIndex(m_range->findData(static_cast<int>(preset)));
}

void FilterBar::add_filter(Field field, const QString &value, const QString &words) {
    set_filter(m_filter, field, value.toStdString());
    m_words[field] = words.isEmpty() ? value_label(dimension_of(field), value.toStdString()) : words;
    show_chips();
    emit changed();
}

std::vector<std::pair<QString, QString>> FilterBar::filter_labels() const {
    std::vector<std::pair<QString, QString>> words;
    for (const auto field : fields()) {
        if (!filter_value(m_filter, field).empty()) {
            words.emplace_back(field_name(field), m_words.at(field));
        }
    }
    return words;
}

void FilterBar::clear_filters() {
    m_filter = {};
    show_chips();
}

void FilterBar::show_chips() {
    while (auto *item = m_chips->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const auto field : fields()) {
        if (filter_value(m_filter, field).empty()) {
            continue;
        }
        auto *chip = new QPushButton(tr("%1: %2").arg(field_name(field), m_words[field]), this);
        chip->setObjectName(QStringLiteral("analytics.chip.") +
                            QLatin1String(field_ids[static_cast<std::size_t>(field)]));
        chip->setAccessibleName(tr("Remove the filter %1").arg(chip->text()));
        chip->setToolTip(tr("Remove this filter"));
        chip->setIcon(line_icon(QStringLiteral("close")));
        chip->setLayoutDirection(Qt::RightToLeft);
        chip->setMaximumWidth(240);
        connect(chip, &QPushButton::clicked, this, [this, field] {
            set_filter(m_filter, field, {});
            show_chips();
            emit changed();
        });
        m_chips->addWidget(chip);
    }
}

} // namespace studio::ui
