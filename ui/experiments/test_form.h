// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/async/latest.h"
#include "ui/experiments/experiment_figures.h"
#include "ui/experiments/feasibility.h"
#include "ui/experiments/variant_editor.h"

#include <QThreadPool>
#include <QWidget>

#include <filesystem>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QSpinBox;
class QVBoxLayout;

namespace studio::ui {

class Banner;
class ConfirmBar;
class WeightBar;

// The form of a new experiment or a draft: what varies, its variants, who takes part, and whether it can
// detect what it looks for. What was typed stays until it is saved or discarded.
class TestForm final : public QWidget {
    Q_OBJECT

public:
    // `media_root` is the folder that /media/… shows.
    explicit TestForm(std::filesystem::path media_root, QWidget *parent = nullptr);
    ~TestForm() override;

    void open_new(const PublishedPage &page, const Traffic &traffic);
    void open_draft(const models::Experiment &draft, const PublishedPage &page, const Traffic &traffic);
    models::Experiment experiment() const;
    void set_busy(bool busy);
    void show_failure(const QString &message);

signals:
    // The experiment is valid for the documents as they were read.
    void save_requested(const studio::models::Experiment &experiment, bool start);
    void closed();

private:
    void build_layout();
    QWidget *build_head();
    QWidget *build_fields();
    QWidget *build_feasibility();
    void build_who(QVBoxLayout *column);
    void connect_signals();
    void open(const models::Experiment &experiment, const PublishedPage &page, const Traffic &traffic);
    void read_choices();
    void show_variants(const std::vector<models::Variant> &variants);
    std::vector<models::Variant> first_variants() const;
    std::vector<models::Variant> variants() const;
    void add_variant();
    void remove_variant(std::size_t at);
    void share_evenly();
    void edited();
    void weigh();
    void judge();
    void show_problems();
    void save(bool start);
    void close();
    void paint_choices();
    models::ExperimentElement element() const;

    const std::filesystem::path m_media_root;
    PublishedPage m_page;
    Traffic m_traffic;
    models::Experiment m_before; // as it was opened; what the form does not show is kept
    VariantChoices m_choices;
    QHash<QString, QImage> m_pictures;
    Latest m_paintings;
    bool m_edited = false;
    bool m_tried = false; // whether saving was tried: from then on problems are shown
    bool m_planned_typed =
        false; // until a person types them, the planned visitors follow from the feasibility
    Banner *m_banner;
    ConfirmBar *m_confirm;
    QLabel *m_title = nullptr;
    QScrollArea *m_scroll = nullptr;
    QPushButton *m_save = nullptr;
    QPushButton *m_start = nullptr;
    QLineEdit *m_name = nullptr;
    QLabel *m_name_problem = nullptr;
    QComboBox *m_element = nullptr;
    QLineEdit *m_description = nullptr;
    QVBoxLayout *m_variants_column = nullptr;
    std::vector<VariantEditor *> m_variants;
    QPushButton *m_add = nullptr;
    QPushButton *m_even = nullptr;
    WeightBar *m_weights = nullptr;
    QLabel *m_weights_label = nullptr;
    QLabel *m_variants_problem = nullptr;
    QSpinBox *m_share = nullptr;
    QSpinBox *m_lift = nullptr;
    QDoubleSpinBox *m_rate = nullptr;
    QSpinBox *m_planned = nullptr;
    QCheckBox *m_auto = nullptr;
    QLabel *m_rate_label = nullptr;
    QLabel *m_answer_title = nullptr;
    QLabel *m_answer = nullptr;
    QPushButton *m_reachable = nullptr;
    Feasibility m_feasibility;
    QThreadPool m_pool; // paints pictures
};

} // namespace studio::ui
