// SPDX-License-Identifier: Apache-2.0
#include "media/apply_edits.h"

#include "media/asset_store.h"
#include "models/color/color.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <optional>
#include <random>
#include <utility>

namespace studio::media {
namespace {

using Rgb = std::array<unsigned char, 3>;

constexpr double grown = 1.15;     // of a cover's width and height
constexpr double rim = 1.15;       // of the grown region: how far its surroundings reach
constexpr double soft_edge = 0.06; // of the grown region's smaller side, outside it
constexpr int most_cells = 6;      // over a mosaic's longer side
constexpr int noise = 4;           // of 255, either way
constexpr int level_step = 17;     // 16 levels from 0 to 255
constexpr double most_straightened = 15;

[[noreturn]] void refuse(const char *message) {
    throw Error(ErrorKind::NotAnImage, message);
}

void require_region(const Region &region, const char *message) {
    const bool inside = region.x >= 0 && region.y >= 0 && region.width > 0 && region.height > 0 &&
                        region.x + region.width <= 1 + 1e-6 && region.y + region.height <= 1 + 1e-6;
    if (!inside) { // also where one of them is not a number
        refuse(message);
    }
}

// A cover's shape in pixels: its centre and half its width and height.
struct Shape {
    bool ellipse = true;
    double x = 0, y = 0, half_width = 0, half_height = 0;

    Shape times(double factor) const { return {ellipse, x, y, half_width * factor, half_height * factor}; }
    // How far outside the shape the middle of a pixel is, in pixels; 0 or less inside.
    double outside(int px, int py) const {
        const double dx = std::abs(px + 0.5 - x), dy = std::abs(py + 0.5 - y);
        if (!ellipse) {
            return std::max(dx - half_width, dy - half_height);
        }
        const double share = std::hypot(dx / half_width, dy / half_height);
        return share <= 1 ? 0 : std::hypot(dx, dy) * (1 - 1 / share);
    }
};

struct Box {
    int left = 0, top = 0, right = 0, bottom = 0; // right and bottom are just outside
};

Box box_around(const Shape &shape, double margin, const Pixels &picture) {
    const auto within = [](double value, int limit) {
        return static_cast<int>(std::clamp(value, 0.0, static_cast<double>(limit)));
    };
    return {within(std::floor(shape.x - shape.half_width - margin), picture.width),
            within(std::floor(shape.y - shape.half_height - margin), picture.height),
            within(std::ceil(shape.x + shape.half_width + margin), picture.width),
            within(std::ceil(shape.y + shape.half_height + margin), picture.height)};
}

Shape shape_of(const Cover &cover, const Pixels &picture) {
    const Region &region = cover.region;
    return Shape{cover.shape == Cover::Shape::Ellipse, (region.x + region.width / 2) * picture.width,
                 (region.y + region.height / 2) * picture.height,
                 std::max(1.0, region.width * picture.width / 2 * grown),
                 std::max(1.0, region.height * picture.height / 2 * grown)};
}

class Mean {
public:
    void add(const Rgb &color) {
        for (std::size_t i = 0; i < 3; ++i) {
            m_sums[i] += color[i];
        }
        ++m_count;
    }
    std::optional<Rgb> value() const {
        if (m_count == 0) {
            return std::nullopt;
        }
        Rgb mean{};
        for (std::size_t i = 0; i < 3; ++i) {
            mean[i] = static_cast<unsigned char>((m_sums[i] + m_count / 2) / m_count);
        }
        return mean;
    }

private:
    std::array<std::uint64_t, 3> m_sums{};
    std::uint64_t m_count = 0;
};

// Only pixels outside the shape count, so that the colour tells nothing of what is covered.
Rgb mean_of_rim(const Pixels &picture, const Shape &shape) {
    const Shape around = shape.times(rim);
    const Box box = box_around(around, 0, picture);
    Mean mean;
    for (int y = box.top; y < box.bottom; ++y) {
        for (int x = box.left; x < box.right; ++x) {
            if (shape.outside(x, y) > 0 && around.outside(x, y) <= 0) {
                mean.add(picture.at(x, y));
            }
        }
    }
    return mean.value().value_or(Rgb{128, 128, 128}); // the shape covers the whole picture
}

// What a cover shows at a pixel: one colour, or that of the pixel's cell.
struct Paint {
    Box box;
    int columns = 1, rows = 1;
    std::vector<Rgb> cells;

