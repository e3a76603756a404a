// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;

namespace studio::ui {

struct FactRow {
    QString label, text;
    bool operator==(const FactRow &) const = default;
};

// Labels with what stands behind them, in two columns; texts wrap and can be copied.
class FactRows final : public QWidget {
    Q_OBJECT

public:
    explicit FactRows(const QString &name, QWidget *parent = nullptr);
    void show_rows(const std::vector<FactRow> &rows);
    QString text() const; // of all rows, for tests and screen readers

private:
    QLabel *label_at(int line, int column) const;
    void build(std::size_t rows);

    QGridLayout *m_grid;
    std::vector<FactRow> m_rows;
};

} // namespace studio::ui
