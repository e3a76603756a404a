// SPDX-License-Identifier: Apache-2.0
// studio_demo_import SOURCES FOLDER TENANT…: imports FOLDER/drawn/TENANT/*.jpg into FOLDER/media with the
// importer that the desktop uses, fills the photos documents, and writes all documents as
// FOLDER/demo_documents.cpp.
#include "media/asset_key.h"
#include "media/local_asset_store.h"
#include "media/photo_importer.h"
#include "models/documents/photos.h"
#include "models/json/json.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace {

namespace fs = std::filesystem;
using studio::models::Json;

std::string read_text(const fs::path &file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        throw std::runtime_error("cannot read " + file.string());
    }
    return {std::istreambuf_iterator<char>(stream), {}};
}

// The same in every build, so that the addresses of the demo pictures are.
std::string media_folder_of(const std::string &tenant) {
    return studio::media::sha256_hex("demo:" + tenant).substr(0, 32);
}

struct Job {
    std::string tenant;
    fs::path picture;
    Json photo;
    Json library; // as resources/demo/demo_documents.h says
};

bool all_there(const Json &library, const fs::path &media) {
    const auto &files = library.at("files");
    return std::all_of(files.begin(), files.end(), [&](const Json &file) {
        return fs::exists(media / file.at("key").get<std::string>());
    });
}

Json to_json(const studio::media::ImportedPhoto &imported) {
    Json files = Json::array();
    for (const auto &file : imported.files) {
        files.push_back({{"key", file.key}, {"type", file.content_type}, {"bytes", file.bytes}});
    }
    return {{"picture", imported.picture},
            {"photo", studio::models::to_json(imported.photo)},
            {"contentHash", imported.content_hash},
            {"likeness", imported.likeness},
            {"files", files}};
}

// What an earlier build made of the same file by the same pipeline is taken as it is.
void import(Job &job, const fs::path &folder) {
    const std::string source = studio::media::sha256_hex(read_text(job.picture)) + "/" +
                               std::string(studio::media::photo_pipeline_version);
    const fs::path record = folder / "imported" / (job.tenant + "-" + job.picture.stem().string() + ".json");
    if (fs::exists(record)) {
        const Json kept = Json::parse(read_text(record), nullptr, false);
        if (kept.is_object() && kept.value("source", "") == source &&
            all_there(kept.at("library"), folder / "media")) {
            job.library = kept.at("library");
        }
    }
    if (job.library.is_null()) {
        studio::media::LocalAssetStore store(folder / "media");
        job.library = to_json(
            studio::media::PhotoImporter(store).import_file(job.picture, media_folder_of(job.tenant)));
        std::ofstream(record) << Json{{"source", source}, {"library", job.library}}.dump();
    }
    job.photo = job.library.at("photo");
}

void import_all(std::vector<Job> &jobs, const fs::path &folder) {
    std::atomic<std::size_t> next{0};
    std::exception_ptr problem;
    std::mutex guard;
    const auto work = [&] {
        try {
            for (std::size_t i = next++; i < jobs.size(); i = next++) {
                import(jobs[i], folder);
            }
        } catch (...) {
            const std::lock_guard lock(guard);
            problem = std::current_exception();
        }
    };
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); ++i) {
        threads.emplace_back(work);
    }
    for (auto &thread : threads) {
        thread.join();
    }
    if (problem) {
        std::rethrow_exception(problem);
    }
}

