// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/photos/import_choices.h"

namespace studio::ui {

namespace {

models::Json region_json(const media::Region &region) {
    return models::Json::array({region.x, region.y, region.width, region.height});
}

media::Region read_region(const models::Json &json) {
    return {json.at(0).get<double>(), json.at(1).get<double>(), json.at(2).get<double>(),
            json.at(3).get<double>()};
}

models::Json edits_json(const media::PictureEdits &edits) {
    auto covers = models::Json::array();
    for (const auto &cover : edits.covers) {
        covers.push_back({{"mosaic", cover.kind == media::Cover::Kind::Mosaic},
                          {"ellipse", cover.shape == media::Cover::Shape::Ellipse},
                          {"region", region_json(cover.region)},
                          {"color", cover.color}});
    }
    return {{"covers", covers},
            {"turns", edits.quarter_turns},
            {"straighten", edits.straighten},
            {"crop", edits.crop ? region_json(*edits.crop) : models::Json()}};
}

media::PictureEdits read_edits(const models::Json &json) {
    media::PictureEdits edits;
    for (const auto &each : json.at("covers")) {
        edits.covers.push_back(
            {each.at("mosaic").get<bool>() ? media::Cover::Kind::Mosaic : media::Cover::Kind::Fill,
             each.at("ellipse").get<bool>() ? media::Cover::Shape::Ellipse : media::Cover::Shape::Rectangle,
             read_region(each.at("region")), each.at("color").get<std::string>()});
    }
    json.at("turns").get_to(edits.quarter_turns);
    json.at("straighten").get_to(edits.straighten);
    if (!json.at("crop").is_null()) {
        edits.crop = read_region(json.at("crop"));
    }
    return edits;
}

} // namespace

models::Json choices_of(const PhotoImport &wanted) {
    return {{"edits", edits_json(wanted.options.edits)},
            {"people", wanted.people ? models::Json(*wanted.people) : models::Json()},
            {"photographer", wanted.photographer.toStdString()},
            {"licence", wanted.licence.toStdString()}};
}

bool read_choices(const models::Json &json, PhotoImport &wanted) {
    if (json.is_null()) {
        return true;
    }
    try {
        wanted.options.edits = read_edits(json.at("edits"));
        if (json.at("people").is_number_integer()) {
            wanted.people = json.at("people").get<int>();
        }
        wanted.photographer = QString::fromStdString(json.at("photographer").get<std::string>());
        wanted.licence = QString::fromStdString(json.at("licence").get<std::string>());
        return true;
    } catch (const models::Json::exception &) {
        return false;
    }
}

} // namespace studio::ui
