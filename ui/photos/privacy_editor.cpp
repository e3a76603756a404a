// SPDX-License-Identifier: Apache-2.0
#include "ui/photos/privacy_editor.h"

#include "ui/photos/picture_preview.h"
#include "ui/widgets/style_sheet.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QTabBar>
#include <QVBoxLayout>

#include <cmath>

namespace studio::ui {

namespace {

constexpr int preview_width = 1400;    // pixels
constexpr int steps_per_degree = 2;    // of the slider
constexpr double most_degrees = 15;    // to each side
constexpr double new_cover_side = 0.2; // of one that is added with the button
const QString mosaic = QStringLiteral("mosaic");

QPushButton *button(const QString &name, const QString &text, QWidget *parent) {
    auto *result = new QPushButton(text, parent);
    result->setObjectName(QStringLiteral("privacy.") + name);
    return result;
}

} // namespace

PrivacyEditor::PrivacyEditor(const QString &file, const media::PictureEdits &edits, QWidget *parent)
    : QWidget(parent), m_history(edits), m_preview(new PicturePreview(file, preview_width, this)),
      m_canvas(new RegionCanvas(this)), m_tabs(new QTabBar(this)),
      m_undo(button(QStringLiteral("undo"), tr("Undo"), this)),
      m_redo(button(QStringLiteral("redo"), tr("Redo"), this)),
      m_done(button(QStringLiteral("done"), tr("Use this picture"), this)),
      m_cancel(button(QStringLiteral("cancel"), tr("Cancel"), this)), m_words(new QLabel(this)) {
    setObjectName(QStringLiteral("privacy"));
    build_layout();
    connect_signals();
    connect_canvas();
    refresh();
}

void PrivacyEditor::build_layout() {
    m_tabs->setObjectName(QStringLiteral("privacy.tabs"));
    m_tabs->setAccessibleName(tr("Tools for the photo"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    for (const auto &text : {tr("Hide"), tr("Turn and crop"), tr("Result")}) {
        m_tabs->addTab(text);
    }
    m_canvas->setObjectName(QStringLiteral("privacy.canvas"));
    m_canvas->setAccessibleName(tr("The photo: drag to cover a part; arrow keys move the chosen cover, with "
                                   "Shift they resize it, Delete removes it"));
    m_words->setObjectName(QStringLiteral("privacy.words"));
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::PlainText);
    set_text_role(m_words, TextRole::Muted);
    m_cover_tools = build_cover_tools();
    m_crop_tools = build_crop_tools();
    set_button_role(m_done, ButtonRole::Primary);
    auto *head = new QHBoxLayout;
    head->addWidget(m_tabs, 1);
    head->addWidget(m_undo);
    head->addWidget(m_redo);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_words, 1);
    foot->addWidget(m_cancel);
    foot->addWidget(m_done);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addLayout(head);
    column->addWidget(m_cover_tools);
    column->addWidget(m_crop_tools);
    column->addWidget(m_canvas, 1);
    column->addLayout(foot);
}

QWidget *PrivacyEditor::build_cover_tools() {
    auto *tools = new QWidget(this);
    m_fill = new QComboBox(tools);
    m_fill->setObjectName(QStringLiteral("privacy.fill"));
    m_fill->setAccessibleName(tr("Cover with"));
    m_fill->addItem(tr("Colour of the surroundings"), QString());
    m_fill->addItem(tr("Black"), QStringLiteral("#000000"));
    m_fill->addItem(tr("Grey"), QStringLiteral("#808080"));
    m_fill->addItem(tr("White"), QStringLiteral("#ffffff"));
    m_fill->addItem(tr("Coarse mosaic (faces only)"), mosaic);
    m_fill->setToolTip(tr("A colour leaves nothing. Use it for number plates, addresses and tattoos."));
    m_shape = new QComboBox(tools);
    m_shape->setObjectName(QStringLiteral("privacy.shape"));
    m_shape->setAccessibleName(tr("Shape of the cover"));
    m_shape->addItem(tr("Ellipse"));
    m_shape->addItem(tr("Rectangle"));
    m_add = button(QStringLiteral("add"), tr("Add a cover"), tools);
    m_remove = button(QStringLiteral("remove"), tr("Remove"), tools);
    m_remove->setAccessibleName(tr("Remove the chosen cover"));
    auto *row = new QHBoxLayout(tools);
    row->setContentsMargins(0, 0, 0, 0);
    for (QWidget *tool : {static_cast<QWidget *>(m_fill), static_cast<QWidget *>(m_shape),
                          static_cast<QWidget *>(m_add), static_cast<QWidget *>(m_remove)}) {
        row->addWidget(tool);
    }
    row->addStretch(1);
    return tools;
}

QWidget *PrivacyEditor::build_crop_tools() {
    auto *tools = new QWidget(this);
    m_turn_left = button(QStringLiteral("turn_left"), tr("Turn left"), tools);
    m_turn = button(QStringLiteral("turn"), tr("Turn right"), tools);
    m_level = button(QStringLiteral("level"), {}, tools);
    m_level->setToolTip(tr("How far it is turned. Press to set it back to 0°."));
    set_button_role(m_level, ButtonRole::Quiet);
    m_whole = button(QStringLiteral("whole"), tr("Whole picture"), tools);
    m_straighten = new QSlider(Qt::Horizontal, tools);
    m_straighten->setObjectName(QStringLiteral("privacy.straighten"));
    m_straighten->setAccessibleName(tr("Straighten, in half degrees"));
    const int most = static_cast<int>(most_degrees) * steps_per_degree;
    m_straighten->setRange(-most, most);
    auto *label = new QLabel(tr("Straighten"), tools);
    label->setBuddy(m_straighten);
    auto *row = new QHBoxLayout(tools);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_turn_left);
    row->addWidget(m_turn);
    row->addWidget(label);
    row->addWidget(m_straighten, 1);
    row->addWidget(m_level);
    row->addWidget(m_whole);
    return tools;
}

