// SPDX-License-Identifier: Apache-2.0
// What every drawing is made of: linear-light pixels, colour ramps, noise that a seed decides, and soft
// shapes.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace studio::demo {

struct Rgb { // linear light, 0..1 and above
    float r = 0, g = 0, b = 0;
};

inline Rgb operator*(Rgb c, float k) {
    return {c.r * k, c.g * k, c.b * k};
}
inline Rgb operator*(Rgb a, Rgb b) {
    return {a.r * b.r, a.g * b.g, a.b * b.b};
}
inline Rgb operator+(Rgb a, Rgb b) {
    return {a.r + b.r, a.g + b.g, a.b + b.b};
}
inline Rgb mix(Rgb a, Rgb b, float t) {
    return a * (1 - t) + b * t;
}
inline float mix(float a, float b, float t) {
    return a * (1 - t) + b * t;
}
inline float clamp01(float t) {
    return std::clamp(t, 0.0f, 1.0f);
}
inline float smoothstep(float from, float to, float x) {
    const float t = clamp01((x - from) / (to - from));
    return t * t * (3 - 2 * t);
}
inline float gaussian(float distance, float sigma) {
    return std::exp(-distance * distance / (2 * sigma * sigma));
}

Rgb from_hex(const std::string &hex); // "#RRGGBB"

// A gradient through colours, mixed in OKLab so that the way between two hues stays clean.
// Source: https://bottosson.github.io/posts/oklab/
class Ramp final {
public:
    explicit Ramp(const std::vector<std::string> &colors);
    Rgb at(float t) const;
    Rgb accent(std::size_t i) const { return m_stops[i % m_stops.size()]; }

private:
    std::vector<Rgb> m_stops;
    std::array<Rgb, 1024> m_table{};
};

// The same numbers on every machine for one seed.
class Random final {
public:
    explicit Random(std::uint64_t seed) : m_state(seed * 0x9e3779b97f4a7c15u + 0x2545f4914f6cdd1du) {}
    std::uint32_t next();
    float uniform() { return static_cast<float>(next() >> 8) / 16777216.0f; }
    float range(float low, float high) { return low + (high - low) * uniform(); }
    float normal(); // roughly, mean 0, deviation 1

private:
    std::uint64_t m_state;
};

// Gradient noise, about -1..1.
class Noise final {
public:
    explicit Noise(std::uint64_t seed);
    float at(float x, float y) const;
    float layered(float x, float y, int octaves, float gain = 0.5f) const;

private:
    std::array<std::uint8_t, 512> m_permutation{};
};

class Image final {
public:
    Image(int width, int height)
        : m_width(width), m_height(height),
          m_pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)) {}
    int width() const { return m_width; }
    int height() const { return m_height; }
    // Pictures are drawn in units of their shorter side, so that one scene suits every ratio.
    float unit() const { return static_cast<float>(std::min(m_width, m_height)); }
    float aspect() const { return static_cast<float>(m_width) / unit(); } // x runs 0..aspect
    float tall() const { return static_cast<float>(m_height) / unit(); }  // y runs 0..tall, downwards
    Rgb &at(int x, int y) { return m_pixels[index(x, y)]; }
    const Rgb &at(int x, int y) const { return m_pixels[index(x, y)]; }

    // Sets every pixel to function(x, y), x and y in units, at the pixel's middle.
    template <typename Function> void shade(const Function &function) {
        for (int row = 0; row < m_height; ++row) {
            for (int column = 0; column < m_width; ++column) {
                at(column, row) = function((static_cast<float>(column) + 0.5f) / unit(),
                                           (static_cast<float>(row) + 0.5f) / unit());
            }
        }
    }

    // Sets every pixel to function(colour now, x, y).
    template <typename Function> void blend(const Function &function) {
        for (int row = 0; row < m_height; ++row) {
            for (int column = 0; column < m_width; ++column) {
                at(column, row) = function(at(column, row), (static_cast<float>(column) + 0.5f) / unit(),
                                           (static_cast<float>(row) + 0.5f) / unit());
            }
        }
    }

private:
    std::size_t index(int x, int y) const {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(m_width) + static_cast<std::size_t>(x);
    }
    int m_width, m_height;
    std::vector<Rgb> m_pixels;
};

// One value per pixel: heights, coverage.
class Field final {
public:
    Field(int width, int height)
        : m_width(width), m_height(height),
          m_values(static_cast<std::size_t>(width) * static_cast<std::size_t>(height)) {}
    int width() const { return m_width; }
    int height() const { return m_height; }
    float &at(int x, int y) { return m_values[index(x, y)]; }
    float at(int x, int y) const { return m_values[index(x, y)]; }
    float clamped(int x, int y) const {
        return at(std::clamp(x, 0, m_width - 1), std::clamp(y, 0, m_height - 1));
    }
    float sample(float x, float y) const; // bilinear, in its own pixels
    void blur(float radius);              // three box blurs: nearly a Gaussian

private:
    std::size_t index(int x, int y) const {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(m_width) + static_cast<std::size_t>(x);
    }
    int m_width, m_height;
    std::vector<float> m_values;
};

// A filled disc with a soft edge and a slightly brighter rim, added to the picture: light through a lens.
void add_light(Image &image, float x, float y, float radius, float softness, float rim, Rgb light);

// Tone curve, vignette and film grain, then 8-bit sRGB, three bytes a pixel.
struct Finish {
    float exposure = 1, vignette = 0.15f, grain = 0.012f;
};
std::string to_srgb_bytes(const Image &image, const Finish &finish, std::uint64_t seed);

} // namespace studio::demo
