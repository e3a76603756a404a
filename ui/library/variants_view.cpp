// SPDX-License-Identifier: Apache-2.0
#include "ui/library/variants_view.h"

#include "ui/library/crop_view.h"
#include "ui/library/thumbnail_source.h"
#include "ui/library/variant_shares.h"
#include "ui/widgets/page_header.h"
#include "ui/widgets/style_sheet.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr QSize phone_crop(156, 338);   // 390 × 844
constexpr QSize desktop_crop(288, 180); // 1440 × 900

std::vector<double> weights_of(const models::Hero &hero) {
    std::vector<double> weights;
    for (const auto &variant : hero.variants) {
        weights.push_back(variant.weight);
    }
    return weights;
}

std::vector<std::string> ids_of(const models::Hero &hero) {
    std::vector<std::string> ids;
    for (const auto &variant : hero.variants) {
        ids.push_back(variant.id);
    }
    return ids;
}

} // namespace

VariantsView::VariantsView(ThumbnailSource &thumbnails, bool may_edit, bool may_test, QWidget *parent)
    : QWidget(parent), m_thumbnails(thumbnails), m_may_edit(may_edit), m_may_test(may_test),
      m_words(new QLabel), m_running(new QLabel), m_save(new QPushButton(tr("Save shares in the draft"))),
      m_test(new QPushButton(tr("Start a test"))), m_close(new QPushButton(tr("Back to the photos"))) {
    setObjectName(QStringLiteral("library.variants"));
    build_layout();
    connect(m_save, &QPushButton::clicked, this, [this] {
        std::map<std::string, int> shares;
        for (std::size_t index = 0; index < m_shares.size(); ++index) {
            shares[m_hero.variants[index].id] = m_shares[index];
        }
        emit shares_wanted(shares);
    });
    connect(m_test, &QPushButton::clicked, this, &VariantsView::test_wanted);
    connect(m_close, &QPushButton::clicked, this, &VariantsView::closed);
}

void VariantsView::build_layout() {
    m_words->setObjectName(QStringLiteral("library.variants.words"));
    m_words->setWordWrap(true);
    m_running->setObjectName(QStringLiteral("library.variants.running"));
    m_running->setWordWrap(true);
    m_running->setTextFormat(Qt::PlainText);
    set_text_role(m_running, TextRole::Muted);
    m_save->setObjectName(QStringLiteral("library.variants.save"));
    m_test->setObjectName(QStringLiteral("library.variants.test"));
    m_close->setObjectName(QStringLiteral("library.variants.close"));
    set_button_role(m_test, ButtonRole::Primary);
    m_content = new QWidget;
    m_columns = new QHBoxLayout(m_content);
    m_columns->setContentsMargins(0, 0, 0, 0);
    m_columns->setSpacing(24);
    auto *area = new QScrollArea;
    area->setObjectName(QStringLiteral("library.variants.scroll"));
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(m_content);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_close);
    buttons->addStretch(1);
    buttons->addWidget(m_save);
    buttons->addWidget(m_test);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(section_header(tr("Hero photo and variants"),
                                     tr("As a phone and a desktop crop them around the focal point.")));
    column->addWidget(area, 1);
    column->addWidget(m_words);
    column->addWidget(m_running);
    column->addLayout(buttons);
    m_save->setVisible(m_may_edit);
    m_test->setVisible(m_may_test);
}

void VariantsView::show_hero(const models::Hero &hero, const QString &running_test) {
    if (!m_changed || ids_of(hero) != ids_of(m_hero)) {
        m_shares = shares_of(weights_of(hero));
        m_changed = false;
    }
    if (!(hero == m_hero) || m_control == nullptr) { // else a field that is being typed in would go
        m_hero = hero;
        build_columns();
    }
    m_running->setText(tr("The test “%1” runs with these photos. Publishing other photos or shares starts a "
                          "new phase of it.")
                           .arg(running_test));
    m_running->setVisible(!running_test.isEmpty());
    show_shares();
}

void VariantsView::build_columns() {
    while (auto *item = m_columns->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->deleteLater();
        }
        delete item;
    }
    m_fields.clear();
    add_column(tr("Control"), m_hero.control, -1);
    for (std::size_t index = 0; index < m_hero.variants.size(); ++index) {
        const auto &variant = m_hero.variants[index];
        add_column(tr("Variant %1").arg(QString::fromStdString(variant.id)), variant.photo,
                   static_cast<int>(index));
    }
    m_columns->addStretch(1);
}

void VariantsView::add_column(const QString &title, const models::Photo &photo, int variant) {
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    auto *name = new QLabel(title);
    name->setTextFormat(Qt::PlainText);
    set_text_role(name, TextRole::Section);
    column->addWidget(name);
    column->addWidget(new CropView(m_thumbnails, photo, desktop_crop));
    column->addWidget(new CropView(m_thumbnails, photo, phone_crop));
    if (variant < 0) {
        m_control = new QLabel;
        m_control->setObjectName(QStringLiteral("library.share.control"));
        column->addWidget(m_control);
    } else {
        auto *field = new QSpinBox;
        field->setObjectName(QStringLiteral("library.share.%1").arg(variant));
        field->setAccessibleName(tr("Share of %1").arg(title));
        field->setRange(0, 100);
        field->setSuffix(tr(" %"));
        field->setEnabled(m_may_edit);
        connect(field, &QSpinBox::valueChanged, this,
                [this, variant](int share) { set_share(static_cast<std::size_t>(variant), share); });
        m_fields.push_back(field);
        column->addWidget(field);
    }
    column->addStretch(1);
    m_columns->addWidget(box);
}

void VariantsView::set_share(std::size_t variant, int share) {
    m_shares = with_share(m_shares, variant, share);
    m_changed = true;
    show_shares();
}

void VariantsView::show_shares() {
    for (std::size_t index = 0; index < m_fields.size(); ++index) {
        const QSignalBlocker quiet(m_fields[index]);
        m_fields[index]->setValue(m_shares[index]);
    }
    const int control = control_share(m_shares);
    m_control->setText(tr("%1 %").arg(control));
    if (m_fields.empty()) {
        m_words->setText(tr("There are no variants. Add one below the hero photo in the editor."));
    } else if (control == 0) {
        m_words->setText(tr("Nobody sees the control, so there is nothing to compare the variants with."));
    } else {
        m_words->setText(tr("The control gets the rest, %1 % of the visitors.").arg(control));
    }
    m_save->setEnabled(m_changed);
    m_test->setEnabled(!m_fields.empty());
}

} // namespace studio::ui