void PrivacyEditor::connect_signals() {
    connect(m_preview, &PicturePreview::ready, this, [this](const QImage &image) {
        m_done->setEnabled(true);
        m_canvas->set_image(image);
    });
    connect(m_preview, &PicturePreview::failed, this, [this](const QString &message) {
        m_words->setText(message);
        m_done->setEnabled(false);
    });
    connect(m_tabs, &QTabBar::currentChanged, this, &PrivacyEditor::refresh);
    connect(m_fill, &QComboBox::currentIndexChanged, this, &PrivacyEditor::apply_choice);
    connect(m_shape, &QComboBox::currentIndexChanged, this, &PrivacyEditor::apply_choice);
    connect(m_add, &QPushButton::clicked, this, [this] {
        constexpr double start = (1 - new_cover_side) / 2;
        add_cover({start, start, new_cover_side, new_cover_side});
    });
    connect(m_turn, &QPushButton::clicked, this, [this] { change(turned(edits())); });
    connect(m_turn_left, &QPushButton::clicked, this, [this] { change(turned(turned(turned(edits())))); });
    connect(m_level, &QPushButton::clicked, m_straighten, [this] { m_straighten->setValue(0); });
    connect(m_whole, &QPushButton::clicked, this, [this] {
        auto now = edits();
        now.crop.reset();
        change(now);
    });
    connect(m_straighten, &QSlider::valueChanged, this, [this](int value) {
        auto now = edits();
        now.straighten = static_cast<double>(value) / steps_per_degree;
        change(now, true);
    });
    connect(m_straighten, &QSlider::sliderPressed, this, [this] { m_history.separate(); });
    connect(m_undo, &QPushButton::clicked, this, &PrivacyEditor::undo);
    connect(m_redo, &QPushButton::clicked, this, &PrivacyEditor::redo);
    connect(m_done, &QPushButton::clicked, this, [this] { emit finished(edits()); });
    connect(m_cancel, &QPushButton::clicked, this, &PrivacyEditor::cancelled);
}

void PrivacyEditor::undo() {
    m_history.undo();
    refresh();
}

void PrivacyEditor::redo() {
    m_history.redo();
    refresh();
}

