// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/style_sheet.h"

#include <QStyle>

namespace studio::ui {

namespace {

// @name is replaced by a token's colour. Lengths are multiples of 4 px.
constexpr auto sheet = R"(
QToolTip { background: @raised; color: @text; border: 1px solid @border; padding: 4px 8px; }
QLabel[textRole="title"] { font-size: 20px; font-weight: 600; }
QLabel[textRole="section"] { font-weight: 600; }
QLabel[textRole="muted"] { color: @muted; }
QLabel[textRole="small"] { color: @muted; font-size: 12px; }
QLabel[textRole="mono"] { font-family: "DejaVu Sans Mono", monospace; font-size: 12px; }
QLabel[textRole="negative"] { color: @negative; font-size: 12px; }
QFrame[card="true"] { background: @surface; border: 1px solid @border; border-radius: 8px; }

QPushButton { background: @surface; color: @text; border: 1px solid @control_soft; border-radius: 6px;
    padding: 0 14px; min-height: 30px; font-weight: 500; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @border; }
QPushButton:disabled { color: @disabled; border-color: @border; background: transparent; }
QPushButton:focus { border: 2px solid @accent; padding: 0 13px; min-height: 28px; }
QPushButton[buttonRole="primary"] { background: @accent_fill; color: @on_accent; border-color: @accent_fill; }
QPushButton[buttonRole="primary"]:hover { background: @accent_fill_hover; border-color: @accent_fill_hover; }
QPushButton[buttonRole="primary"]:focus { border: 2px solid @text; }
QPushButton[buttonRole="primary"]:disabled { background: @skeleton; color: @disabled; border-color: @skeleton; }
QPushButton[buttonRole="danger"] { color: @negative; border-color: @negative; }
QPushButton[buttonRole="danger"]:hover { background: @negative_soft; }
QPushButton[buttonRole="quiet"] { background: transparent; border-color: transparent; color: @accent; padding: 0 8px; }
QPushButton[buttonRole="quiet"]:hover { background: @accent_soft; }
QPushButton[buttonRole="quiet"]:focus { border: 2px solid @accent; padding: 0 7px; }
QPushButton::menu-indicator { image: none; width: 0; }
QPushButton[list="true"] { text-align: left; padding: 0 8px; font-weight: normal; }
QPushButton[list="true"]:focus { padding: 0 7px; }
QPushButton[list="true"]::menu-indicator { image: url(:/icons/arrow-down-grey.svg); width: 14px; height: 14px;
    subcontrol-origin: padding; subcontrol-position: center right; right: 6px; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 5px; }
QToolButton:hover { background: @hover; }
QToolButton:checked { background: @accent_soft; color: @accent; }
QToolButton:focus { border: 2px solid @accent; padding: 4px; }
QToolButton::menu-indicator { image: none; width: 0; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox, QDateEdit, QTimeEdit {
    background: @surface; color: @text; border: 1px solid @control_soft; border-radius: 6px; padding: 0 8px;
    min-height: 30px; selection-background-color: @accent_fill; selection-color: @on_accent; }
QPlainTextEdit, QTextEdit { padding: 4px 6px; }
QTextBrowser[paper="true"] { background: #ffffff; color: @paper_text; }
QsciScintilla { background: @surface; border: 1px solid @control_soft; border-radius: 6px; padding: 4px; }
QsciScintilla:focus { border: 2px solid @accent; padding: 3px; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover, QSpinBox:hover, QDoubleSpinBox:hover {
    border-color: @control_border; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus {
    border: 2px solid @accent; padding: 0 7px; min-height: 28px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 3px 5px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: @disabled; background: @window; border-color: @border; }
QLineEdit:read-only { background: @window; border-color: @border; }
*[invalid="true"] { border: 2px solid @negative; }
QCheckBox, QRadioButton { spacing: 8px; }
QCheckBox::indicator, QRadioButton::indicator { width: 16px; height: 16px; border: 1px solid @control_border;
    background: @surface; border-radius: 4px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:checked { background: @accent_fill; border-color: @accent_fill; image: url(:/icons/check-white.svg); }
QRadioButton::indicator:checked { background: @accent_fill; border-color: @accent_fill; image: url(:/icons/dot-white.svg); }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid @accent; width: 14px; height: 14px; }
QCheckBox::indicator:disabled { border-color: @border; background: @window; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url(:/icons/arrow-down-grey.svg); width: 14px; height: 14px; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QAbstractSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; width: 26px; border: none; }
QSpinBox::down-button, QDoubleSpinBox::down-button, QAbstractSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right; width: 26px; border: none; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow, QAbstractSpinBox::up-arrow { image: url(:/icons/arrow-up-grey.svg); width: 12px; height: 12px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow, QAbstractSpinBox::down-arrow { image: url(:/icons/arrow-down-grey.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @raised; border: 1px solid @border; padding: 4px; outline: 0;
    selection-background-color: @accent_soft; selection-color: @text; }

QMenu { background: @raised; border: 1px solid @border; border-radius: 8px; padding: 4px; }
QMenu::item { padding: 7px 28px 7px 10px; border-radius: 4px; }
QMenu::item:selected { background: @accent_soft; color: @text; }
QMenu::item:disabled { color: @disabled; }
QMenu::separator { height: 1px; background: @border; margin: 4px 6px; }
QMenu::icon { padding-left: 8px; }

QTableView, QListView, QTreeView { background: @surface; border: none; outline: 0; gridline-color: @border;
    selection-background-color: @accent_soft; selection-color: @text; }
QTableView::item:selected, QListView::item:selected { background: @accent_soft; color: @text; }
QListView[boxed="true"] { border: 1px solid @control_soft; border-radius: 6px; padding: 3px; }
QListView[boxed="true"]:focus { border: 2px solid @accent; padding: 2px; }
QListView[boxed="true"]::item { padding: 5px 6px; border-radius: 4px; }
QHeaderView { background: @surface; }
QHeaderView::section { background: @surface; color: @muted; border: none; border-bottom: 1px solid @border;
    padding: 8px 12px; font-weight: 500; }
QHeaderView::up-arrow { image: url(:/icons/arrow-up-grey.svg); width: 12px; height: 12px; subcontrol-position: center right; right: 4px; }
QHeaderView::down-arrow { image: url(:/icons/arrow-down-grey.svg); width: 12px; height: 12px; subcontrol-position: center right; right: 4px; }

QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget[scrollGround="true"] { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical { background: @scroll; border-radius: 4px; min-height: 32px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle:horizontal { background: @scroll; border-radius: 4px; min-width: 32px; margin: 2px; }
QScrollBar::handle:hover { background: @control_border; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar { background: @skeleton; border: none; border-radius: 2px; }
QProgressBar::chunk { background: @accent_fill; border-radius: 2px; }
QStatusBar { background: @window; color: @muted; border-top: 1px solid @border; }
QStatusBar::item { border: none; }
QSplitter::handle { background: @border; }
QSplitter[gap="true"]::handle { background: transparent; }
QTabWidget::pane { border: none; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @muted; padding: 8px 4px; margin-right: 20px; border: none;
    border-bottom: 2px solid transparent; font-weight: 500; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:focus { color: @accent; }
)";

template <typename Widget> void set_property(Widget *widget, const char *name, const QVariant &value) {
    if (widget->property(name) == value) {
        return;
    }
    widget->setProperty(name, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace

QString style_sheet(const Tokens &colors) {
    auto text = QString::fromLatin1(sheet);
    const auto control_soft = colors.dark ? QColor("#55555e") : QColor("#c4c4cb");
    const auto scroll = colors.dark ? QColor("#4b4b53") : QColor("#c6c6cd");
    // Longer names first: @accent is the beginning of @accent_fill.
    const std::pair<const char *, QColor> values[] = {{"@accent_fill_hover", colors.accent_fill_hover},
                                                      {"@accent_fill", colors.accent_fill},
                                                      {"@accent_soft", colors.accent_soft},
                                                      {"@accent", colors.accent},
                                                      {"@on_accent", colors.on_accent},
                                                      {"@negative_soft", colors.negative_soft},
                                                      {"@negative", colors.negative},
                                                      {"@control_border", colors.control_border},
                                                      {"@control_soft", control_soft},
                                                      {"@scroll", scroll},
                                                      {"@border", colors.border},
                                                      {"@surface", colors.surface},
                                                      {"@raised", colors.raised},
                                                      {"@window", colors.window},
                                                      {"@hover", colors.hover},
                                                      {"@skeleton", colors.skeleton},
                                                      {"@muted", colors.muted},
                                                      {"@disabled", colors.disabled},
                                                      {"@paper_text", light_tokens().text},
                                                      {"@text", colors.text}};
    for (const auto &[name, color] : values) {
        text.replace(QLatin1String(name), color.name());
    }
    return text;
}

void set_text_role(QLabel *label, TextRole role) {
    static constexpr const char *names[] = {"title", "section", "body", "muted", "small", "mono", "negative"};
    set_property(label, "textRole", QString::fromLatin1(names[static_cast<int>(role)]));
}

void set_button_role(QPushButton *button, ButtonRole role) {
    static constexpr const char *names[] = {"neutral", "primary", "danger", "quiet"};
    set_property(button, "buttonRole", QString::fromLatin1(names[static_cast<int>(role)]));
}

void set_card(QWidget *widget) {
    set_property(widget, "card", true);
}

void set_invalid(QWidget *field, bool invalid) {
    set_property(field, "invalid", invalid);
}

} // namespace studio::ui
