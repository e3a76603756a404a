// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QToolButton>
#include <QVBoxLayout>
#include <QWidget>

#include <functional>

namespace studio::ui {

class FieldRegistry;
class Badge;

// A part of a form that opens and closes. Its fields are created when it is first opened.
class Section final : public QWidget {
    Q_OBJECT

public:
    // `pointers` are those of its fields; asking the registry for one of them opens the section.
    Section(const QString &name, const QString &title, FieldRegistry &registry, const QStringList &pointers,
            std::function<void(QVBoxLayout *)> build, QWidget *parent = nullptr);

    bool is_open() const { return m_body->isVisibleTo(this); }
    void set_open(bool open);
    const QStringList &pointers() const { return m_pointers; }
    void set_problems(int errors, int warnings);

signals:
    void opened_by_hand();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QToolButton *m_head;
    Badge *m_badge;
    QWidget *m_body;
    QStringList m_pointers;
    std::function<void(QVBoxLayout *)> m_build;
};

} // namespace studio::ui
