// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/experiments/experiment_figures.h"
#include "ui/experiments/experiments_services.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace studio::preview {
class PreviewView;
}

namespace studio::ui {

// The panel in which a winner is declared: a preview of the page with the chosen variant, and what will be
// published.
class DeclarePanel final : public QWidget {
    Q_OBJECT

public:
    explicit DeclarePanel(ExperimentsServices services, QWidget *parent = nullptr);

    // No variant is chosen beforehand, because it is a person's decision what all visitors will see.
    void open(const TestFigures &figures);
    const TestFigures &figures() const { return m_figures; }
    void set_busy(bool busy);

signals:
    void declared(const QString &variant);
    void cancelled();

private:
    void build_layout();
    void show_variant();
    QString what_is_published(const QString &name) const;

    const ExperimentsServices m_services;
    TestFigures m_figures;
    QComboBox *m_variant;
    QLabel *m_words;
    QLabel *m_warning;
    QPushButton *m_publish;
    QVBoxLayout *m_column = nullptr;
    preview::PreviewView *m_preview =
        nullptr; // created when first needed, because the browser engine is large
};

} // namespace studio::ui
