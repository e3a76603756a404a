// SPDX-License-Identifier: Apache-2.0
#include "site/style_sheet.h"

#include "models/color/contrast.h"
#include "site/css/compact.h"
#include "site/css/sanitizer.h"
#include "site/embedded.h"
#include "site/fonts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <stdexcept>

namespace studio::site {

namespace {

using models::Color;

const std::string &sheet(std::string_view name) {
    static const std::map<std::string, std::string, std::less<>> sheets = [] {
        std::map<std::string, std::string, std::less<>> compacted;
        for (const EmbeddedFile &file : embedded_files()) {
            if (file.kind == EmbeddedKind::Style) {
                compacted.emplace(file.name, css::compact(file.bytes));
            }
        }
        return compacted;
    }();
    const auto found = sheets.find(name);
    if (found == sheets.end()) {
        throw std::logic_error("no style sheet named " + std::string(name));
    }
    return found->second;
}

// A number with at most two decimals.
std::string fraction(double value) {
    const long hundredths = std::lround(value * 100);
    std::string text = std::to_string(hundredths / 100);
    if (const long rest = hundredths % 100; rest != 0) {
        text += (rest < 10 ? ".0" : ".") + std::to_string(rest % 10 == 0 ? rest / 10 : rest);
    }
    return text;
}

std::string translucent(Color color, int percent) {
    return "rgb(" + std::to_string(color.red()) + ' ' + std::to_string(color.green()) + ' ' +
           std::to_string(color.blue()) + '/' + std::to_string(percent) + "%)";
}

std::string color_variables(const models::Palette &palette) {
    // The brand's colour on the button that stands on a photo, which is filled with the text's colour there.
    const Color on_call = models::nearest_passing(palette.button, {{palette.on_scrim, 4.5}});
    const std::pair<const char *, Color> colors[] = {{"bg", palette.background},
                                                     {"surface", palette.surface},
                                                     {"strong-bg", palette.surface_strong},
                                                     {"line", palette.border},
                                                     {"control", palette.control_border},
                                                     {"text", palette.text},
                                                     {"muted", palette.text_light},
                                                     {"heading", palette.heading},
                                                     {"link", palette.link},
                                                     {"link-hover", palette.link_hover},
                                                     {"btn", palette.button},
                                                     {"btn-hover", palette.button_hover},
                                                     {"on-btn", palette.on_button},
                                                     {"accent", palette.accent},
                                                     {"second", palette.secondary},
                                                     {"on-second", palette.on_secondary},
                                                     {"on-call", on_call},
                                                     {"focus", palette.focus},
                                                     {"ok", palette.success},
                                                     {"err", palette.error},
                                                     {"warn", palette.warning},
                                                     {"on-scrim", palette.on_scrim}};
    std::string css;
    for (const auto &[name, color] : colors) {
        css += std::string("--") + name + ':' + color.to_hex() + ';';
    }
    css += "--scrim-any:" + translucent(palette.scrim, scrim_percent(palette)) +
           ";--scrim-full:" + translucent(palette.scrim, 94) +
           ";--scrim-line:" + translucent(palette.on_scrim, 35) + ';';
    return css;
}

// --scrim behind the hero's text: its opacity fits the photo's crop on phones and on desktops, and in between
// the lighter of the two crops.
std::string scrim_rules(const models::Palette &palette, const models::TextLuminance &behind) {
    const auto rule = [&](double luminance) {
        return ":root{--scrim:" + translucent(palette.scrim, scrim_percent(palette, luminance)) + '}';
    };
    if (scrim_percent(palette, behind.phone) == scrim_percent(palette, behind.desktop)) {
        return rule(behind.phone);
    }
    return rule(std::max(behind.phone, behind.desktop)) + "@media (max-width:29.99em){" + rule(behind.phone) +
           "}@media (min-width:60em){" + rule(behind.desktop) + '}';
}

// The grey of a relative luminance: the inverse of the sRGB transfer function, rounded up.
// https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
Color grey_of(double luminance) {
    const double l = std::clamp(luminance, 0.0, 1.0);
    const double encoded = l <= 0.0031308 ? 12.92 * l : 1.055 * std::pow(l, 1 / 2.4) - 0.055;
    const auto level = static_cast<std::uint8_t>(std::min(255.0, std::ceil(encoded * 255)));
    return Color(level, level, level);
}

double unit_of(models::Spacing spacing) {
    switch (spacing) {
    case models::Spacing::Compact:
        return 0.85;
    case models::Spacing::Spacious:
        return 1.3;
    default:
        return 1;
    }
}

// A shadow is a transparent tone of the page's text colour, so it fits dark pages and light ones.
std::string shadow_of(const models::Theme &theme, const models::Palette &palette) {
    const bool dark = palette.background.luminance() < 0.2;
    const Color ink = dark ? Color(0, 0, 0) : palette.text.mixed_with(palette.button, 0.25);
    const int weight = dark ? 3 : 1;
    switch (theme.shadow) {
    case models::Shadow::Light:
        return "0 1px 2px " + translucent(ink, 5 * weight) + ",0 4px 16px " + translucent(ink, 4 * weight);
    case models::Shadow::Strong:
        return "0 2px 6px " + translucent(ink, 9 * weight) + ",0 24px 56px -8px " +
               translucent(ink, 22 * weight);
    default:
        return "0 1px 3px " + translucent(ink, 6 * weight) + ",0 12px 32px -6px " +
               translucent(ink, 12 * weight);
    }
}

std::string theme_variables(const models::Theme &theme, const models::Palette &palette) {
    const bool dark = palette.background.luminance() < 0.2;
    return ":root{color-scheme:" + std::string(dark ? "dark" : "light") + ';' + color_variables(palette) +
           "--k:" + fraction(unit_of(theme.spacing)) + ";--u:" + fraction(unit_of(theme.spacing)) +
           "rem;--radius:" + std::to_string(theme.border_radius_px) +
           "px;--shadow:" + shadow_of(theme, palette) + ";--heading-font:" + font_stack(theme.heading_font) +
           ";--body-font:" + font_stack(theme.body_font) +
           ";--heading-weight:" + std::to_string(heading_weight(theme.heading_font)) +
           ";--strong:" + std::to_string(strong_weight(theme.body_font)) + '}';
}

constexpr std::size_t placeholder_columns = 4, placeholder_rows = 3, placeholder_digits = 6;
constexpr std::size_t placeholder_cells = placeholder_columns * placeholder_rows;

// The twelve colours of a placeholder as few: the means of runs of `run` cells from left to right, of whole
// columns where `run` is 1.
class PlaceholderGradient final {
public:
    PlaceholderGradient(const std::string &colors, std::size_t run)
        : m_run(run), m_means(run == 1 ? placeholder_columns : placeholder_cells / run) {
        std::array<Rgb, placeholder_cells> cells{};
        const auto share = static_cast<long>(placeholder_cells / m_means.size());
        for (std::size_t at = 0; at < placeholder_cells; ++at) {
            const unsigned long color =
                std::stoul(colors.substr(at * placeholder_digits, placeholder_digits), nullptr, 16);
            cells[at] = {static_cast<long>(color >> 16), static_cast<long>(color >> 8 & 255),
                         static_cast<long>(color & 255)};
            for (std::size_t part = 0; part < cells[at].size(); ++part) {
                m_means[mean_at(at)][part] += cells[at][part];
            }
        }
        for (Rgb &mean : m_means) {
            for (long &part : mean) {
                part /= share;
            }
        }
        for (std::size_t at = 0; at < placeholder_cells; ++at) {
            for (std::size_t part = 0; part < cells[at].size(); ++part) {
                const long off = cells[at][part] - m_means[mean_at(at)][part];
                m_error += off * off;
            }
        }
    }
    // How far the cells are from it: the sum of the squares.
    long error() const { return m_error; }
    std::string stops() const {
        std::string stops;
        for (const Rgb &mean : m_means) {
            stops += (stops.empty() ? "" : ",") + Color(static_cast<std::uint8_t>(mean[0]),
                                                        static_cast<std::uint8_t>(mean[1]),
                                                        static_cast<std::uint8_t>(mean[2]))
                                                      .to_hex();
        }
        return stops;
    }

private:
    using Rgb = std::array<long, 3>;
    std::size_t mean_at(std::size_t cell) const {
        return m_run == 1 ? cell % placeholder_columns : cell / m_run;
    }