// The page around this has the same keys for its own edits.
bool PrivacyEditor::event(QEvent *event) {
    if (event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            key->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void PrivacyEditor::keyPressEvent(QKeyEvent *event) {
    if (event->matches(QKeySequence::Undo)) {
        undo();
    } else if (event->matches(QKeySequence::Redo)) {
        redo();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void PrivacyEditor::connect_canvas() {
    connect(m_canvas, &RegionCanvas::drawn, this, &PrivacyEditor::add_cover);
    connect(m_canvas, &RegionCanvas::selection_changed, this, &PrivacyEditor::show_choice);
    connect(m_canvas, &RegionCanvas::changed, this, [this](int index, const media::Region &region) {
        auto now = edits();
        if (m_tabs->currentIndex() == Crop) {
            now.crop = region == media::Region{} ? std::nullopt : std::optional(region);
        } else {
            now.covers.at(static_cast<std::size_t>(index)).region = region;
        }
        change(now);
    });
    const auto remove = [this](int index) {
        auto now = edits();
        if (index >= 0 && index < static_cast<int>(now.covers.size())) {
            now.covers.erase(now.covers.begin() + index);
            change(now);
        }
    };
    connect(m_canvas, &RegionCanvas::removed, this, remove);
    connect(m_remove, &QPushButton::clicked, this, [this, remove] { remove(m_canvas->selected()); });
}

media::Cover PrivacyEditor::new_cover() const {
    media::Cover cover;
    const auto fill = m_fill->currentData().toString();
    cover.kind = fill == mosaic ? media::Cover::Kind::Mosaic : media::Cover::Kind::Fill;
    cover.color = fill == mosaic ? std::string() : fill.toStdString();
    cover.shape =
        m_shape->currentIndex() == 0 ? media::Cover::Shape::Ellipse : media::Cover::Shape::Rectangle;
    return cover;
}

void PrivacyEditor::add_cover(const media::Region &region) {
    auto now = edits();
    auto cover = new_cover();
    cover.region = region;
    now.covers.push_back(cover);
    change(now);
    m_canvas->select(static_cast<int>(now.covers.size()) - 1);
    m_canvas->setFocus();
}

void PrivacyEditor::apply_choice() {
    m_canvas->set_new_shape(m_shape->currentIndex() == 0);
    const int index = m_canvas->selected();
    auto now = edits();
    if (m_tabs->currentIndex() == Covers && index >= 0 && index < static_cast<int>(now.covers.size())) {
        auto cover = new_cover();
        auto &changed = now.covers[static_cast<std::size_t>(index)];
        cover.region = changed.region;
        changed = cover;
        change(now);
    }
}

void PrivacyEditor::show_choice() {
    const int index = m_tabs->currentIndex() == Covers ? m_canvas->selected() : -1;
    const bool is_cover = index >= 0 && index < static_cast<int>(edits().covers.size());
    m_remove->setEnabled(is_cover);
    if (is_cover) {
        const auto &cover = edits().covers[static_cast<std::size_t>(index)];
        const QSignalBlocker quiet_fill(m_fill), quiet_shape(m_shape);
        const bool is_mosaic = cover.kind == media::Cover::Kind::Mosaic;
        m_fill->setCurrentIndex(
            std::max(0, m_fill->findData(is_mosaic ? mosaic : QString::fromStdString(cover.color))));
        m_shape->setCurrentIndex(cover.shape == media::Cover::Shape::Ellipse ? 0 : 1);
        m_canvas->set_new_shape(m_shape->currentIndex() == 0);
    }
}

void PrivacyEditor::change(const media::PictureEdits &edits, bool joins) {
    m_history.change(edits, joins);
    refresh();
}

// Covers are measured on the upright picture, the crop on the turned one: each tab shows what its regions are
// measured on.
void PrivacyEditor::refresh() {
    auto shown = edits();
    const auto tab = m_tabs->currentIndex();
    m_cover_tools->setVisible(tab == Covers);
    m_crop_tools->setVisible(tab == Crop);
    if (tab == Covers) {
        std::vector<DrawnRegion> regions;
        for (const auto &cover : shown.covers) {
            regions.push_back({cover.region, cover.shape == media::Cover::Shape::Ellipse});
        }
        shown = media::PictureEdits{shown.covers, 0, 0, std::nullopt};
        m_canvas->set_regions(RegionCanvas::Use::Covers, regions);
        m_words->setText(tr("Drag over a face, a tattoo or a number plate. What is covered is gone from the "
                            "published photo for good; your file stays as it is."));
    } else if (tab == Crop) {
        m_canvas->set_regions(RegionCanvas::Use::Crop, {{shown.crop.value_or(media::Region{}), false}});
        shown.crop.reset();
        m_words->setText(tr("Drag the corners to crop. The slider turns by up to 15 degrees."));
    } else {
        m_canvas->set_regions(RegionCanvas::Use::Nothing, {});
        m_words->setText(tr("This is what is added."));
    }
    const QSignalBlocker quiet(m_straighten);
    m_straighten->setValue(static_cast<int>(std::lround(edits().straighten * steps_per_degree)));
    const auto degrees = QLocale().toString(edits().straighten, 'f', 1);
    m_level->setText(tr("%1°").arg(degrees));
    m_level->setAccessibleName(tr("Straightened by %1 degrees: set back to 0").arg(degrees));
    m_level->setEnabled(edits().straighten != 0);
    m_undo->setEnabled(m_history.can_undo());
    m_redo->setEnabled(m_history.can_redo());
    show_choice();
    m_preview->show(shown);
}

} // namespace studio::ui
