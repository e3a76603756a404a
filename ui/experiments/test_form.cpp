// SPDX-License-Identifier: Apache-2.0
#include "ui/experiments/test_form.h"

#include "models/json/json_read.h"
#include "ui/async/background.h"
#include "ui/experiments/variant_painter.h"
#include "ui/experiments/weight_bar.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_bar.h"
#include "ui/widgets/style_sheet.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace studio::ui {

namespace {

constexpr std::size_t max_variants = 6;
constexpr double usual_rate = 0.03; // used where no rate has been measured
using models::ExperimentElement;

// A hero variant is stored by id or as a photo; the form needs it as a photo.
models::Json with_photo(models::Json config, const models::Photos &photos) {
    const auto id = models::text_member(config, "variant");
    const auto found = std::ranges::find(photos.hero.variants, id, &models::HeroVariant::id);
    return id.empty() || found == photos.hero.variants.end()
               ? std::move(config)
               : models::Json{{"photo", models::to_json(found->photo)}};
}

} // namespace

TestForm::TestForm(std::filesystem::path media_root, QWidget *parent)
    : QWidget(parent), m_media_root(std::move(media_root)),
      m_banner(new Banner(QStringLiteral("test.banner"), this)),
      m_confirm(new ConfirmBar(QStringLiteral("test.confirm"), this)) {
    setObjectName(QStringLiteral("test"));
    m_pool.setMaxThreadCount(1);
    build_layout();
    connect_signals();
}

TestForm::~TestForm() {
    m_pool.clear();
    m_pool.waitForDone();
}

ExperimentElement TestForm::element() const {
    return static_cast<ExperimentElement>(m_element->currentData().toInt());
}

void TestForm::open_new(const PublishedPage &page, const Traffic &traffic) {
    models::Experiment experiment;
    experiment.tenant_id = page.tenant_id;
    experiment.status = models::ExperimentStatus::Draft;
    open(experiment, page, traffic);
}

void TestForm::open_draft(const models::Experiment &draft, const PublishedPage &page,
                          const Traffic &traffic) {
    open(draft, page, traffic);
}

void TestForm::open(const models::Experiment &experiment, const PublishedPage &page, const Traffic &traffic) {
    m_before = experiment;
    m_page = page;
    m_traffic = traffic;
    m_tried = false;
    m_planned_typed = experiment.planned_visitors.has_value();
    m_banner->clear();
    m_confirm->cancel();
    read_choices();
    const bool is_new = experiment.id.empty();
    m_title->setText(is_new ? tr("New test") : tr("Edit the draft"));
    m_name->setText(QString::fromStdString(experiment.name));
    m_description->setText(QString::fromStdString(experiment.description));
    {
        const QSignalBlocker quiet(m_element), share(m_share), lift(m_lift), rate(m_rate), planned(m_planned);
        m_element->setCurrentIndex(m_element->findData(static_cast<int>(experiment.element)));
        m_share->setValue(qRound(experiment.traffic_share * 100));
        m_lift->setValue(20);
        m_rate->setValue(traffic.booking_rate.value_or(usual_rate) * 100);
        m_planned->setValue(experiment.planned_visitors.value_or(0));
    }
    m_element->setEnabled(is_new);
    m_rate_label->setText(traffic.booking_rate
                              ? tr("Measured over the last %1 days.").arg(traffic.days)
                              : tr("Assumed: there were no bookings in the last four weeks."));
    m_auto->setChecked(experiment.auto_winner);
    show_variants(experiment.variants.empty() ? first_variants() : experiment.variants);
    paint_choices();
    m_edited = false;
    set_busy(false);
    m_scroll->verticalScrollBar()->setValue(0);
    m_name->setFocus();
}

void TestForm::read_choices() {
    const auto photos = models::read_photos(m_page.documents.photos);
    const auto content = models::read_content(m_page.documents.content);
    m_choices = {{},
                 photos.gallery,
                 content.cta_label.empty() ? "Request a booking" : content.cta_label,
                 models::read_theme(m_page.documents.theme).layout};
    const auto add = [&](const models::Photo &photo) {
        const bool known =
            photo.url == photos.hero.control.url ||
            std::ranges::find(m_choices.photos, photo.url, &models::Photo::url) != m_choices.photos.end();
        if (!photo.url.empty() && !known) {
            m_choices.photos.push_back(photo);
        }
    };
    for (const auto &variant : photos.hero.variants) {
        add(variant.photo);
    }
    std::ranges::for_each(photos.gallery, add);
}

