// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/picture_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace studio::ctl {

void add_pictures(Report &report, const media::ImportedPictures &pictures) {
    if (pictures.copied > 0) {
        report.data["picturesCopied"] = pictures.copied;
        report.text += fmt::format("{} copied. Releases are not: record them for this companion.\n",
                                   pictures.copied == 1 ? "1 picture was"
                                                        : fmt::format("{} pictures were", pictures.copied));
    }
    if (!pictures.owners.empty()) {
        report.data["picturesOf"] = pictures.owners;
        report.text +=
            fmt::format("Pictures that belong to {} were not copied: add them again before it can be "
                        "public.\n",
                        fmt::join(pictures.owners, ", "));
    }
    if (!pictures.foreign.empty()) {
        report.data["picturesElsewhere"] = pictures.foreign;
        report.text += fmt::format(
            "Pictures at addresses of web servers are not shown. Add them to the library instead: {}\n",
            fmt::join(pictures.foreign, ", "));
    }
}

} // namespace studio::ctl
