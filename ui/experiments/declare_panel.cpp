// SPDX-License-Identifier: Apache-2.0
#include "ui/experiments/declare_panel.h"

#include "preview/preview_view.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/style_sheet.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QUrl>
#include <QVBoxLayout>

namespace studio::ui {

namespace {

std::string origin_of(const QString &public_url, const std::string &subdomain) {
    QUrl url(public_url);
    url.setHost(QString::fromStdString(subdomain) + QLatin1Char('.') + url.host());
    return url.toString(QUrl::RemovePath).toStdString();
}

} // namespace

DeclarePanel::DeclarePanel(ExperimentsServices services, QWidget *parent)
    : QWidget(parent), m_services(std::move(services)), m_variant(new QComboBox), m_words(new QLabel),
      m_warning(new QLabel), m_publish(new QPushButton) {
    setObjectName(QStringLiteral("experiments.declaring"));
    build_layout();
    connect(m_variant, &QComboBox::currentIndexChanged, this, &DeclarePanel::show_variant);
    connect(m_publish, &QPushButton::clicked, this,
            [this] { emit declared(m_variant->currentData().toString()); });
}

void DeclarePanel::build_layout() {
    auto *card = new QFrame;
    set_card(card);
    auto *lines = new QVBoxLayout(card);
    lines->setContentsMargins(16, 12, 16, 14);
    lines->setSpacing(6);
    auto *head = new QHBoxLayout;
    auto *title = new QLabel(tr("Declare winner"));
    set_text_role(title, TextRole::Title);
    m_variant->setObjectName(QStringLiteral("experiments.winner"));
    m_variant->setAccessibleName(tr("Winning variant"));
    m_variant->setMinimumWidth(160);
    m_variant->setPlaceholderText(tr("Choose the winner"));
    auto *cancel = new QPushButton(tr("Cancel"));
    cancel->setObjectName(QStringLiteral("experiments.declaring.cancel"));
    connect(cancel, &QPushButton::clicked, this, &DeclarePanel::cancelled);
    m_publish->setObjectName(QStringLiteral("experiments.declaring.publish"));
    set_button_role(m_publish, ButtonRole::Primary);
    head->addWidget(title, 1);
    head->addWidget(m_variant);
    head->addWidget(cancel);
    head->addWidget(m_publish);
    lines->addLayout(head);
    m_words->setObjectName(QStringLiteral("experiments.declaring.words"));
    m_warning->setObjectName(QStringLiteral("experiments.declaring.warning"));
    for (auto *label : {m_words, m_warning}) {
        label->setWordWrap(true);
        lines->addWidget(label);
    }
    set_text_role(m_warning, TextRole::Muted);
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(12);
    m_column->addWidget(card);
}

void DeclarePanel::open(const TestFigures &figures) {
    m_figures = figures;
    {
        const QSignalBlocker quiet(m_variant);
        m_variant->clear();
        for (const auto &variant : figures.test.variants) {
            m_variant->addItem(variant_name(figures.test, variant.id), QString::fromStdString(variant.id));
        }
        m_variant->setCurrentIndex(-1);
    }
    if (m_preview == nullptr) {
        m_preview = new preview::PreviewView(m_services.media_root);
        m_preview->setObjectName(QStringLiteral("experiments.declaring.preview"));
        m_column->addWidget(m_preview, 1);
    }
    set_busy(false);
    show_variant();
}

void DeclarePanel::set_busy(bool busy) {
    m_publish->setEnabled(!busy && m_variant->currentIndex() >= 0);
    m_variant->setEnabled(!busy);
}

void DeclarePanel::show_variant() {
    const auto id = m_variant->currentData().toString().toStdString();
    const auto *variant = m_figures.test.variant(id);
    const auto name = m_variant->currentText();
    m_publish->setEnabled(variant != nullptr);
    m_publish->setText(variant == nullptr ? tr("Publish") : tr("Publish %1").arg(short_name(name)));
    m_words->setText(variant == nullptr
                         ? tr("Choose the variant that everyone will see. The page below is what is "
                              "published now (revision %1).")
                               .arg(m_figures.page.revision)
                         : what_is_published(name));
    const auto &winner = m_figures.evaluation.recommendation.winner;
    m_warning->setText(!winner ? tr("There is no clear winner yet. This would be your own choice.")
                       : *winner != id
                           ? tr("The evidence favours “%1”.").arg(variant_name(m_figures.test, *winner))
                           : QString());
    m_warning->setVisible(!m_warning->text().isEmpty());
    auto documents = m_figures.page.documents;
    if (variant != nullptr) {
        models::apply_variant(m_figures.test, *variant, documents);
    }
    m_preview->set_draft({.settings = m_services.site,
                          .origin = origin_of(m_services.public_url, m_figures.page.subdomain),
                          .tenant_id = m_figures.page.tenant_id,
                          .subdomain = m_figures.page.subdomain,
                          .documents = std::move(documents),
                          .hero_variant = {},
                          .calendar = m_figures.page.calendar});
}

QString DeclarePanel::what_is_published(const QString &name) const {
    const auto &page = m_figures.page;
    auto words = tr("The page below goes live as revision %1: the published page (revision %2) with “%3” for "
                    "everyone. The test ends.")
                     .arg(page.latest_revision + 1)
                     .arg(page.revision)
                     .arg(name);
    if (page.latest_revision > page.revision) {
        words += tr(" The unpublished draft (revision %1) keeps its edits and also gets the variant.")
                     .arg(page.latest_revision);
    }
    return words;
}

} // namespace studio::ui