std::vector<models::Variant> TestForm::first_variants() const {
    return {{"control", tr("Current page").toStdString(), 0.5, {}}, {"variant-1", "", 0.5, {}}};
}

void TestForm::show_variants(const std::vector<models::Variant> &variants) {
    for (auto *editor : m_variants) {
        editor->deleteLater();
        editor->hide();
    }
    m_variants.clear();
    const auto photos = models::read_photos(m_page.documents.photos);
    for (std::size_t at = 0; at < variants.size(); ++at) {
        auto *editor = new VariantEditor(static_cast<int>(at), element(), m_choices, this);
        auto arm = variants[at];
        arm.config = with_photo(std::move(arm.config), photos);
        editor->set_variant(arm);
        editor->set_removable(variants.size() > 2);
        for (auto picture = m_pictures.cbegin(); picture != m_pictures.cend(); ++picture) {
            editor->set_picture(picture.key(), picture.value());
        }
        connect(editor, &VariantEditor::changed, this, &TestForm::edited);
        connect(editor, &VariantEditor::remove_requested, this, [this, at] { remove_variant(at); });
        m_variants_column->addWidget(editor);
        m_variants.push_back(editor);
    }
    m_add->setEnabled(variants.size() < max_variants);
    weigh();
    judge();
    show_problems();
}

std::vector<models::Variant> TestForm::variants() const {
    std::vector<models::Variant> variants;
    for (const auto *editor : m_variants) {
        variants.push_back(editor->variant());
    }
    return variants;
}

void TestForm::add_variant() {
    auto list = variants();
    std::string id;
    for (int number = 1; id.empty() || std::ranges::find(list, id, &models::Variant::id) != list.end();
         ++number) {
        id = "variant-" + std::to_string(number);
    }
    list.push_back({id, "", 0.01, {}});
    show_variants(list);
    share_evenly();
}

void TestForm::remove_variant(std::size_t at) {
    auto list = variants();
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(at));
    show_variants(list);
    share_evenly();
}

void TestForm::share_evenly() {
    const int count = static_cast<int>(m_variants.size());
    for (int at = 0; at < count; ++at) { // the first variants get the remainder
        m_variants[static_cast<std::size_t>(at)]->set_weight(100 / count + (at < 100 % count ? 1 : 0));
    }
    edited();
}

models::Experiment TestForm::experiment() const {
    auto experiment = m_before;
    experiment.name = m_name->text().trimmed().toStdString();
    experiment.description = m_description->text().trimmed().toStdString();
    experiment.element = element();
    experiment.variants = variants();
    experiment.traffic_share = m_share->value() / 100.0;
    experiment.auto_winner = m_auto->isChecked();
    experiment.planned_visitors.reset();
    if (m_planned->value() > 0) {
        experiment.planned_visitors = m_planned->value();
    }
    return experiment;
}

void TestForm::edited() {
    m_edited = true;
    weigh();
    judge();
    show_problems();
}

void TestForm::weigh() {
    const auto list = variants();
    m_weights->set_variants(list);
    m_weights_label->setText(weights_label(list));
    int sum = 0;
    for (const auto *editor : m_variants) {
        sum += editor->weight();
    }
    set_text_role(m_weights_label, sum == 100 ? TextRole::Muted : TextRole::Negative);
}

void TestForm::judge() {
    const double baseline = m_rate->value() / 100, lift = m_lift->value() / 100.0,
                 share = m_share->value() / 100.0;
    m_feasibility = feasibility(m_traffic, baseline, lift, share, variants());
    m_answer_title->setText(feasibility_title(m_feasibility));
    m_answer->setText(feasibility_label(m_feasibility, m_traffic, baseline, lift, share));
    m_reachable->setVisible(m_feasibility.reachable_lift.has_value());
    if (m_feasibility.reachable_lift) {
        m_reachable->setText(tr("Detect %1 % instead").arg(qRound(*m_feasibility.reachable_lift * 100)));
    }
    if (!m_planned_typed && m_feasibility.per_variant) {
        const QSignalBlocker quiet(m_planned);
        m_planned->setValue(
            static_cast<int>(std::min<std::int64_t>(*m_feasibility.per_variant, m_planned->maximum())));
    }
}

