// SPDX-License-Identifier: Apache-2.0
#include "resources/demo/art/canvas.h"

#include <numeric>
#include <stdexcept>

namespace studio::demo {
namespace {

float to_linear(float c) {
    return c <= 0.04045f ? c / 12.92f : std::pow((c + 0.055f) / 1.055f, 2.4f);
}
float to_srgb(float c) {
    return c <= 0.0031308f ? c * 12.92f : 1.055f * std::pow(c, 1 / 2.4f) - 0.055f;
}

struct Lab {
    float l, a, b;
};

Lab to_oklab(Rgb c) {
    const float l = std::cbrt(0.4122214708f * c.r + 0.5363325363f * c.g + 0.0514459929f * c.b);
    const float m = std::cbrt(0.2119034982f * c.r + 0.6806995451f * c.g + 0.1073969566f * c.b);
    const float s = std::cbrt(0.0883024619f * c.r + 0.2817188376f * c.g + 0.6299787005f * c.b);
    return {0.2104542553f * l + 0.7936177850f * m - 0.0040720468f * s,
            1.9779984951f * l - 2.4285922050f * m + 0.4505937099f * s,
            0.0259040371f * l + 0.7827717662f * m - 0.8086757660f * s};
}

Rgb from_oklab(Lab c) {
    const float l = c.l + 0.3963377774f * c.a + 0.2158037573f * c.b;
    const float m = c.l - 0.1055613458f * c.a - 0.0638541728f * c.b;
    const float s = c.l - 0.0894841775f * c.a - 1.2914855480f * c.b;
    const float l3 = l * l * l, m3 = m * m * m, s3 = s * s * s;
    return {std::max(0.0f, 4.0767416621f * l3 - 3.3077115913f * m3 + 0.2309699292f * s3),
            std::max(0.0f, -1.2684380046f * l3 + 2.6097574011f * m3 - 0.3413193965f * s3),
            std::max(0.0f, -0.0041960863f * l3 - 0.7034186147f * m3 + 1.7076147010f * s3)};
}

// Leaves the middle as it is and rolls highlights off below white.
float tone(float c) {
    constexpr float knee = 0.72f;
    return c <= knee ? c : knee + (1 - knee) * (1 - std::exp(-(c - knee) / (1 - knee)));
}

} // namespace

Rgb from_hex(const std::string &hex) {
    if (hex.size() != 7 || hex[0] != '#') {
        throw std::invalid_argument("a colour is #RRGGBB, not " + hex);
    }
    const auto channel = [&](std::size_t at) {
        return to_linear(static_cast<float>(std::stoi(hex.substr(at, 2), nullptr, 16)) / 255.0f);
    };
    return {channel(1), channel(3), channel(5)};
}

Ramp::Ramp(const std::vector<std::string> &colors) {
    if (colors.size() < 2) {
        throw std::invalid_argument("a palette has at least two colours");
    }
    for (const auto &color : colors) {
        m_stops.push_back(from_hex(color));
    }
    for (std::size_t i = 0; i < m_table.size(); ++i) {
        const float place = static_cast<float>(i) / static_cast<float>(m_table.size() - 1) *
                            static_cast<float>(m_stops.size() - 1);
        const auto stop = std::min(static_cast<std::size_t>(place), m_stops.size() - 2);
        const float t = smoothstep(0, 1, place - static_cast<float>(stop)) * 0.5f +
                        (place - static_cast<float>(stop)) * 0.5f;
        const Lab a = to_oklab(m_stops[stop]), b = to_oklab(m_stops[stop + 1]);
        m_table[i] = from_oklab({mix(a.l, b.l, t), mix(a.a, b.a, t), mix(a.b, b.b, t)});
    }
}

Rgb Ramp::at(float t) const {
    const float place = clamp01(t) * static_cast<float>(m_table.size() - 1);
    const auto i = std::min(static_cast<std::size_t>(place), m_table.size() - 2);
    return mix(m_table[i], m_table[i + 1], place - static_cast<float>(i));
}

std::uint32_t Random::next() { // splitmix64
    m_state += 0x9e3779b97f4a7c15u;
    std::uint64_t z = m_state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return static_cast<std::uint32_t>((z ^ (z >> 31)) >> 32);
}

float Random::normal() {
    return (uniform() + uniform() + uniform() + uniform() - 2) * 1.7320508f;
}

Noise::Noise(std::uint64_t seed) {
    std::iota(m_permutation.begin(), m_permutation.begin() + 256, std::uint8_t{0});
    Random random(seed);
    for (std::size_t i = 255; i > 0; --i) {
        std::swap(m_permutation[i], m_permutation[random.next() % (i + 1)]);
    }
    std::copy_n(m_permutation.begin(), 256, m_permutation.begin() + 256);
}

float Noise::at(float x, float y) const {
    const float fx = std::floor(x), fy = std::floor(y);
    const auto ix = static_cast<unsigned>(static_cast<int>(fx)) & 255u;
    const auto iy = static_cast<unsigned>(static_cast<int>(fy)) & 255u;
    const float px = x - fx, py = y - fy;
    static const std::array<std::array<float, 2>, 8> directions{{{1, 0},
                                                                 {-1, 0},
                                                                 {0, 1},
                                                                 {0, -1},
                                                                 {0.7071f, 0.7071f},
                                                                 {-0.7071f, 0.7071f},
                                                                 {0.7071f, -0.7071f},
                                                                 {-0.7071f, -0.7071f}}};
    const auto corner = [&](unsigned cx, unsigned cy, float dx, float dy) {
        const auto &d = directions[m_permutation[m_permutation[(ix + cx) & 255u] + ((iy + cy) & 255u)] & 7u];
        return d[0] * dx + d[1] * dy;
    };
    const auto fade = [](float t) { return t * t * t * (t * (t * 6 - 15) + 10); };
    const float u = fade(px), v = fade(py);
    return 1.45f * mix(mix(corner(0, 0, px, py), corner(1, 0, px - 1, py), u),
                       mix(corner(0, 1, px, py - 1), corner(1, 1, px - 1, py - 1), u), v);
}

float Noise::layered(float x, float y, int octaves, float gain) const {
    float sum = 0, strength = 1, total = 0;
    for (int i = 0; i < octaves; ++i) {
        sum += strength * at(x, y);
        total += strength;
        strength *= gain;
        const float turned = 1.6f * x + 1.2f * y + 17.3f; // a turn between octaves hides the grid
        y = -1.2f * x + 1.6f * y + 9.1f;
        x = turned;
    }
    return sum / total;
}

float Field::sample(float x, float y) const {
    const float fx = std::floor(x - 0.5f), fy = std::floor(y - 0.5f);
    const int ix = static_cast<int>(fx), iy = static_cast<int>(fy);
    const float u = x - 0.5f - fx, v = y - 0.5f - fy;
    return mix(mix(clamped(ix, iy), clamped(ix + 1, iy), u),
               mix(clamped(ix, iy + 1), clamped(ix + 1, iy + 1), u), v);
}

void Field::blur(float radius) {
    const int half = std::max(1, static_cast<int>(radius * 0.6f + 0.5f));
    std::vector<float> line;
    const auto pass = [&](int length, const auto &value) {
        line.resize(static_cast<std::size_t>(length));
        float sum = 0;
        const auto source = [&](int i) { return value(std::clamp(i, 0, length - 1)); };
        for (int i = -half; i <= half; ++i) {
            sum += source(i);
        }
        for (int i = 0; i < length; ++i) {
            line[static_cast<std::size_t>(i)] = sum / static_cast<float>(2 * half + 1);
            sum += source(i + half + 1) - source(i - half);
        }
        for (int i = 0; i < length; ++i) {
            value(i) = line[static_cast<std::size_t>(i)];
        }
    };
    for (int round = 0; round < 3; ++round) {
        for (int y = 0; y < m_height; ++y) {
            pass(m_width, [&](int i) -> float & { return at(i, y); });
        }
        for (int x = 0; x < m_width; ++x) {
            pass(m_height, [&](int i) -> float & { return at(x, i); });
        }
    }
}

void add_light(Image &image, float x, float y, float radius, float softness, float rim, Rgb light) {
    const float unit = image.unit(), reach = radius * (1 + softness);
    const int left = std::max(0, static_cast<int>((x - reach) * unit));
    const int right = std::min(image.width() - 1, static_cast<int>((x + reach) * unit) + 1);
    const int top = std::max(0, static_cast<int>((y - reach) * unit));
    const int bottom = std::min(image.height() - 1, static_cast<int>((y + reach) * unit) + 1);
    for (int row = top; row <= bottom; ++row) {
        for (int column = left; column <= right; ++column) {
            const float dx = (static_cast<float>(column) + 0.5f) / unit - x;
            const float dy = (static_cast<float>(row) + 0.5f) / unit - y;
            const float distance = std::sqrt(dx * dx + dy * dy) / radius;
            const float fill = 1 - smoothstep(1 - softness, 1 + softness, distance);
            const float edge = gaussian(distance - 0.93f, 0.07f + softness * 0.3f);
            image.at(column, row) = image.at(column, row) + light * (fill * (1 - rim + rim * edge));
        }
    }
}

std::string to_srgb_bytes(const Image &image, const Finish &finish, std::uint64_t seed) {
    Random random(seed ^ 0x67726169);
    std::string bytes;
    bytes.reserve(static_cast<std::size_t>(image.width()) * static_cast<std::size_t>(image.height()) * 3);
    for (int row = 0; row < image.height(); ++row) {
        for (int column = 0; column < image.width(); ++column) {
            const float dx = static_cast<float>(column) / static_cast<float>(image.width()) - 0.5f;
            const float dy = static_cast<float>(row) / static_cast<float>(image.height()) - 0.5f;
            const float shade = finish.exposure * (1 - finish.vignette * 1.7f * (dx * dx + dy * dy) * 1.2f);
            const float grain = random.normal() * finish.grain;
            const Rgb c = image.at(column, row) * shade;
            for (const float channel : {c.r, c.g, c.b}) {
                const float value = to_srgb(clamp01(tone(std::max(0.0f, channel))));
                // Film shows its grain in the middle tones.
                const float seen = value + grain * (0.35f + 2.6f * value * (1 - value));
                bytes += static_cast<char>(static_cast<unsigned char>(clamp01(seen) * 255 + 0.5f));
            }
        }
    }
    return bytes;
}

} // namespace studio::demo