    std::size_t cell_at(int x, int y) const {
        const auto part = [](int at, int from, int to, int parts) {
            const auto share = static_cast<std::int64_t>(at - from) * parts / std::max(1, to - from);
            return static_cast<std::size_t>(std::clamp<std::int64_t>(share, 0, parts - 1));
        };
        return part(y, box.top, box.bottom, rows) * static_cast<std::size_t>(columns) +
               part(x, box.left, box.right, columns);
    }
};

// Known to nobody who does not have the covered pixels, and the same each time for those who have.
std::uint64_t seed_of(const Pixels &picture, const Box &box) {
    std::uint64_t hash = 0xcbf29ce484222325; // FNV-1a
    for (int y = box.top; y < box.bottom; ++y) {
        for (int x = box.left; x < box.right; ++x) {
            for (const unsigned char value : picture.at(x, y)) {
                hash = (hash ^ value) * 0x100000001b3;
            }
        }
    }
    return hash;
}

Paint mosaic_of(const Pixels &picture, const Shape &shape) {
    Paint paint;
    paint.box = box_around(shape, 0, picture);
    const int width = std::max(1, paint.box.right - paint.box.left);
    const int height = std::max(1, paint.box.bottom - paint.box.top);
    const auto cells_over = [&](int side) {
        return std::clamp((most_cells * side + std::max(width, height) / 2) / std::max(width, height), 1,
                          most_cells);
    };
    paint.columns = cells_over(width);
    paint.rows = cells_over(height);
    std::vector<Mean> means(static_cast<std::size_t>(paint.columns * paint.rows));
    for (int y = paint.box.top; y < paint.box.bottom; ++y) {
        for (int x = paint.box.left; x < paint.box.right; ++x) {
            means[paint.cell_at(x, y)].add(picture.at(x, y));
        }
    }
    std::mt19937_64 random(seed_of(picture, paint.box));
    for (const Mean &mean : means) {
        Rgb color = mean.value().value_or(Rgb{});
        for (unsigned char &value : color) {
            const int shifted = value + static_cast<int>(random() % (2 * noise + 1)) - noise;
            const int level = (std::clamp(shifted, 0, 255) + level_step / 2) / level_step;
            value = static_cast<unsigned char>(level * level_step);
        }
        paint.cells.push_back(color);
    }
    return paint;
}

Paint fill_of(const Cover &cover, const Pixels &picture, const Shape &shape) {
    if (cover.color.empty()) {
        return {{}, 1, 1, {mean_of_rim(picture, shape)}};
    }
    const auto color = models::Color::parse(cover.color);
    if (!color) {
        refuse("A cover's colour is not of the form #rrggbb. Choose another colour.");
    }
    return {{}, 1, 1, {{color->red(), color->green(), color->blue()}}};
}

void put(const Cover &cover, Pixels &picture) {
    require_region(cover.region, "A cover reaches over the picture's edge or is empty. Draw it again.");
    const Shape shape = shape_of(cover, picture);
    const Paint paint =
        cover.kind == Cover::Kind::Fill ? fill_of(cover, picture, shape) : mosaic_of(picture, shape);
    const double edge = std::max(2.0, 2 * std::min(shape.half_width, shape.half_height) * soft_edge);
    const Box box = box_around(shape, edge, picture);
    for (int y = box.top; y < box.bottom; ++y) {
        for (int x = box.left; x < box.right; ++x) {
            const double share = 1 - std::max(0.0, shape.outside(x, y)) / edge;
            if (share <= 0) {
                continue;
            }
            const Rgb &color = paint.cells[paint.cell_at(x, y)];
            for (std::size_t i = 0; i < 3; ++i) {
                unsigned char &value = picture.rgb[picture.index(x, y) + i];
                value = share >= 1
                            ? color[i]
                            : static_cast<unsigned char>(std::lround(value + share * (color[i] - value)));
            }
        }
    }
}

// Where a pixel of the result lies in the picture, and how large the result is.
class Placing {
public:
    Placing(const PictureEdits &edits, int width, int height)
        : m_turns(edits.quarter_turns), m_width(width), m_height(height) {
        const bool on_its_side = m_turns % 2 == 1;
        m_turned_width = on_its_side ? height : width;
        m_turned_height = on_its_side ? width : height;
        const double angle = edits.straighten * std::numbers::pi / 180;
        m_cos = std::cos(angle);
        m_sin = std::sin(angle);
        // The largest rectangle of the picture's own shape that has no empty corner.
        const double longer = std::max(m_turned_width, m_turned_height) /
                              static_cast<double>(std::min(m_turned_width, m_turned_height));
        const double kept = 1 / (m_cos + std::abs(m_sin) * longer);
        m_straight_width = std::floor(m_turned_width * kept);
        m_straight_height = std::floor(m_turned_height * kept);
        const Region crop = edits.crop.value_or(Region{});
        m_left = std::round(crop.x * m_straight_width);
        m_top = std::round(crop.y * m_straight_height);
        m_result_width =
            static_cast<int>(std::min(std::round(crop.width * m_straight_width), m_straight_width - m_left));
        m_result_height = static_cast<int>(
            std::min(std::round(crop.height * m_straight_height), m_straight_height - m_top));
    }

