// SPDX-License-Identifier: Apache-2.0
#include "ui/experiments/test_detail.h"

#include "models/documents/photos.h"
#include "models/json/json_read.h"
#include "ui/async/background.h"
#include "ui/charts/chart_card.h"
#include "ui/experiments/test_list.h"
#include "ui/experiments/variant_painter.h"
#include "ui/experiments/variant_rows.h"
#include "ui/widgets/confirm_bar.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/words.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int card_head = 66; // title, note and margins of a ChartCard

QPushButton *button(const char *name, const QString &text, ButtonRole role) {
    auto *made = new QPushButton(text);
    made->setObjectName(QLatin1String(name));
    set_button_role(made, role);
    return made;
}

QString format_day(models::Time time) {
    return QLocale().toString(to_date_time(time).date(), QStringLiteral("d MMMM yyyy"));
}

// By whom the winner was declared, and whether it was reverted.
QStringList declared_label(const models::Experiment &test) {
    QStringList lines;
    if (test.decision.is_object()) {
        const auto revision = test.decision.value("revision", 0);
        const bool by_itself = test.decision.value("by", "") != "person";
        lines << (by_itself
                      ? TestDetail::tr("Declared automatically and published as revision %1.").arg(revision)
                      : TestDetail::tr("Published as revision %1.").arg(revision));
        const auto &figures = models::object_member(test.decision, "figures");
        for (const auto &reason : models::text_list_member(figures, "reasons")) {
            lines << QString::fromStdString(reason);
        }
    }
    if (test.reverted_at) {
        lines << TestDetail::tr("Reverted on %1: the page from before the winner is live again.")
                     .arg(format_day(*test.reverted_at));
    }
    return lines;
}

// What visitors will see after the experiment is stopped.
QString what_follows(const TestFigures &figures) {
    const auto &test = figures.test;
    const auto photos = models::read_photos(figures.page.documents.photos);
    const bool weighted = std::any_of(photos.hero.variants.begin(), photos.hero.variants.end(),
                                      [](const models::HeroVariant &variant) { return variant.weight > 0; });
    const auto first =
        TestDetail::tr("Everyone then sees the first variant, and the test cannot be resumed.");
    return test.element == models::ExperimentElement::HeroPhoto && (test.origin == "photos" || weighted)
               ? first + TestDetail::tr(" Publishing new hero photo shares starts a new test.")
               : first;
}

} // namespace

TestDetail::TestDetail(bool may_change, std::filesystem::path media_root, QWidget *parent)
    : QWidget(parent), m_may_change(may_change), m_media_root(std::move(media_root)) {
    m_pool.setMaxThreadCount(1);
    auto *content = new QWidget;
    content->setProperty("scrollGround", true);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 4, 8);
    column->setSpacing(12);
    column->addWidget(build_verdict());
    build_charts(column);
    column->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("experiments.scroll"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
}

TestDetail::~TestDetail() {
    m_pool.clear();
    m_pool.waitForDone();
}

QWidget *TestDetail::build_verdict() {
    auto *verdict = new QFrame;
    set_card(verdict);
    auto *lines = new QVBoxLayout(verdict);
    lines->setContentsMargins(16, 12, 16, 14);
    lines->setSpacing(6);
    const auto line = [&](const char *name, TextRole role) {
        auto *label = new QLabel;
        label->setObjectName(QLatin1String(name));
        label->setWordWrap(true);
        set_text_role(label, role);
        lines->addWidget(label);
        return label;
    };
    m_facts = line("experiments.name", TextRole::Muted);
    m_action = line("experiments.action", TextRole::Title);
    m_reasons = line("experiments.reasons", TextRole::Body);
    m_progress = line("experiments.progress", TextRole::Small);
    m_share = line("experiments.health", TextRole::Small);
    build_buttons(lines);
    m_confirm = new ConfirmBar(QStringLiteral("experiments.confirm"));
    lines->addWidget(m_confirm);
    return verdict;
}

void TestDetail::build_buttons(QVBoxLayout *lines) {
    m_auto = new QCheckBox(tr("Publish the winner automatically once the evidence is strong enough"));
    m_auto->setObjectName(QStringLiteral("experiments.auto"));
    m_auto->setToolTip(
        tr("Checked once an hour, after whole weeks only. Recorded in the activity log; can be reverted."));
    lines->addWidget(m_auto);
    connect(m_auto, &QCheckBox::clicked, this, &TestDetail::auto_winner_requested);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(0, 6, 0, 0);
    m_start = button("experiments.start", tr("Start test"), ButtonRole::Primary);
    m_edit = button("experiments.edit", tr("Edit"), ButtonRole::Neutral);
    m_declare = button("experiments.declare", tr("Declare winner…"), ButtonRole::Neutral);
    m_pause = button("experiments.pause", {}, ButtonRole::Neutral);
    m_stop = button("experiments.stop", {}, ButtonRole::Danger);
    m_revert = button("experiments.revert", tr("Revert winner"), ButtonRole::Danger);
    for (auto *widget : {m_start, m_edit, m_declare, m_pause, m_stop, m_revert}) {
        buttons->addWidget(widget);
    }
    buttons->addStretch(1);
    lines->addLayout(buttons);
    connect(m_start, &QPushButton::clicked, this, &TestDetail::ask_to_start);
    connect(m_edit, &QPushButton::clicked, this, &TestDetail::edit_requested);
    connect(m_declare, &QPushButton::clicked, this, &TestDetail::declare_requested);
    connect(m_pause, &QPushButton::clicked, this, [this] {
        m_figures.test.status == models::ExperimentStatus::Paused ? emit resume_requested()
                                                                  : emit pause_requested();
    });
    connect(m_stop, &QPushButton::clicked, this, &TestDetail::ask_to_stop);
    connect(m_revert, &QPushButton::clicked, this, &TestDetail::ask_to_revert);
}

