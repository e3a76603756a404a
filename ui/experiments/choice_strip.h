// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QImage>
#include <QListWidget>

#include <vector>

namespace studio::ui {

// A row of small pictures, from which one is chosen or which are reordered by dragging (or with Alt+Left and
// Alt+Right).
class ChoiceStrip final : public QListWidget {
    Q_OBJECT

public:
    enum class Purpose { Choose, Order };
    struct Choice {
        QString key, text; // the text is read out and shown as a tool tip
    };

    ChoiceStrip(const QString &name, Purpose purpose, QWidget *parent = nullptr);

    void set_choices(const std::vector<Choice> &choices);
    void set_picture(const QString &key, const QImage &picture);
    void choose(const QString &key); // "" or an unknown key chooses none
    QString chosen() const;          // "" for none
    QStringList order() const;

    static constexpr QSize picture_size{80, 50};

signals:
    void changed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QListWidgetItem *item_of(const QString &key) const;

    const Purpose m_purpose;
};

} // namespace studio::ui
