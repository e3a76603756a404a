// SPDX-License-Identifier: Apache-2.0
// Silk, ribbons, contours and glow: motifs that flow.
#include "resources/demo/art/cloth.h"

#include "resources/demo/art/scenes.h"

namespace studio::demo {
namespace {

constexpr float degrees = 3.14159265f / 180;

struct Turned {
    float cosine, sine;
    explicit Turned(float angle) : cosine(std::cos(angle * degrees)), sine(std::sin(angle * degrees)) {}
    float along(float x, float y) const { return x * cosine + y * sine; }
    float across(float x, float y) const { return y * cosine - x * sine; }
};

// The cloth's height: warped waves with a few finer ones riding on them, flat where it should be calm.
Field cloth_heights(const Drawing &drawing, const Image &image) {
    const Noise noise(drawing.seed);
    const Turned turned(drawing.angle);
    Field heights(image.width(), image.height());
    const float size = 1 / drawing.scale;
    for (int row = 0; row < image.height(); ++row) {
        for (int column = 0; column < image.width(); ++column) {
            const float x = static_cast<float>(column) / image.unit(),
                        y = static_cast<float>(row) / image.unit();
            const float u = turned.along(x, y) * size, v = turned.across(x, y) * size;
            const float bend = noise.layered(u * 0.8f, v * 0.55f + 3, 2);
            const float drift = noise.at(u * 0.5f + 11, v * 0.9f);
            const float phase = (v + 0.42f * bend + 0.18f * std::sin(u * 1.7f + drift * 2)) * 7.5f;
            const float crease = noise.at(u * 0.7f + 31, phase * 0.25f);
            const float folds = std::sin(phase + 1.1f * drift) +
                                0.34f * std::sin(2.3f * phase + 3.2f * bend + 1) +
                                0.10f * std::sin(5.1f * phase + 5 * crease);
            const float reach = gaussian(x / image.aspect() - drawing.place, 0.42f);
            heights.at(column, row) =
                folds * (0.22f + 0.78f * reach) * (0.75f + 0.35f * crease) * 0.066f * drawing.scale;
        }
    }
    return heights;
}

} // namespace

Image draw_silk(const Drawing &drawing) {
    Image image(drawing.width, drawing.height);
    const Field heights = cloth_heights(drawing, image);
    const Ramp ramp(drawing.palette);
    const Rgb sheen = ramp.at(1);
    const float unit = image.unit();
    for (int row = 0; row < image.height(); ++row) {
        for (int column = 0; column < image.width(); ++column) {
            // The outermost pixels take their neighbours' slope.
            const int i = std::max(1, std::min(column, image.width() - 2));
            const int j = std::max(1, std::min(row, image.height() - 2));
            const float slope_x = (heights.clamped(i + 1, j) - heights.clamped(i - 1, j)) * unit / 2;
            const float slope_y = (heights.clamped(i, j + 1) - heights.clamped(i, j - 1)) * unit / 2;
            const float length = std::sqrt(1 + slope_x * slope_x + slope_y * slope_y);
            const float facing = 1 / length;
            const float key = (0.38f * -slope_x + 0.62f * -slope_y + 0.69f) / length;
            const float half_way = (0.2f * -slope_x + 0.38f * -slope_y + 0.9f) / length;
            const float shine = std::pow(clamp01(half_way), 30.0f);
            const float height = heights.at(column, row) / (0.066f * drawing.scale);
            const float tone = 0.40f + 1.05f * (key - 0.66f) + 0.10f * height;
            const float body = smoothstep(0.05f, 0.6f, tone);
            image.at(column, row) = ramp.at(tone) * (0.62f + 0.40f * facing) + sheen * (0.24f * shine * body);
        }
    }
    return image;
}

namespace {

constexpr int ribbon_layers = 8;

struct Ribbon {
    float cover = 0, shadow = 0; // of this ribbon at a place, 0..1
    Rgb face;
};

// One band of the stack; the first lies farthest away.
Ribbon ribbon_at(int layer, const Drawing &drawing, const Image &image, const Ramp &ramp, const Noise &noise,
                 float x, float y) {
    static constexpr float reach = 0.22f; // how far its shadow falls on what lies behind
    const Turned turned(drawing.angle);
    const float depth = static_cast<float>(layer) / (ribbon_layers - 1),
                offset = static_cast<float>(layer) * 5.37f;
    const float base = mix(0.24f, 1.04f, depth) * image.tall(), darkness = mix(0.8f, 0.1f, depth);
    const float u = turned.along(x - image.aspect() / 2, y - base) / drawing.scale;
    const float v = turned.across(x - image.aspect() / 2, y - base);
    Ribbon ribbon;
    if (v < -reach - 0.27f * drawing.scale) {
        return ribbon;
    }
    const float wave =
        0.15f * noise.at(u * 0.75f + offset, 2.5f) + 0.11f * std::sin(u * 1.9f + offset * 1.3f);
    const float below = v - wave * drawing.scale, pixel = 1.2f / image.unit();
    if (below < -reach) {
        return ribbon;
    }
    ribbon.cover = smoothstep(-pixel, pixel, below);
    ribbon.shadow = 0.42f * std::exp(std::min(0.0f, below) * 16);
    if (ribbon.cover > 0) {
        const float inside = std::max(0.0f, below);
        const float roll = 0.5f + 0.5f * noise.at(u * 0.6f + offset + 9, below * 1.5f);
        ribbon.face = ramp.at(darkness - 0.16f + 0.30f * std::exp(-inside * 9) + 0.16f * roll) +
                      ramp.at(1) * (0.10f * std::exp(-inside * 60));
    }
    return ribbon;
}

} // namespace

Image draw_ribbons(const Drawing &drawing) {
    Image image(drawing.width, drawing.height);
    const Ramp ramp(drawing.palette);
    const Noise noise(drawing.seed);
    image.shade([&](float x, float y) {
        Rgb seen;
        float clear = 1, light = 1; // what is left of the view, and of the light on what lies behind
        for (int layer = ribbon_layers - 1; layer >= 0 && clear > 0.001f; --layer) {
            const Ribbon ribbon = ribbon_at(layer, drawing, image, ramp, noise, x, y);
            seen = seen + ribbon.face * (clear * light * ribbon.cover);
            clear *= 1 - ribbon.cover;
            light *= 1 - ribbon.shadow;
        }
        const Rgb sky = ramp.at(0.86f + 0.14f * (1 - y / image.tall()) + 0.04f * noise.at(x, y));
        return seen + sky * (clear * light);
    });
    return image;
}

Image draw_glow(const Drawing &drawing) {
    Image image(drawing.width, drawing.height);
    const Ramp ramp(drawing.palette);
    const Noise noise(drawing.seed);
    const float size = 1 / drawing.scale;
    image.shade([&](float x, float y) {
        const float u = x * size, v = y * size;
        const float a = noise.at(u * 0.55f, v * 0.55f + 4), b = noise.at(u * 0.5f + 8, v * 0.6f);
        const float c = noise.at(u * 0.7f + 1.5f * a + 20, v * 0.7f + 1.5f * b);
        const float fold = noise.at(u * 0.35f + 1.1f * c, v * 1.1f + 0.9f * a + 40);
        const float light =
            gaussian(x / image.aspect() - drawing.place, 0.34f) * (1 - 0.5f * y / image.tall());
        const float edge = std::pow(1 - std::min(1.0f, std::abs(fold) * 1.9f), 3.0f);
        return ramp.at(0.40f + 0.40f * c + 0.22f * fold + 0.26f * light) +
               ramp.at(1) * (0.10f * edge * light);
    });
    return image;
}

Image draw_contours(const Drawing &drawing) {
    Image image(drawing.width, drawing.height);
    const Ramp ramp(drawing.palette);
    const Noise noise(drawing.seed);
    const float size = 1 / drawing.scale;
    const auto swell = [&](float x, float y) {
        const float u = x * size, v = y * size;
        return noise.layered(u * 0.8f + 0.4f * noise.at(v, u), v * 0.8f, 2) + 0.35f * y;
    };
    constexpr float lines = 34;
    const float step = 1 / image.unit();
    image.shade([&](float x, float y) {
        const float height = swell(x, y);
        const float rise_x = swell(x + step, y) - height, rise_y = swell(x, y + step) - height;
        const float steepness = std::sqrt(rise_x * rise_x + rise_y * rise_y) * lines;
        const float place = height * lines;
        const float nearest = std::abs(place - std::round(place)) / std::max(steepness, 1e-5f);
        const float strength = smoothstep(0.004f, 0.02f, steepness) *
                               (0.35f + 0.65f * gaussian(x / image.aspect() - drawing.place, 0.35f));
        const float line = (1 - smoothstep(0.55f, 1.5f, nearest)) * strength;
        const float ground = 0.70f + 0.24f * height + 14 * (rise_x * 0.4f + rise_y) * size;
        return mix(ramp.at(ground), ramp.at(0.12f + 0.3f * height), line * 0.85f);
    });
    return image;
}

} // namespace studio::demo
