// SPDX-License-Identifier: Apache-2.0
// Ridges, sea and arches: motifs with a low sun.
#include "resources/demo/art/horizon.h"

#include "resources/demo/art/scenes.h"

namespace studio::demo {
namespace {

struct Sun {
    float x, y, radius;
};

Rgb sky(const Ramp &ramp, const Noise &noise, const Sun &sun, float x, float y, float horizon) {
    const float height = y / horizon;
    const float streak = noise.layered(x * 1.1f, y * 7.5f + 30, 3);
    const float distance = std::hypot(x - sun.x, y - sun.y);
    const float base =
        0.34f + 0.52f * smoothstep(0.0f, 1.05f, height) + 0.055f * streak * smoothstep(0.1f, 0.7f, height);
    const Rgb glow = ramp.at(0.80f) * (0.26f * gaussian(distance, 0.26f)) +
                     ramp.at(0.95f) * (0.20f * gaussian(distance, 0.11f));
    const float disc = 1 - smoothstep(sun.radius - 0.002f, sun.radius + 0.002f, distance);
    const Rgb air = ramp.at(base) + glow;
    return mix(air,
               {std::max(air.r, ramp.at(1).r * 1.15f), std::max(air.g, ramp.at(1).g * 1.15f),
                std::max(air.b, ramp.at(1).b * 1.15f)},
               disc);
}

} // namespace

Image draw_ridges(const Drawing &drawing) {
    Image image(drawing.width, drawing.height);
    const Ramp ramp(drawing.palette);
    const Noise noise(drawing.seed);
    const float horizon = 0.62f * image.tall();
    const Sun sun{drawing.place * image.aspect(), 0.40f * image.tall(), 0.075f * drawing.scale};
    image.shade([&](float x, float y) { return sky(ramp, noise, sun, x, y, horizon); });
    constexpr int layers = 6;
    const float pixel = 0.9f / image.unit();
    for (int layer = 0; layer < layers; ++layer) {
        const float depth = static_cast<float>(layer) / (layers - 1);
        const float base = mix(0.50f, 0.93f, std::pow(depth, 0.9f)) * image.tall();
        const float wide = mix(1.3f, 0.75f, depth) / drawing.scale,
                    high = mix(0.07f, 0.14f, depth) * drawing.scale;
        std::vector<float> ridge(static_cast<std::size_t>(image.width()));
        for (std::size_t i = 0; i < ridge.size(); ++i) {
            const float x = static_cast<float>(i) / image.unit();
            const float broad = noise.layered(x * wide + static_cast<float>(layer) * 7.7f, 3.1f, 4, 0.42f);
            ridge[i] =
                base - high * (broad + 0.35f * (1 - std::abs(noise.at(x * wide * 1.7f + 50, depth * 9))));
        }
        image.blend([&](Rgb behind, float x, float y) {
            const float below =
                y - ridge[std::min(static_cast<std::size_t>(x * image.unit()), ridge.size() - 1)];
            if (below < -0.1f) {
                return behind;
            }
            const float cover = smoothstep(-pixel, pixel, below);
            const float lit = gaussian(x - sun.x, 0.5f) * (1 - depth);
            const float haze = smoothstep(0.02f, 0.34f, below) * (1 - 0.72f * depth);
            const float tone = mix(0.56f, 0.03f, std::pow(depth, 0.75f)) + 0.17f * haze + 0.10f * lit;
            const float shadow = 0.16f * std::exp(std::min(0.0f, below) * 45) * (1 - cover);
            const float rim = 0.10f * std::exp(-std::max(0.0f, below) * 140) * (0.3f + lit);
            return mix(behind * (1 - shadow), ramp.at(tone) + ramp.at(0.95f) * rim, cover);
        });
    }
    return image;
}

Image draw_sea(const Drawing &drawing) {
    Image image(drawing.width, drawing.height);
    const Ramp ramp(drawing.palette);
    const Noise noise(drawing.seed);
    const float horizon = 0.50f * image.tall();
    const Sun sun{drawing.place * image.aspect(), horizon - 0.085f * drawing.scale, 0.055f * drawing.scale};
    image.shade([&](float x, float y) {
        if (y < horizon) {
            return sky(ramp, noise, sun, x, y, horizon);
        }
        const float below = (y - horizon) / (image.tall() - horizon);
        const float far = 1 / (below + 0.035f);
        const float wave = noise.layered((x - sun.x) * far * 0.9f, far * 5.5f, 3, 0.6f);
        const float mirrored = horizon - (y - horizon) * 0.85f + wave * (0.05f + 0.20f * below);
        const Rgb reflected = sky(ramp, noise, {sun.x, sun.y, 0.001f}, x, std::max(0.0f, mirrored), horizon);
        const float path = gaussian(x - sun.x + wave * 0.05f, 0.035f + 0.20f * below);
        const float spark = smoothstep(0.05f, 0.62f, wave + 0.35f * (1 - below));
        const Rgb deep = ramp.at(0.10f + 0.10f * wave);
        const float depth = 0.28f + 0.42f * below;
        const Rgb glitter = ramp.at(1) * (1.05f * path * spark * (1 - 0.55f * below));
        const float mist = gaussian(y - horizon, 0.018f);
        return mix(mix(reflected, deep, depth) + glitter, ramp.at(0.86f), 0.35f * mist);
    });
    return image;
}

namespace {

// Signed distance to an arch standing on `floor`: a rectangle with a half circle on top. Negative inside.
float arch_distance(float x, float y, float half_width, float spring, float floor) {
    if (y < spring) {
        return std::hypot(x, y - spring) - half_width;
    }
    return std::max(std::abs(x) - half_width, y - floor);
}

} // namespace

Image draw_arches(const Drawing &drawing) {
    Image image(drawing.width, drawing.height);
    const Ramp ramp(drawing.palette);
    const Noise noise(drawing.seed);
    const float middle = drawing.place * image.aspect(), tall = image.tall();
    const auto plaster = [&](float x, float y) {
        return 0.018f * noise.layered(x * 9, y * 9, 4) + 0.03f * noise.at(x * 1.4f, y * 1.4f);
    };
    image.shade([&](float x, float y) {
        return ramp.at(0.80f + 0.12f * (x / image.aspect()) - 0.10f * y / tall + plaster(x, y));
    });
    constexpr int layers = 5;
    const float pixel = 0.9f / image.unit();
    for (int layer = 0; layer < layers; ++layer) {
        const float depth = static_cast<float>(layer) / (layers - 1);
        const float half = mix(0.44f, 0.155f, std::pow(depth, 0.8f)) * drawing.scale;
        const float center = middle + 0.035f * static_cast<float>(layer) * drawing.scale;
        const float floor = (0.965f - 0.035f * static_cast<float>(layer)) * tall;
        const float spring = floor - mix(0.62f, 0.38f, depth) * drawing.scale * std::min(1.0f, tall);
        image.blend([&](Rgb behind, float x, float y) {
            const float inside = -arch_distance(x - center, y, half, spring, floor);
            const float cover = smoothstep(-pixel, pixel, inside);
            if (cover <= 0) {
                return behind;
            }
            // The edge nearer to the light throws its shadow into the opening.
            const float lit = -arch_distance(x - center - 0.05f, y - 0.035f, half, spring, floor);
            const float shadow = 1 - smoothstep(-0.02f, 0.035f + 0.03f * depth, lit);
            const float height = clamp01((floor - y) / (floor - spring + half));
            const float tone = mix(0.70f, 0.40f, depth) + 0.12f * (1 - height) + plaster(x + depth, y);
            Rgb face = ramp.at(tone - 0.26f * shadow);
            if (layer == layers - 1) {
                const float distance = std::hypot(x - center, y - mix(spring, floor, 0.25f));
                const float disc = 1 - smoothstep(0.058f * drawing.scale, 0.061f * drawing.scale, distance);
                face = mix(ramp.at(0.16f + 0.46f * (1 - height) - 0.10f * shadow), ramp.at(1), 0.92f * disc) +
                       ramp.at(0.9f) * (0.18f * gaussian(distance, 0.12f));
            }
            return mix(behind, face + ramp.at(1) * (0.05f * gaussian(inside, 0.004f)), cover);
        });
    }
    return image;
}

} // namespace studio::demo
