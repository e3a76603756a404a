// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/async/latest.h"
#include "ui/experiments/experiment_figures.h"

#include <QThreadPool>
#include <QWidget>

#include <filesystem>
#include <functional>

class QCheckBox;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace studio::ui {

class VariantRows;
class ChartCard;
class ConfirmBar;

// One experiment: the recommendation and its reasons, its variants with pictures and rates, the lift over
// time, and the posterior of each rate. Operators also get the buttons for what can be done with it now.
class TestDetail final : public QWidget {
    Q_OBJECT

public:
    // `media_root` is the folder that /media/… shows.
    TestDetail(bool may_change, std::filesystem::path media_root, QWidget *parent = nullptr);
    ~TestDetail() override;

    void show_figures(const TestFigures &figures);
    void forget_question();

signals:
    void start_requested(const QString &ending); // id of the experiment that this one replaces; "" for none
    void edit_requested();
    void pause_requested();
    void resume_requested();
    void stop_requested();
    void declare_requested();
    void revert_requested();
    void auto_winner_requested(bool wanted);
    void failed(const QString &message);

private:
    QWidget *build_verdict();
    void build_buttons(QVBoxLayout *lines);
    void build_charts(QVBoxLayout *column);
    ChartCard *add_card(QVBoxLayout *column, const char *name, const QString &title, const QString &note);
    void ask_to_start();
    void ask_to_stop();
    void ask_to_revert();
    void show_verdict();
    void show_health();
    void show_actions();
    void show_charts();
    void paint_variants();

    const bool m_may_change;
    const std::filesystem::path m_media_root;
    TestFigures m_figures;
    Latest m_paintings;
    QLabel *m_facts = nullptr;
    QLabel *m_action = nullptr;
    QLabel *m_reasons = nullptr;
    QLabel *m_share = nullptr;
    QLabel *m_progress = nullptr;
    QCheckBox *m_auto = nullptr;
    QPushButton *m_start = nullptr;
    QPushButton *m_edit = nullptr;
    QPushButton *m_declare = nullptr;
    QPushButton *m_pause = nullptr;
    QPushButton *m_stop = nullptr;
    QPushButton *m_revert = nullptr;
    ConfirmBar *m_confirm = nullptr;
    ChartCard *m_variants = nullptr;
    VariantRows *m_rows = nullptr;
    ChartCard *m_lift = nullptr;
    LineChart *m_lift_chart = nullptr;
    ChartCard *m_posterior = nullptr;
    QThreadPool m_pool; // paints pictures
};

} // namespace studio::ui
