// SPDX-License-Identifier: Apache-2.0
// Lights, harbour, botanical shadows and ink: motifs of light and stain.
#include "resources/demo/art/light.h"

#include "resources/demo/art/scenes.h"

namespace studio::demo {
namespace {

struct Lamp {
    float x, y, radius;
    Rgb light;
};

// Bright, small and many far away; large, faint and few close by.
std::vector<Lamp> lamps(const Drawing &drawing, float aspect, float top, float bottom, int count) {
    Random random(drawing.seed);
    const Ramp ramp(drawing.palette);
    std::vector<Lamp> result;
    for (int i = 0; i < count; ++i) {
        const float near = std::pow(random.uniform(), 2.6f);
        const float radius = mix(0.010f, 0.085f, near) * drawing.scale;
        const float x =
            mix(random.uniform(), clamp01(drawing.place + 0.24f * random.normal()), 0.62f) * aspect;
        const float y = mix(top, bottom, clamp01(0.5f + 0.27f * random.normal()));
        const Rgb hue = ramp.at(random.range(0.52f, 1.0f));
        const float strength = mix(0.62f, 0.10f, std::sqrt(near)) * random.range(0.4f, 1.25f);
        result.push_back({x, y, radius, hue * strength});
    }
    return result;
}

} // namespace

Image draw_lights(const Drawing &drawing) {
    Image image(drawing.width, drawing.height);
    const Ramp ramp(drawing.palette);
    const Noise noise(drawing.seed + 1);
    image.shade([&](float x, float y) {
        const float glow =
            gaussian(x / image.aspect() - drawing.place, 0.3f) * gaussian(y / image.tall() - 0.55f, 0.3f);
        return ramp.at(0.03f + 0.20f * glow + 0.07f * noise.at(x * 0.8f, y * 0.8f));
    });
    for (const auto &lamp : lamps(drawing, image.aspect(), 0.02f, image.tall() * 0.98f, 150)) {
        add_light(image, lamp.x, lamp.y, lamp.radius * 2.6f, 0.95f, 0, lamp.light * 0.10f);
        add_light(image, lamp.x, lamp.y, lamp.radius, 0.07f, 0.38f, lamp.light * 0.62f);
    }
    return image;
}

Image draw_harbour(const Drawing &drawing) {
    Image image(drawing.width, drawing.height);
    const Ramp ramp(drawing.palette);
    const Noise noise(drawing.seed + 1);
    const float water = 0.60f * image.tall();
    image.shade([&](float x, float y) {
        const float sky =
            y < water ? smoothstep(-0.2f * water, water, y) : 1 - smoothstep(water, image.tall(), y) * 0.9f;
        const float band = gaussian(y - water, 0.10f);
        return ramp.at(0.04f + 0.26f * sky * sky + 0.10f * band + 0.03f * noise.at(x * 1.2f, y * 3));
    });
    for (const auto &lamp : lamps(drawing, image.aspect(), water - 0.24f, water + 0.02f, 170)) {
        const float y = std::min(lamp.y, water - 0.004f);
        const float radius = lamp.radius * 0.62f;
        add_light(image, lamp.x, y, radius * 3, 0.95f, 0, lamp.light * 0.08f);
        add_light(image, lamp.x, y, radius, 0.10f, 0.34f, lamp.light * 0.75f);
        for (int part = 0; part < 16; ++part) { // the reflection, broken by the water
            const float way = static_cast<float>(part) / 15;
            const float at = water + (water - y) * 0.5f + 0.012f + way * way * 0.36f;
            const float drift = 0.020f * noise.at(at * 34, lamp.x * 5) * (0.4f + way);
            const float fade = (1 - way) * (0.55f + 0.45f * noise.at(at * 21, lamp.x * 9));
            add_light(image, lamp.x + drift, at, radius * (0.8f + 0.8f * way), 0.7f, 0,
                      lamp.light * (0.20f * fade));
        }
    }
    return image;
}

namespace {

void stamp(Field &mask, float x, float y, float radius) {
    for (int row = static_cast<int>(y - radius) - 1; row <= static_cast<int>(y + radius) + 1; ++row) {
        for (int column = static_cast<int>(x - radius) - 1; column <= static_cast<int>(x + radius) + 1;
             ++column) {
            if (row >= 0 && row < mask.height() && column >= 0 && column < mask.width()) {
                const float distance =
                    std::hypot(static_cast<float>(column) + 0.5f - x, static_cast<float>(row) + 0.5f - y);
                mask.at(column, row) = std::max(mask.at(column, row), clamp01(radius - distance + 0.5f));
            }
        }
    }
}

// One leaf: a curved stroke, thick in its middle and pointed at its tip.
void leaf(Field &mask, float x, float y, float angle, float length, float width, float curl) {
    constexpr int steps = 70;
    for (int i = 0; i <= steps; ++i) {
        const float way = static_cast<float>(i) / steps;
        const float thick = std::pow(std::sin(3.14159f * std::pow(way, 0.75f)), 0.9f);
        stamp(mask, x, y, std::max(0.4f, width * thick));
        x += std::cos(angle + curl * way) * length / steps;
        y += std::sin(angle + curl * way) * length / steps;
    }
}

void frond(Field &mask, Random &random, float x, float y, float angle, float length) {
    const float bend = random.range(-0.7f, 0.7f);
    constexpr int leaves = 26;
    for (int i = 0; i < leaves; ++i) {
        const float way = static_cast<float>(i) / leaves;
        const float heading = angle + bend * way;
        for (int step = 0; step < 6; ++step) {
            stamp(mask, x, y, length * 0.006f * (1.2f - way));
            x += std::cos(heading) * length / leaves / 6;
            y += std::sin(heading) * length / leaves / 6;
        }
        const float size =
            length * (0.34f * std::sin(3.14159f * (0.12f + 0.84f * way)) + 0.05f) * random.range(0.85f, 1.1f);
        const float spread = mix(1.15f, 0.45f, way) + random.range(-0.08f, 0.08f);
        leaf(mask, x, y, heading - spread, size, length * 0.0135f, 0.35f);
        leaf(mask, x, y, heading + spread, size, length * 0.0135f, -0.35f);
    }
}

} // namespace

Image draw_botanical(const Drawing &drawing) {
    Image image(drawing.width, drawing.height);
    const Ramp ramp(drawing.palette);
    const Noise noise(drawing.seed);
    Random random(drawing.seed);
    const int width = (image.width() + 1) / 2, height = (image.height() + 1) / 2;
    const float unit = image.unit() / 2;
    Field shadow(width, height);
    for (int layer = 0; layer < 3; ++layer) { // the farther from the wall, the softer
        Field mask(width, height);
        const int fronds = 2 + layer % 2;
        for (int i = 0; i < fronds; ++i) {
            const float side = drawing.place < 0.5f ? -0.06f : 1.06f;
            const float x = (side * image.aspect() + random.range(-0.08f, 0.08f)) * unit;
            const float y = image.tall() * random.range(0.0f, 1.0f) * unit;
            const float angle = (drawing.place < 0.5f ? 0.0f : 3.14159f) + random.range(-0.75f, 0.75f);
            frond(mask, random, x, y, angle, random.range(0.75f, 1.15f) * drawing.scale * unit);
        }
        mask.blur(unit * (0.006f + 0.012f * static_cast<float>(layer * layer)));
        for (int row = 0; row < height; ++row) {
            for (int column = 0; column < width; ++column) {
                shadow.at(column, row) =
                    1 - (1 - shadow.at(column, row)) *
                            (1 - mask.at(column, row) * (0.62f - 0.12f * static_cast<float>(layer)));
            }
        }
    }
    const float slant = std::tan(drawing.angle * 3.14159265f / 180);
    image.shade([&](float x, float y) {
        // Late light through a tall window, cut by one bar.
        const float across = (x - slant * y) / image.aspect();
        const float pane = smoothstep(0.06f, 0.13f, across) * (1 - smoothstep(0.90f, 1.0f, across));
        const float bar = 1 - 0.6f * gaussian(across - 0.52f, 0.008f);
        const float light = mix(0.40f, 1.0f, pane * bar) * (1 - 0.22f * y / image.tall());
        const float wall = 0.02f * noise.layered(x * 11, y * 11, 4) + 0.05f * noise.at(x * 1.3f, y * 1.3f);
        const float dark = shadow.sample(x * unit, y * unit) * (0.35f + 0.65f * pane);
        return ramp.at(0.36f + 0.60f * light * (1 - 0.74f * dark) + wall);
    });
    return image;
}

Image draw_ink(const Drawing &drawing) {
    Image image(drawing.width, drawing.height);
    const Ramp ramp(drawing.palette);
    const Noise noise(drawing.seed);
    Random random(drawing.seed);
    const Rgb paper = ramp.at(1);
    image.shade([&](float x, float y) { return paper * (1 + 0.022f * noise.layered(x * 40, y * 40, 3)); });
    constexpr int washes = 8;
    for (int wash = 0; wash < washes; ++wash) {
        const float cx = (drawing.place + random.range(-0.34f, 0.34f)) * image.aspect();
        const float cy = random.range(0.25f, 0.80f) * image.tall();
        const float radius = random.range(0.20f, 0.42f) * drawing.scale, offset = random.range(0, 90);
        const float flat = random.range(0.38f, 0.8f), wet = random.range(0.004f, 0.16f);
        const Rgb pigment = ramp.at(random.range(0.22f, 0.80f));
        const float strength = random.range(0.45f, 1.0f);
        image.blend([&](Rgb under, float x, float y) {
            const float away = std::hypot(x - cx, (y - cy) / flat);
            if (away > radius + 0.75f) {
                return under;
            }
            const float u = noise.layered(x * 1.5f + offset, y * 1.5f, 4, 0.5f);
            const float v = noise.at(x * 1.3f, y * 1.3f + offset + 40);
            const float inside = radius - std::hypot(x - cx + 0.36f * u, (y - cy + 0.30f * v) / flat);
            const float body = smoothstep(-0.003f, wet, inside) * (0.62f + 0.40f * u + 0.25f * v);
            const float edge = gaussian(inside - 0.004f, 0.006f) * smoothstep(0.12f, 0.0f, wet);
            const float granule = 1 + 0.10f * noise.layered(x * 30 + offset, y * 30, 2);
            const float amount = std::max(0.0f, strength * (0.85f * body + 0.32f * edge) * granule);
            // Light passes the pigment and comes back: colours multiply.
            return Rgb{under.r * std::pow(pigment.r + 0.02f, amount),
                       under.g * std::pow(pigment.g + 0.02f, amount),
                       under.b * std::pow(pigment.b + 0.02f, amount)};
        });
    }
    return image;
}

} // namespace studio::demo