// Every object whose url is "drawing:NAME" becomes that photo; what it says itself (id, alt, caption) stays.
// The words that it has for a photo become the photo's own.
void fill(Json &value, std::map<std::string, Json> &photos) {
    constexpr std::string_view scheme = "drawing:";
    if (value.is_object() && value.contains("url") && value["url"].is_string() &&
        value["url"].get<std::string>().starts_with(scheme)) {
        auto &photo = photos.at(value["url"].get<std::string>().substr(scheme.size()));
        for (const char *key : {"url", "width", "height", "derivatives", "placeholder", "luminance"}) {
            value[key] = photo.at(key);
        }
        for (const char *key : {"alt", "caption", "focalPoint"}) {
            if (value.contains(key)) {
                photo[key] = value.at(key);
            }
        }
    }
    if (value.is_structured()) {
        for (auto &element : value) {
            fill(element, photos);
        }
    }
    if (value.is_string() && value.get<std::string>().starts_with(scheme)) {
        value = photos.at(value.get<std::string>().substr(scheme.size())).at("url");
    }
}

// Pieces, since compilers limit the length of one literal.
std::string literal(const std::string &text) {
    std::string code;
    for (std::size_t at = 0; at < text.size() || at == 0; at += 8000) {
        code += "R\"demo(" + text.substr(at, 8000) + ")demo\"\n";
    }
    return code;
}

std::string documents_of(const fs::path &sources, const std::string &tenant,
                         std::map<std::string, Json> &photos, const std::vector<Job> &jobs) {
    std::string code = "{\"" + tenant + "\", \"" + media_folder_of(tenant) + "\",\n";
    for (const char *document : {"theme", "content", "photos"}) {
        Json json = Json::parse(read_text(sources / tenant / (std::string(document) + ".json")));
        fill(json, photos);
        code += literal(json.dump()) + ",\n";
    }
    Json library = Json::array();
    for (const auto &job : jobs) {
        if (job.tenant == tenant) {
            library.push_back(job.library);
            library.back()["photo"] = photos.at(job.picture.stem().string());
        }
    }
    return code + literal(library.dump()) + "},\n";
}

// What an earlier version of the importer made in other folders would be installed with the rest.
void remove_folders_of_others(const fs::path &media, const std::vector<std::string> &tenants) {
    std::set<std::string> own;
    for (const auto &tenant : tenants) {
        own.insert(media_folder_of(tenant));
    }
    fs::create_directories(media);
    std::vector<fs::path> others;
    for (const auto &entry : fs::directory_iterator(media)) {
        if (!own.contains(entry.path().filename().string())) {
            others.push_back(entry.path());
        }
    }
    for (const auto &folder : others) {
        fs::remove_all(folder);
    }
}

void run(const fs::path &sources, const fs::path &folder, const std::vector<std::string> &tenants) {
    fs::create_directories(folder / "imported");
    std::vector<Job> jobs;
    for (const auto &tenant : tenants) {
        for (const auto &entry : fs::directory_iterator(folder / "drawn" / tenant)) {
            if (entry.path().extension() == ".jpg") {
                jobs.push_back({tenant, entry.path(), {}, {}});
            }
        }
    }
    remove_folders_of_others(folder / "media", tenants);
    import_all(jobs, folder);
    std::string code = "#include \"resources/demo/demo_documents.h\"\n\nnamespace studio::demo {\n\n"
                       "const DemoDocuments demo_documents[] = {\n";
    for (const auto &tenant : tenants) {
        std::map<std::string, Json> photos;
        for (const auto &job : jobs) {
            if (job.tenant == tenant) {
                photos[job.picture.stem().string()] = job.photo;
            }
        }
        code += documents_of(sources, tenant, photos, jobs);
    }
    code += "};\nconst unsigned demo_documents_count = " + std::to_string(tenants.size()) +
            ";\n\n} // namespace studio::demo\n";
    std::ofstream(folder / "demo_documents.cpp", std::ios::binary) << code;
}

} // namespace

int main(int count, char **arguments) {
    try {
        if (count < 4) {
            throw std::runtime_error("usage: studio_demo_import SOURCES FOLDER TENANT…");
        }
        run(arguments[1], arguments[2], {arguments + 3, arguments + count});
        return 0;
    } catch (const std::exception &error) {
        std::cerr << "studio_demo_import: " << error.what() << '\n';
        return 1;
    }
}