    std::size_t m_run;
    std::vector<Rgb> m_means;
    long m_error = 0;
};

} // namespace

int scrim_percent(const models::Palette &palette, double luminance) {
    constexpr double wanted = 4.6; // a little more than 4.5, for colours that are rounded
    const Color photo = grey_of(luminance);
    for (int percent = 0; percent < 100; ++percent) {
        const Color behind = photo.mixed_with(palette.scrim, percent / 100.0);
        if (models::contrast_ratio(palette.on_scrim, behind) >= wanted) {
            return percent;
        }
    }
    return 100;
}

std::string PageRules::focal_point(const models::FocalPoint &point) {
    const long x = std::lround(std::clamp(point.x, 0.0, 1.0) * 100);
    const long y = std::lround(std::clamp(point.y, 0.0, 1.0) * 100);
    if (x == 50 && y == 50) {
        return {};
    }
    std::string name = "f" + std::to_string(x) + '-' + std::to_string(y);
    m_rules.emplace(name, "object-position:" + std::to_string(x) + "% " + std::to_string(y) + '%');
    return name;
}

std::string PageRules::ratio(int width, int height) {
    if (width <= 0 || height <= 0) {
        return {};
    }
    const double exact = static_cast<double>(width) / height;
    const long twentieths = std::clamp(std::lround(exact * 20), 8L, 60L);
    std::string name = "r" + std::to_string(twentieths);
    m_rules.emplace(name, "--r:" + fraction(static_cast<double>(twentieths) / 20));
    return name;
}

std::string PageRules::shared(const char *prefix, const std::string &declarations) {
    const auto [found, added] = m_names.emplace(declarations, prefix + std::to_string(m_names.size()));
    if (added) {
        m_rules.emplace(found->second, declarations);
    }
    return found->second;
}

std::string PageRules::accent(const models::Theme &theme, const models::Palette &palette, Color page) {
    m_families.insert(theme.heading_font);
    const Color name = models::nearest_passing(palette.button, {{page, 4.5}});
    return shared("a", "--a:" + palette.button.to_hex() + ";--a-name:" + name.to_hex() + ";--a-tint:" +
                           palette.accent.to_hex() + ";--a-second:" + palette.secondary.to_hex() +
                           ";--a-face:" + std::to_string(heading_weight(theme.heading_font)) +
                           " var(--t2)/1.2 " + font_stack(theme.heading_font));
}

std::string PageRules::placeholder(const std::string &colors, bool plain) {
    if (colors.size() != placeholder_cells * placeholder_digits) {
        return {};
    }
    const PlaceholderGradient down(colors, placeholder_columns), across(colors, 1);
    if (plain) {
        return shared("p", "background:" + PlaceholderGradient(colors, placeholder_cells).stops());
    }
    return shared("p", "background:linear-gradient(" +
                           (across.error() < down.error() ? "90deg," + across.stops() : down.stops()) + ')');
}

std::string PageRules::city(std::size_t number) {
    std::string name = "c" + std::to_string(number);
    m_filters += ".companions:has(#" + name + ":checked) .card:not(." + name + "){display:none}";
    return name;
}

std::string PageRules::css() const {
    std::string css;
    for (const auto &[name, declarations] : m_rules) {
        css += '.' + name + '{' + declarations + '}';
    }
    return css + m_filters;
}

std::string page_style(const StyleInput &input) {
    std::string css = theme_variables(input.theme, input.palette);
    css += scrim_rules(input.palette, input.behind_text);
    css += font_faces(input.theme, input.extended_latin);
    for (const std::string &family : input.rules.families()) {
        css += heading_face(family, input.theme, input.extended_latin);
    }
    css += sheet("base.css");
    for (const std::string_view name : input.sheets) {
        css += sheet(name);
    }
    css += input.rules.css();
    if (input.custom_css && !input.theme.custom_css.empty()) {
        css += sanitize_css(input.theme.custom_css, ".site").css;
    }
    return css;
}

} // namespace studio::site