ChartCard *TestDetail::add_card(QVBoxLayout *column, const char *name, const QString &title,
                                const QString &note) {
    auto *card = new ChartCard(QLatin1String(name), title);
    card->set_note(note);
    column->addWidget(card);
    connect(card, &ChartCard::failed, this, &TestDetail::failed);
    return card;
}

void TestDetail::build_charts(QVBoxLayout *column) {
    m_variants = add_card(column, "experiments.variants", tr("Variants"), {});
    auto *variants = new FigureTableModel;
    m_rows = new VariantRows(QStringLiteral("experiments.variants.chart"), *variants);
    m_rows->setAccessibleName(tr("Variants with their booking rates"));
    m_variants->set_chart(m_rows, variants);
    m_lift = add_card(column, "experiments.lift", {}, {});
    auto *lift = new FigureTableModel;
    m_lift_chart = new LineChart(QStringLiteral("experiments.lift.chart"), *lift);
    m_lift_chart->setAccessibleName(tr("Difference from the first variant over time"));
    m_lift_chart->set_reference(0);
    m_lift_chart->set_free_axis(true);
    m_lift->set_chart(m_lift_chart, lift);
    m_lift->setMinimumHeight(300);
    m_lift->set_empty_text(tr("Shown once each variant has bookings."));
    m_posterior = add_card(column, "experiments.posterior", tr("Likely range of each rate"),
                           tr("A higher curve means a likelier rate. The less two curves overlap, the more "
                              "certain the difference."));
    auto *posterior = new FigureTableModel;
    auto *curves = new LineChart(QStringLiteral("experiments.posterior.chart"), *posterior);
    curves->setAccessibleName(tr("How likely each rate is"));
    m_posterior->set_chart(curves, posterior);
    m_posterior->setMinimumHeight(280);
}

void TestDetail::forget_question() {
    m_confirm->cancel();
}

void TestDetail::ask_to_stop() {
    const auto name = short_name(QString::fromStdString(m_figures.test.name));
    if (m_figures.test.status == models::ExperimentStatus::Draft) {
        m_confirm->ask(tr("No visitor has seen this draft. It stays in the list as discarded."),
                       tr("Discard %1").arg(name), [this] { emit stop_requested(); });
        return;
    }
    m_confirm->ask(what_follows(m_figures), tr("Stop %1").arg(name), [this] { emit stop_requested(); });
}

// An element has one experiment at a time. If another one is on it, asks whether to end that one.
void TestDetail::ask_to_start() {
    if (!m_figures.other) {
        emit start_requested({});
        return;
    }
    const auto &other = *m_figures.other;
    const auto name = QString::fromStdString(other.name);
    m_confirm->ask(tr("“%1” uses the same element. Starting this test ends it without a winner. It cannot be "
                      "resumed; its figures stay.")
                       .arg(name),
                   tr("End “%1” and start “%2”")
                       .arg(short_name(name), short_name(QString::fromStdString(m_figures.test.name))),
                   [this, id = QString::fromStdString(other.id)] { emit start_requested(id); });
}

void TestDetail::ask_to_revert() {
    const auto before = m_figures.test.decision.value("revisionBefore", 0);
    const auto again =
        m_figures.test.element == models::ExperimentElement::HeroPhoto
            ? tr(" If its hero photos share the visitors by weights, a new test of them starts at once.")
            : QString();
    m_confirm->ask(tr("Revision %1, live before the winner, is published again as a new revision. This test "
                      "stays ended.")
                           .arg(before) +
                       again,
                   tr("Publish revision %1 again").arg(before), [this] { emit revert_requested(); });
}

void TestDetail::show_figures(const TestFigures &figures) {
    m_figures = figures;
    show_verdict();
    show_health();
    show_actions();
    show_charts();
    paint_variants();
}

