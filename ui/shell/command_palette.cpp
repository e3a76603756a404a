// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/command_palette.h"

#include "ui/widgets/line_icon.h"
#include "ui/widgets/style_sheet.h"

#include <QGraphicsDropShadowEffect>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

namespace studio::ui {

namespace {
constexpr int palette_width = 520;
constexpr int row_height = 40;
constexpr int max_rows = 9;
} // namespace

CommandPalette::CommandPalette(QWidget *window)
    : QFrame(window), m_field(new QLineEdit(this)), m_list(new QListWidget(this)) {
    setObjectName(QStringLiteral("palette"));
    setAccessibleName(tr("Go to"));
    set_card(this);
    m_field->setObjectName(QStringLiteral("palette.field"));
    m_field->setAccessibleName(tr("Go to a page or companion"));
    m_field->setPlaceholderText(tr("Go to a page or companion"));
    m_list->setObjectName(QStringLiteral("palette.list"));
    m_list->setAccessibleName(tr("Matches"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setIconSize({18, 18});
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->addWidget(m_field);
    layout->addWidget(m_list);
    auto *shadow = new QGraphicsDropShadowEffect(this);
    shadow->setBlurRadius(40);
    shadow->setOffset(0, 12);
    shadow->setColor(QColor(0, 0, 0, 90));
    setGraphicsEffect(shadow);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::run_current);
    hide();
}

void CommandPalette::open() {
    emit opening();
    m_field->clear();
    filter();
    show();
    raise();
    place();
    m_field->setFocus();
}

void CommandPalette::set_commands(std::vector<Command> commands) {
    m_commands = std::move(commands);
    filter();
}

void CommandPalette::filter() {
    const auto words = m_field->text().toCaseFolded().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    m_list->clear();
    for (std::size_t index = 0; index < m_commands.size(); ++index) {
        const auto &command = m_commands[index];
        const auto text = (command.title + QLatin1Char(' ') + command.subtitle).toCaseFolded();
        if (!std::all_of(words.begin(), words.end(),
                         [&text](const QString &word) { return text.contains(word); })) {
            continue;
        }
        const auto label = command.subtitle.isEmpty()
                               ? command.title
                               : command.title + QStringLiteral("   ") + command.subtitle;
        auto *item = new QListWidgetItem(line_icon(command.icon), label, m_list);
        item->setData(Qt::UserRole, static_cast<int>(index));
        item->setSizeHint({palette_width - 40, row_height});
    }
    m_list->setCurrentRow(0);
    place();
}

void CommandPalette::run_current() {
    const auto *item = m_list->currentItem();
    if (item == nullptr) {
        return;
    }
    const auto run = m_commands.at(static_cast<std::size_t>(item->data(Qt::UserRole).toInt())).run;
    hide();
    run();
}

void CommandPalette::place() {
    const int rows = std::clamp(m_list->count(), 1, max_rows);
    m_list->setFixedHeight(rows * row_height + 4);
    resize(palette_width, rows * row_height + 4 + 32 + 36);
    move((parentWidget()->width() - width()) / 2, 96);
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event) {
    if (event->type() == QEvent::FocusOut) {
        hide();
    } else if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const int count = m_list->count();
        switch (key->key()) {
        case Qt::Key_Escape:
            hide();
            parentWidget()->setFocus();
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            run_current();
            return true;
        case Qt::Key_Down:
        case Qt::Key_Up:
            if (count > 0) {
                const int step = key->key() == Qt::Key_Down ? 1 : count - 1;
                m_list->setCurrentRow((m_list->currentRow() + step) % count);
            }
            return true;
        default:
            break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace studio::ui
