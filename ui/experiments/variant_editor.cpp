// SPDX-License-Identifier: Apache-2.0
#include "ui/experiments/variant_editor.h"

#include "models/json/json_read.h"
#include "ui/widgets/line_icon.h"
#include "ui/widgets/style_sheet.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>
#include <array>

namespace studio::ui {

namespace {

constexpr std::array layouts{models::Layout::Elegant, models::Layout::Modern, models::Layout::Minimal};

QString layout_label(models::Layout layout) {
    switch (layout) {
    case models::Layout::Elegant:
        return VariantEditor::tr("Elegant");
    case models::Layout::Modern:
        return VariantEditor::tr("Modern");
    case models::Layout::Minimal:
        break;
    }
    return VariantEditor::tr("Minimal");
}

QString photo_label(const models::Photo &photo) {
    return photo.alt.empty() ? VariantEditor::tr("Photo without alt text")
                             : QString::fromStdString(photo.alt);
}

QString key_of(models::Layout layout) {
    const auto name = to_string(layout);
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

} // namespace

VariantEditor::VariantEditor(int number, models::ExperimentElement element, const VariantChoices &choices,
                             QWidget *parent)
    : QFrame(parent), m_number(number), m_element(element), m_choices(choices), m_name(new QLineEdit),
      m_weight(new QSpinBox), m_remove(new QToolButton), m_problem(new QLabel) {
    setObjectName(QStringLiteral("variant.%1").arg(number));
    set_card(this);
    build_layout();
    connect(m_name, &QLineEdit::textEdited, this, &VariantEditor::changed);
    connect(m_weight, &QSpinBox::valueChanged, this, &VariantEditor::changed);
    connect(m_remove, &QToolButton::clicked, this, &VariantEditor::remove_requested);
}

void VariantEditor::build_layout() {
    const auto named = [this](QWidget *widget, const char *part, const QString &words) {
        widget->setObjectName(QStringLiteral("variant.%1.%2").arg(m_number).arg(QLatin1String(part)));
        widget->setAccessibleName(tr("%1 of variant %2").arg(words).arg(m_number + 1));
    };
    named(m_name, "name", tr("Name"));
    m_name->setPlaceholderText(tr("Variant name"));
    named(m_weight, "weight", tr("Share of visitors"));
    m_weight->setRange(1, 99);
    m_weight->setSuffix(tr(" % of visitors"));
    named(m_remove, "remove", tr("Remove button"));
    m_remove->setToolTip(tr("Remove variant"));
    m_remove->setIcon(line_icon(QStringLiteral("trash")));
    named(m_problem, "problem", tr("Problem"));
    set_text_role(m_problem, TextRole::Negative);
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *head = new QHBoxLayout;
    head->addWidget(m_name, 1);
    head->addWidget(m_weight);
    head->addWidget(m_remove);
    auto *lines = new QVBoxLayout(this);
    lines->setContentsMargins(12, 10, 12, 10);
    lines->setSpacing(8);
    lines->addLayout(head);
    if (m_number == 0) {
        auto *words = new QLabel(tr("The current page. Other variants are compared with it."));
        set_text_role(words, TextRole::Muted);
        words->setWordWrap(true);
        lines->addWidget(words);
        m_remove->hide();
    } else {
        lines->addWidget(build_choice());
    }
    lines->addWidget(m_problem);
}

QWidget *VariantEditor::build_choice() {
    const auto name = QStringLiteral("variant.%1.choice").arg(m_number);
    if (m_element == models::ExperimentElement::CallToAction) {
        m_label = new QLineEdit;
        m_label->setObjectName(name);
        m_label->setAccessibleName(tr("Button text of variant %1").arg(m_number + 1));
        m_label->setPlaceholderText(
            tr("Button text; currently “%1”").arg(QString::fromStdString(m_choices.label)));
        connect(m_label, &QLineEdit::textEdited, this, &VariantEditor::changed);
        return m_label;
    }
    const bool order = m_element == models::ExperimentElement::GalleryOrder;
    if ((order && m_choices.gallery.size() < 2) ||
        (m_element == models::ExperimentElement::HeroPhoto && m_choices.photos.empty())) {
        auto *words =
            new QLabel(order ? tr("The live gallery has fewer than two photos: there is no other order.")
                             : tr("The live page has no other photo: publish it in the gallery first."));
        words->setObjectName(name);
        set_text_role(words, TextRole::Muted);
        words->setWordWrap(true);
        return words;
    }
    m_strip = new ChoiceStrip(name, order ? ChoiceStrip::Purpose::Order : ChoiceStrip::Purpose::Choose);
    std::vector<ChoiceStrip::Choice> choices;
    if (order) {
        m_strip->setAccessibleName(tr("Order of the gallery in variant %1").arg(m_number + 1));
        for (const auto &photo : m_choices.gallery) {
            choices.push_back({QString::fromStdString(photo.id), photo_label(photo)});
        }
    } else if (m_element == models::ExperimentElement::Layout) {
        m_strip->setAccessibleName(tr("Layout of variant %1").arg(m_number + 1));
        for (const auto layout : layouts) {
            if (layout != m_choices.layout) {
                choices.push_back({key_of(layout), layout_label(layout)});
            }
        }
    } else {
        m_strip->setAccessibleName(tr("Photo of variant %1").arg(m_number + 1));
        for (const auto &photo : m_choices.photos) {
            choices.push_back({QString::fromStdString(photo.url), photo_label(photo)});
        }
    }
    m_strip->set_choices(choices);
    connect(m_strip, &ChoiceStrip::changed, this, [this] {
        const auto typed = m_name->text().trimmed();
        const bool is_layout =
            std::ranges::any_of(layouts, [&](models::Layout one) { return layout_label(one) == typed; });
        if (m_element == models::ExperimentElement::Layout && (typed.isEmpty() || is_layout) &&
            m_strip->currentItem() != nullptr) {
            m_name->setText(m_strip->currentItem()->toolTip());
        }
        emit changed();
    });
    return m_strip;
}

void VariantEditor::set_variant(const models::Variant &variant) {
    m_id = variant.id;
    m_name->setText(QString::fromStdString(variant.name));
    set_weight(qRound(variant.weight * 100));
    show_config(variant.config);
}

void VariantEditor::show_config(const models::Json &config) {
    const auto text = [&](const char *key) {
        return QString::fromStdString(models::text_member(config, key));
    };
    if (m_label != nullptr) {
        m_label->setText(text("label"));
    } else if (m_strip != nullptr && m_element == models::ExperimentElement::HeroPhoto) {
        m_strip->choose(
            QString::fromStdString(models::text_member(models::object_member(config, "photo"), "url")));
    } else if (m_strip != nullptr && m_element == models::ExperimentElement::Layout) {
        m_strip->choose(text("layout"));
    } else if (m_strip != nullptr) {
        auto left = m_choices.gallery;
        std::vector<ChoiceStrip::Choice> ordered;
        for (const auto &id : models::text_list_member(config, "order")) {
            const auto found = std::ranges::find(left, id, &models::Photo::id);
            if (found != left.end()) {
                ordered.push_back({QString::fromStdString(found->id), photo_label(*found)});
                left.erase(found);
            }
        }
        for (const auto &photo : left) {
            ordered.push_back({QString::fromStdString(photo.id), photo_label(photo)});
        }
        m_strip->set_choices(ordered);
    }
}

models::Json VariantEditor::config() const {
    auto config = models::Json::object();
    if (m_label != nullptr) {
        if (const auto label = m_label->text().trimmed(); !label.isEmpty()) {
            config["label"] = label.toStdString();
        }
        return config;
    }
    if (m_strip == nullptr) {
        return config;
    }
    const auto chosen = m_strip->chosen().toStdString();
    switch (m_element) {
    case models::ExperimentElement::HeroPhoto:
        if (const auto photo = std::ranges::find(m_choices.photos, chosen, &models::Photo::url);
            !chosen.empty() && photo != m_choices.photos.end()) {
            config["photo"] = models::to_json(*photo);
        }
        break;
    case models::ExperimentElement::GalleryOrder: {
        auto order = models::Json::array();
        bool other = false;
        const auto keys = m_strip->order();
        for (qsizetype at = 0; at < keys.size(); ++at) {
            order.push_back(keys[at].toStdString());
            other = other || order.back() != m_choices.gallery[static_cast<std::size_t>(at)].id;
        }
        if (other) { // the published choice would be no change
            config["order"] = std::move(order);
        }
        break;
    }
    case models::ExperimentElement::Layout:
        if (!chosen.empty()) {
            config["layout"] = chosen;
        }
        break;
    case models::ExperimentElement::CallToAction:
        break;
    }
    return config;
}

models::Variant VariantEditor::variant() const {
    const auto id = !m_id.empty() ? m_id : m_number == 0 ? "control" : "variant-" + std::to_string(m_number);
    return {id, m_name->text().trimmed().toStdString(), m_weight->value() / 100.0, config()};
}

void VariantEditor::set_weight(int percent) {
    const QSignalBlocker quiet(m_weight);
    m_weight->setValue(percent);
}

int VariantEditor::weight() const {
    return m_weight->value();
}

void VariantEditor::set_removable(bool removable) {
    m_remove->setEnabled(removable);
}

void VariantEditor::set_problem(const QString &problem) {
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void VariantEditor::set_picture(const QString &key, const QImage &picture) {
    if (m_strip != nullptr) {
        m_strip->set_picture(key, picture);
    }
}

} // namespace studio::ui
