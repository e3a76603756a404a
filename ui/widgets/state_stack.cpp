// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/state_stack.h"

#include "ui/widgets/line_icon.h"
#include "ui/widgets/style_sheet.h"

#include <QEvent>
#include <QResizeEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace studio::ui {

// The message of a state without content: an icon, a sentence and a button in the middle of the page.
class StateStack::Message final : public QWidget {
public:
    Message(const QString &name, QWidget *parent)
        : QWidget(parent), m_icon(new QLabel(this)), m_title(new QLabel(this)), m_text(new QLabel(this)),
          m_button(new QPushButton(this)) {
        setObjectName(name);
        m_button->setObjectName(name + QStringLiteral(".button"));
        m_text->setObjectName(name + QStringLiteral(".text"));
        set_text_role(m_title, TextRole::Section);
        set_text_role(m_text, TextRole::Muted);
        m_text->setWordWrap(true);
        m_text->setTextFormat(Qt::PlainText);
        m_text->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
        m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        auto *layout = new QVBoxLayout(this);
        layout->setSpacing(8);
        layout->addStretch(2);
        layout->addWidget(m_icon, 0, Qt::AlignHCenter);
        layout->addSpacing(4);
        layout->addWidget(m_title, 0, Qt::AlignHCenter);
        layout->addWidget(m_text, 0, Qt::AlignHCenter);
        layout->addSpacing(8);
        layout->addWidget(m_button, 0, Qt::AlignHCenter);
        layout->addStretch(3);
    }

    void set(const QString &icon, const QString &title, const QString &text, const QString &action) {
        m_icon_name = icon;
        m_title->setText(title);
        m_text->setText(text);
        m_button->setText(action);
        m_button->setVisible(!action.isEmpty());
        setAccessibleName(title);
        setAccessibleDescription(text);
        fit();
        tint();
    }
    QString message() const { return m_title->text() + QLatin1Char('\n') + m_text->text(); }
    QPushButton *button() const { return m_button; }

protected:
    void changeEvent(QEvent *event) override {
        if (event->type() == QEvent::PaletteChange) {
            tint();
        }
        QWidget::changeEvent(event);
    }
    void resizeEvent(QResizeEvent *event) override {
        QWidget::resizeEvent(event);
        fit();
    }

private:
    static constexpr int text_width = 480, least_text_width = 160, edge = 16;

    // The layout asks for the height of wrapped text too late.
    void fit() {
        const int room = std::clamp(width() - 2 * edge, least_text_width, text_width);
        m_text->setFixedWidth(room);
        m_text->setMinimumHeight(m_text->heightForWidth(room));
    }

    void tint() {
        if (!m_icon_name.isEmpty()) {
            m_icon->setPixmap(line_pixmap(m_icon_name, tokens(palette()).muted, 36, devicePixelRatioF()));
        }
    }

    QString m_icon_name;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_text;
    QPushButton *m_button;
};

StateStack::StateStack(QWidget *content, Skeleton::Shape shape, QWidget *parent)
    : QStackedWidget(parent), m_content(content), m_skeleton(new Skeleton(shape, this)),
      m_empty(new Message(QStringLiteral("state.empty"), this)),
      m_error(new Message(QStringLiteral("state.error"), this)) {
    addWidget(m_skeleton);
    addWidget(m_content);
    addWidget(m_empty);
    addWidget(m_error);
    set_button_role(m_empty->button(), ButtonRole::Primary);
    connect(m_empty->button(), &QPushButton::clicked, this, &StateStack::action_requested);
    connect(m_error->button(), &QPushButton::clicked, this, &StateStack::retry_requested);
}

void StateStack::show_loading() {
    settle(State::Loading, m_skeleton);
}

void StateStack::show_content() {
    settle(State::Content, m_content);
}

void StateStack::show_empty(const QString &icon, const QString &title, const QString &text,
                            const QString &action) {
    m_empty->set(icon, title, text, action);
    settle(State::Empty, m_empty);
}

void StateStack::show_error(const QString &title, const QString &text) {
    m_error->set(QStringLiteral("warning"), title, text.simplified(), tr("Try again"));
    settle(State::Error, m_error);
}

QString StateStack::message() const {
    switch (m_state) {
    case State::Empty:
        return m_empty->message();
    case State::Error:
        return m_error->message();
    case State::Loading:
    case State::Content:
        break;
    }
    return {};
}

void StateStack::settle(State state, QWidget *widget) {
    setCurrentWidget(widget);
    if (state == m_state) {
        return;
    }
    m_state = state;
    emit state_changed(state);
}

} // namespace studio::ui