void TestDetail::show_verdict() {
    const auto &test = m_figures.test;
    QStringList facts{QString::fromStdString(test.name), element_label(test.element), status_label(test)};
    if (test.started_at && test.ended_at) {
        facts << tr("%1 to %2").arg(format_day(*test.started_at), format_day(*test.ended_at));
    } else if (test.started_at) {
        facts << (test.phase > 1
                      ? tr("with these variants and shares since %1").arg(format_day(m_figures.since))
                      : tr("since %1").arg(format_day(m_figures.since)));
    }
    facts.removeDuplicates();
    m_facts->setText(facts.join(QStringLiteral(" · ")));
    m_action->setText(action_label(m_figures));
    if (!test.started_at) {
        m_reasons->setText(QString::fromStdString(test.description));
    } else {
        m_reasons->setText(
            (test.winner.empty() ? reason_labels(m_figures) : declared_label(test)).join(QLatin1Char('\n')));
    }
    m_reasons->setVisible(!m_reasons->text().isEmpty());
}

void TestDetail::show_health() {
    const bool open = !m_figures.test.ended_at && m_figures.test.started_at.has_value();
    const auto &ratio = m_figures.evaluation.sample_ratio;
    m_share->setText(ratio.leak ? tr("● Visitors in a variant without a share: check the setup")
                     : !ratio.empty_arms.empty() ? tr("● A variant gets no visitors: check the setup")
                     : ratio.mismatch()          ? tr("● Traffic split is not as planned: check the setup")
                     : !ratio.enough_visitors    ? tr("○ Too few visitors to check the traffic split")
                                                 : tr("● Traffic split is as planned"));
    m_share->setToolTip(ratio.p_value
                            ? tr("Probability of such a split by chance: %1").arg(*ratio.p_value, 0, 'g', 2)
                            : QString());
    m_share->setVisible(m_figures.test.started_at.has_value());
    const auto progress = progress_label(m_figures);
    m_progress->setText(progress);
    m_progress->setVisible(open && !progress.isEmpty());
}

void TestDetail::show_actions() {
    using models::ExperimentStatus;
    const auto &test = m_figures.test;
    const bool draft = test.status == ExperimentStatus::Draft;
    const bool running = test.status == ExperimentStatus::Active || test.status == ExperimentStatus::Paused;
    m_auto->setVisible(m_may_change && running);
    m_auto->setChecked(test.auto_winner);
    m_start->setVisible(m_may_change && draft);
    m_edit->setVisible(m_may_change && draft);
    m_declare->setVisible(m_may_change && running);
    m_pause->setVisible(m_may_change && running);
    m_pause->setText(test.status == ExperimentStatus::Paused ? tr("Resume") : tr("Pause"));
    m_stop->setVisible(m_may_change && (draft || running));
    m_revert->setVisible(m_may_change && m_figures.can_revert());
    m_stop->setText(draft ? tr("Discard draft") : tr("Stop test"));
    set_button_role(m_declare,
                    m_figures.evaluation.recommendation.winner ? ButtonRole::Primary : ButtonRole::Neutral);
}

void TestDetail::show_charts() {
    const bool started = m_figures.test.started_at.has_value();
    fill_variants(*m_variants->table(), m_figures);
    m_variants->set_note(
        started
            ? tr("The dot is the share who booked so far. The bar contains the true share 19 times in 20.")
            : QString());
    m_variants->setFixedHeight(m_rows->sizeHint().height() + card_head);
    m_lift->setVisible(started);
    m_posterior->setVisible(started);
    if (!started) {
        return;
    }
    const auto &variants = m_figures.test.variants;
    m_lift->set_title(
        variants.empty()
            ? QString()
            : tr("Difference from “%1” over time").arg(variant_name(m_figures.test, variants[0].id)));
    m_lift_chart->set_styles(lift_styles(m_figures));
    FigureTableModel measured;
    fill_lift(measured, m_figures);
    const auto range = readable_range(measured);
    m_lift_chart->set_range(range);
    auto note = tr("The line is the difference so far; the band shows where the true difference may be. The "
                   "band stays valid however often you check, and only narrows.");
    if (range) {
        note += tr(" Early days exceed this chart; the table shows them in full.");
    }
    m_lift->set_note(note);
    fill_lift(*m_lift->table(), m_figures);
    fill_posterior(*m_posterior->table(), m_figures);
}

void TestDetail::paint_variants() {
    struct Painted {
        QString variant;
        QImage picture;
    };
    m_rows->clear_pictures();
    const auto number = m_paintings.next();
    run_in_background(m_pool,
                      [test = m_figures.test, documents = m_figures.tested, root = m_media_root,
                       ratio = devicePixelRatioF()] {
                          std::vector<Painted> painted;
                          for (const auto &arm : test.variants) {
                              painted.push_back({QString::fromStdString(arm.id),
                                                 paint_variant(test, arm, documents, root,
                                                               VariantRows::picture_size, ratio)});
                          }
                          return painted;
                      })
        .then(this,
              [this, number](const std::vector<Painted> &painted) {
                  if (m_paintings.is_latest(number)) {
                      for (const auto &arm : painted) {
                          m_rows->set_picture(arm.variant, arm.picture);
                      }
                  }
              })
        .onFailed(this,
                  [this](const std::exception &error) { emit failed(QString::fromUtf8(error.what())); });
}

} // namespace studio::ui