    int width() const { return m_result_width; }
    int height() const { return m_result_height; }

    std::pair<double, double> source_of(int x, int y) const {
        const double from_middle_x = m_left + x + 0.5 - m_straight_width / 2;
        const double from_middle_y = m_top + y + 0.5 - m_straight_height / 2;
        const double turned_x = from_middle_x * m_cos + from_middle_y * m_sin + m_turned_width / 2;
        const double turned_y = from_middle_y * m_cos - from_middle_x * m_sin + m_turned_height / 2;
        switch (m_turns) {
        case 1:
            return {turned_y, m_height - turned_x};
        case 2:
            return {m_width - turned_x, m_height - turned_y};
        case 3:
            return {m_width - turned_y, turned_x};
        default:
            return {turned_x, turned_y};
        }
    }

private:
    int m_turns, m_width, m_height, m_result_width = 0, m_result_height = 0;
    double m_turned_width = 0, m_turned_height = 0, m_cos = 1, m_sin = 0, m_straight_width = 0,
           m_straight_height = 0, m_left = 0, m_top = 0;
};

// Between four pixels; exactly a pixel's own colour at its middle.
void sample(const Pixels &picture, double x, double y, unsigned char *color) {
    x = std::clamp(x - 0.5, 0.0, picture.width - 1.0);
    y = std::clamp(y - 0.5, 0.0, picture.height - 1.0);
    const int left = static_cast<int>(x), top = static_cast<int>(y);
    const int right = std::min(left + 1, picture.width - 1), bottom = std::min(top + 1, picture.height - 1);
    const double to_right = x - left, to_bottom = y - top;
    const unsigned char *one = &picture.rgb[picture.index(left, top)];
    const unsigned char *two = &picture.rgb[picture.index(right, top)];
    const unsigned char *three = &picture.rgb[picture.index(left, bottom)];
    const unsigned char *four = &picture.rgb[picture.index(right, bottom)];
    for (int i = 0; i < 3; ++i) {
        const double above = one[i] + (two[i] - one[i]) * to_right;
        const double below = three[i] + (four[i] - three[i]) * to_right;
        color[i] = static_cast<unsigned char>(above + (below - above) * to_bottom + 0.5);
    }
}

Pixels placed(const Pixels &picture, const PictureEdits &edits) {
    const Placing placing(edits, picture.width, picture.height);
    if (placing.width() < 1 || placing.height() < 1) {
        refuse("The crop leaves nothing of the picture. Choose a larger part.");
    }
    Pixels result{placing.width(), placing.height(), {}};
    result.rgb.resize(result.index(0, result.height));
    for (int y = 0; y < result.height; ++y) {
        for (int x = 0; x < result.width; ++x) {
            const auto [from_x, from_y] = placing.source_of(x, y);
            sample(picture, from_x, from_y, &result.rgb[result.index(x, y)]);
        }
    }
    return result;
}

} // namespace

Pixels with_edits(Pixels picture, const PictureEdits &edits, Covers covers) {
    if (edits.quarter_turns < 0 || edits.quarter_turns > 3) {
        refuse("A picture is turned by 0 to 3 quarters.");
    }
    if (!(std::abs(edits.straighten) <= most_straightened)) {
        refuse("A picture is straightened by at most 15 degrees.");
    }
    if (edits.crop) {
        require_region(*edits.crop, "The crop reaches over the picture's edge or is empty. Choose it again.");
    }
    if (covers == Covers::Shown) {
        for (const Cover &cover : edits.covers) {
            put(cover, picture);
        }
    }
    if (edits.quarter_turns == 0 && edits.straighten == 0 && !edits.crop) {
        return picture;
    }
    return placed(picture, edits);
}

} // namespace studio::media
