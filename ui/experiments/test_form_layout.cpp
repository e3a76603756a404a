// SPDX-License-Identifier: Apache-2.0
// The part of TestForm that creates its widgets.
#include "ui/experiments/test_form.h"
#include "ui/experiments/weight_bar.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_bar.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/style_sheet.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>

namespace studio::ui {

namespace {

constexpr int answer_width = 320;
constexpr int max_planned = 10'000'000;

QLabel *words(const QString &text, TextRole role) {
    auto *label = new QLabel(text);
    label->setWordWrap(true);
    set_text_role(label, role);
    return label;
}

// Adds a field with its label above and a note below.
void add_field(QVBoxLayout *column, const QString &title, QWidget *field, const char *name,
               QWidget *below = nullptr) {
    auto *label = new QLabel(title);
    label->setBuddy(field);
    field->setObjectName(QLatin1String(name));
    field->setAccessibleName(title);
    auto *lines = new QVBoxLayout;
    lines->setSpacing(4);
    lines->addWidget(label);
    lines->addWidget(field);
    if (below != nullptr) {
        lines->addWidget(below);
    }
    column->addLayout(lines);
}

QVBoxLayout *add_card(QVBoxLayout *column, const QString &title) {
    auto *card = new QFrame;
    set_card(card);
    auto *lines = new QVBoxLayout(card);
    lines->setContentsMargins(16, 12, 16, 14);
    lines->setSpacing(12);
    lines->addWidget(words(title, TextRole::Section));
    column->addWidget(card);
    return lines;
}

} // namespace

void TestForm::build_layout() {
    auto *columns = new QHBoxLayout;
    columns->setSpacing(16);
    columns->addWidget(build_fields(), 1);
    columns->addWidget(build_feasibility(), 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(build_head());
    layout->addWidget(m_banner);
    layout->addWidget(m_confirm);
    layout->addLayout(columns, 1);
}

QWidget *TestForm::build_head() {
    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_title = words({}, TextRole::Title);
    m_title->setObjectName(QStringLiteral("test.title"));
    auto *cancel = new QPushButton(tr("Cancel"));
    cancel->setObjectName(QStringLiteral("test.cancel"));
    m_save = new QPushButton(tr("Save draft"));
    m_save->setObjectName(QStringLiteral("test.save"));
    m_start = new QPushButton(tr("Save and start"));
    m_start->setObjectName(QStringLiteral("test.start"));
    set_button_role(m_start, ButtonRole::Primary);
    row->addWidget(m_title, 1);
    for (auto *button : {cancel, m_save, m_start}) {
        row->addWidget(button);
    }
    connect(cancel, &QPushButton::clicked, this, &TestForm::close);
    return head;
}

QWidget *TestForm::build_fields() {
    auto *content = new QWidget;
    content->setProperty("scrollGround", true);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 4, 8);
    column->setSpacing(12);
    auto *what = add_card(column, tr("Test"));
    m_name = new QLineEdit;
    m_name_problem = words({}, TextRole::Negative);
    m_name_problem->setObjectName(QStringLiteral("test.name.problem"));
    add_field(what, tr("Name"), m_name, "test.name", m_name_problem);
    m_element = new QComboBox;
    for (const auto element : {models::ExperimentElement::HeroPhoto, models::ExperimentElement::GalleryOrder,
                               models::ExperimentElement::CallToAction, models::ExperimentElement::Layout}) {
        m_element->addItem(element_label(element), static_cast<int>(element));
    }
    add_field(what, tr("Element to test"), m_element, "test.element");
    m_description = new QLineEdit;
    m_description->setPlaceholderText(tr("Why you expect a difference (optional)"));
    add_field(what, tr("Reason"), m_description, "test.description");
    auto *variants = add_card(column, tr("Variants"));
    m_variants_column = new QVBoxLayout;
    m_variants_column->setSpacing(8);
    variants->addLayout(m_variants_column);
    m_weights = new WeightBar;
    m_weights_label = words({}, TextRole::Muted);
    m_weights_label->setObjectName(QStringLiteral("test.weights.words"));
    m_variants_problem = words({}, TextRole::Negative);
    m_variants_problem->setObjectName(QStringLiteral("test.variants.problem"));
    variants->addWidget(m_weights);
    variants->addWidget(m_weights_label);
    variants->addWidget(m_variants_problem);
    auto *buttons = new QHBoxLayout;
    m_add = new QPushButton(line_icon(QStringLiteral("plus")), tr("Add variant"));
    m_add->setObjectName(QStringLiteral("test.add"));
    m_even = new QPushButton(tr("Split evenly"));
    m_even->setObjectName(QStringLiteral("test.even"));
    buttons->addWidget(m_add);
    buttons->addWidget(m_even);
    buttons->addStretch(1);
    variants->addLayout(buttons);
    build_who(add_card(column, tr("Traffic and duration")));
    column->addStretch(1);
    m_scroll = new QScrollArea;
    m_scroll->setObjectName(QStringLiteral("test.scroll"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidget(content);
    return m_scroll;
}

void TestForm::build_who(QVBoxLayout *column) {
    m_share = new QSpinBox;
    m_share->setRange(1, 100);
    m_share->setSuffix(tr(" % of all visitors"));
    add_field(column, tr("Traffic share"), m_share, "test.share",
              words(tr("Other visitors see the current page and are not counted."), TextRole::Muted));
    m_planned = new QSpinBox;
    m_planned->setRange(0, max_planned);
    m_planned->setGroupSeparatorShown(true);
    m_planned->setSpecialValueText(tr("Not planned"));
    m_planned->setSuffix(tr(" visitors"));
    add_field(
        column, tr("Planned per variant"), m_planned, "test.planned",
        words(tr("Calculated from the settings on the right until you enter a number."), TextRole::Muted));
    m_auto = new QCheckBox(tr("Publish the winner automatically once the evidence is strong enough"));
    m_auto->setObjectName(QStringLiteral("test.auto"));
    column->addWidget(m_auto);
    column->addWidget(words(tr("Never in the first week. Can be reverted."), TextRole::Muted));
}

QWidget *TestForm::build_feasibility() {
    auto *card = new QFrame;
    card->setObjectName(QStringLiteral("test.feasibility"));
    set_card(card);
    card->setFixedWidth(answer_width);
    auto *lines = new QVBoxLayout(card);
    lines->setContentsMargins(16, 12, 16, 14);
    lines->setSpacing(12);
    lines->addWidget(words(tr("Can this test detect it?"), TextRole::Section));
    m_lift = new QSpinBox;
    m_lift->setRange(1, 1000);
    m_lift->setSuffix(tr(" % more bookings"));
    add_field(lines, tr("Smallest difference to detect"), m_lift, "test.lift");
    m_rate = new QDoubleSpinBox;
    m_rate->setRange(0.01, 99);
    m_rate->setDecimals(2);
    m_rate->setSuffix(tr(" % of visitors book"));
    m_rate_label = words({}, TextRole::Muted);
    add_field(lines, tr("Today"), m_rate, "test.rate", m_rate_label);
    m_answer_title = words({}, TextRole::Title);
    m_answer_title->setObjectName(QStringLiteral("test.answer.title"));
    m_answer = words({}, TextRole::Body);
    m_answer->setObjectName(QStringLiteral("test.answer"));
    m_reachable = new QPushButton;
    m_reachable->setObjectName(QStringLiteral("test.reachable"));
    lines->addWidget(m_answer_title);
    lines->addWidget(m_answer);
    lines->addWidget(m_reachable);
    return card;
}

void TestForm::connect_signals() {
    for (auto *line : {m_name, m_description}) {
        connect(line, &QLineEdit::textEdited, this, &TestForm::edited);
    }
    connect(m_element, &QComboBox::currentIndexChanged, this, [this] {
        auto list = variants(); // names and shares are kept
        for (auto &variant : list) {
            variant.config = models::Json::object();
        }
        show_variants(list);
        edited();
    });
    for (auto *number : {m_share, m_lift}) {
        connect(number, &QSpinBox::valueChanged, this, &TestForm::edited);
    }
    connect(m_rate, &QDoubleSpinBox::valueChanged, this, &TestForm::edited);
    connect(m_planned, &QSpinBox::valueChanged, this, [this] {
        m_planned_typed = true;
        edited();
    });
    connect(m_auto, &QCheckBox::clicked, this, &TestForm::edited);
    connect(m_add, &QPushButton::clicked, this, &TestForm::add_variant);
    connect(m_even, &QPushButton::clicked, this, &TestForm::share_evenly);
    connect(m_reachable, &QPushButton::clicked, this,
            [this] { m_lift->setValue(qRound(m_feasibility.reachable_lift.value_or(0.2) * 100)); });
    connect(m_save, &QPushButton::clicked, this, [this] { save(false); });
    connect(m_start, &QPushButton::clicked, this, [this] { save(true); });
}

} // namespace studio::ui