void TestForm::show_problems() {
    QString name, weights;
    std::vector<QString> by_variant(m_variants.size());
    if (m_tried) {
        for (const auto &issue : models::validate_experiment(experiment(), m_page.documents)) {
            const auto words = QString::fromStdString(issue.message);
            const auto path = QString::fromStdString(issue.pointer).split(QLatin1Char('/'));
            if (path.value(1) == QLatin1String("variants") && path.size() > 2) {
                const auto at = path[2].toUInt();
                if (at < by_variant.size() && by_variant[at].isEmpty()) {
                    by_variant[at] = words;
                }
            } else if (path.value(1) == QLatin1String("variants")) {
                weights = words;
            } else if (name.isEmpty()) {
                name = words;
            }
        }
    }
    m_name_problem->setText(name);
    m_name_problem->setVisible(!name.isEmpty());
    set_invalid(m_name, !name.isEmpty());
    m_variants_problem->setText(weights);
    m_variants_problem->setVisible(!weights.isEmpty());
    for (std::size_t at = 0; at < m_variants.size(); ++at) {
        m_variants[at]->set_problem(by_variant[at]);
    }
}

void TestForm::save(bool start) {
    m_tried = true;
    show_problems();
    const auto wanted = experiment();
    if (models::has_errors(models::validate_experiment(wanted, m_page.documents))) {
        m_banner->show_message(Tone::Negative, tr("Not saved. Fix the marked fields."));
        return;
    }
    m_banner->clear();
    set_busy(true);
    emit save_requested(wanted, start);
}

void TestForm::close() {
    if (!m_edited) {
        emit closed();
        return;
    }
    m_confirm->ask(tr("Your edits are not saved."), tr("Discard"), [this] {
        m_edited = false;
        emit closed();
    });
}

void TestForm::set_busy(bool busy) {
    m_save->setEnabled(!busy);
    m_start->setEnabled(!busy);
}

void TestForm::show_failure(const QString &message) {
    set_busy(false);
    m_banner->show_message(Tone::Negative, tr("%1 Your edits are still here.").arg(message));
}

void TestForm::paint_choices() {
    const auto number = m_paintings.next();
    m_pictures.clear();
    using Pictures = QHash<QString, QImage>;
    run_in_background(
        m_pool,
        [choices = m_choices, documents = m_page.documents, root = m_media_root,
         ratio = devicePixelRatioF()] {
            Pictures pictures;
            const auto size = ChoiceStrip::picture_size;
            for (const auto &photo : choices.photos) {
                pictures[QString::fromStdString(photo.url)] = paint_photo(photo, root, size * ratio);
            }
            for (const auto &photo : choices.gallery) {
                pictures[QString::fromStdString(photo.id)] = paint_photo(photo, root, size * ratio);
            }
            models::Experiment layouts;
            layouts.element = ExperimentElement::Layout;
            for (const char *layout : {"elegant", "modern", "minimal"}) {
                pictures[QLatin1String(layout)] = paint_variant(
                    layouts, {layout, "", 1, {{"layout", layout}}}, documents, root, size, ratio);
            }
            return pictures;
        })
        .then(this,
              [this, number](const Pictures &pictures) {
                  if (!m_paintings.is_latest(number)) {
                      return;
                  }
                  m_pictures = pictures;
                  for (auto picture = pictures.cbegin(); picture != pictures.cend(); ++picture) {
                      for (auto *editor : m_variants) {
                          editor->set_picture(picture.key(), picture.value());
                      }
                  }
              })
        .onFailed(this, [this](const std::exception &error) {
            m_banner->show_message(Tone::Caution, QString::fromUtf8(error.what()));
        });
}

} // namespace studio::ui
