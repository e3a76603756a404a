// SPDX-License-Identifier: Apache-2.0
// The application's style sheet, and functions that set the properties by which widgets choose a look in it.
#pragma once

#include "ui/widgets/theme.h"

#include <QLabel>
#include <QPushButton>

namespace studio::ui {

QString style_sheet(const Tokens &colors);

enum class TextRole { Title, Section, Body, Muted, Small, Mono, Negative };
void set_text_role(QLabel *label, TextRole role);

enum class ButtonRole { Neutral, Primary, Danger, Quiet };
void set_button_role(QPushButton *button, ButtonRole role);

// Gives a widget the look of a card: a framed surface on the window's background.
void set_card(QWidget *widget);

// Gives a field whose value was refused a red border.
void set_invalid(QWidget *field, bool invalid);

} // namespace studio::ui
