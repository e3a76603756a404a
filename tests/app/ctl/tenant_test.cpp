// SPDX-License-Identifier: Apache-2.0
#include "tests/app/ctl/companionctl.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <set>

using namespace studio::ctl_tests;
using studio::models::Json;
using testing::HasSubstr;

namespace {

void expect_refused(const std::vector<std::string> &words, const std::string &field,
                    const std::string &reason, int exit_code = 1, const std::string &input = {}) {
    const Answer refused = ctl(words, input);
    EXPECT_EQ(refused.exit_code, exit_code) << words.back() << refused.out;
    EXPECT_THAT(refused.err, HasSubstr(field)) << words.back();
    EXPECT_THAT(refused.err, HasSubstr(reason)) << words.back();
    EXPECT_EQ(refused.out, "");
}

Json field(const std::string &tenant, const std::string &path) {
    return answer({"tenant", "show", tenant, path});
}

// "FOLDER" of "/media/FOLDER/…".
std::string folder_of(const std::string &url) {
    return url.substr(7, url.find('/', 7) - 7);
}

// Files in a folder of the media, by name.
std::set<std::string> files_of(const std::string &media_folder) {
    std::set<std::string> names;
    const auto folder = std::filesystem::path(workspace()) / "media" / media_folder;
    if (std::filesystem::exists(folder)) {
        for (const auto &file : std::filesystem::recursive_directory_iterator(folder)) {
            if (file.is_regular_file()) {
                names.insert(file.path().lexically_relative(folder).string());
            }
        }
    }
    return names;
}

} // namespace

TEST(Tenant, CreateMakesADraftFromEachTemplate) {
    for (const char *name : {"elegant", "modern", "minimal"}) {
        const std::string subdomain = std::string("from-") + name;
        const auto created =
            answer({"tenant", "create", subdomain, "--template", name, "--name", "Mia O'Hara"});
        EXPECT_EQ(created["revision"], 1);
        EXPECT_EQ(field(subdomain, "theme.layout"), name);
        EXPECT_EQ(field(subdomain, "content.name"), "Mia O'Hara");
        const auto shown = answer({"tenant", "show", subdomain});
        EXPECT_EQ(shown["status"], "preview");
        EXPECT_TRUE(shown["publishedRevision"].is_null());
        for (const auto &issue : shown["issues"]) {
            EXPECT_EQ(issue["severity"], "warning") << issue;
        }
    }
}

TEST(Tenant, CreateRefusesBadAndTakenNames) {
    make_tenant("taken");
    expect_refused({"tenant", "create", "taken"}, "companionctl: ", "taken");
    expect_refused({"tenant", "create", "www"}, "TENANT: ", "reserved");
    expect_refused({"tenant", "create", "Taken"}, "companionctl: ", "taken");
    expect_refused({"tenant", "create", "a'; drop table tenants; --"}, "TENANT: ", "host name");
    expect_refused({"tenant", "create", "fine", "--template", "brutal"},
                   "--template: ", "elegant, modern, minimal");
    expect_refused({"tenant", "create", "fine", "--name", std::string(101, 'x')},
                   "/content/name: ", "at most 100");
}

TEST(Tenant, ListTellsStateAndRevisions) {
    make_tenant("listed");
    bool found = false;
    for (const auto &tenant : answer({"tenant", "list"})) {
        if (tenant["subdomain"] != "listed") {
            continue;
        }
        found = true;
        EXPECT_EQ(tenant["status"], "preview");
        EXPECT_EQ(tenant["latestRevision"], 1);
        EXPECT_EQ(tenant["lastAuthor"], "Olivia Operator");
    }
    EXPECT_TRUE(found);
    EXPECT_THAT(ctl({"tenant", "list"}).out, HasSubstr("listed"));
}

TEST(Tenant, SetSavesARevisionAndPublishes) {
    make_tenant("setter");
    const auto saved =
        answer({"tenant", "set", "setter", "theme.colors.primary", "#123456", "--publish", "--note", "Blue"});
    EXPECT_EQ(saved["revision"], 2);
    EXPECT_EQ(saved["published"], true);
    EXPECT_EQ(answer({"tenant", "show", "setter", "theme.colors.primary", "--published"}), "#123456");
    EXPECT_EQ(answer({"revision", "list", "setter"})[0]["note"], "Blue");
    EXPECT_EQ(ctl({"tenant", "show", "setter", "theme.colors.primary"}).out, "#123456\n");
}

TEST(Tenant, SetReadsNumbersWordsListsAndIds) {
    make_tenant("typed");
    answer({"tenant", "set", "typed", "content.services[0].price", "1750.50"});
    EXPECT_EQ(field("typed", "content.services[0].price"), 1750.5);
    answer({"tenant", "set", "typed", "content.services.dinner.name", "1234"});
    EXPECT_EQ(field("typed", "content.services.dinner.name"), "1234");
    answer({"tenant", "set", "typed", "content.contact.phone", "0412345678"});
    EXPECT_EQ(field("typed", "content.contact.phone"), "0412345678");
    answer({"tenant", "set", "typed", "content.socialMedia.instagram", "@typed"});
    answer({"tenant", "set", "typed", "content.seo.keywords", R"(["one","two"])"});
    EXPECT_EQ(field("typed", "content.seo.keywords"), Json({"one", "two"}));
    answer({"tenant", "set", "typed", "content.ageGate.enabled", "false"});
    EXPECT_EQ(field("typed", "content.ageGate.enabled"), false);
    answer({"tenant", "set", "typed", "content.tagline", ""});
    EXPECT_EQ(field("typed", "content.tagline"), "");
}

TEST(Tenant, SetRefusesAFieldThatDoesNotExistAndNamesTheNearest) {
    make_tenant("mistyped");
    expect_refused({"tenant", "set", "mistyped", "theme.primary", "red"},
                   "PATH: There is no field theme.primary.", "The nearest is theme.colors.primary.");
    expect_refused({"tenant", "set", "mistyped", "content.services.dinner.prise", "100"},
                   "PATH: There is no field content.services.dinner.prise.", "content.services[0].price");
    expect_refused({"tenant", "set", "mistyped", "content.custom.unknown", "x"},
                   "PATH: ", "There is no field content.custom.unknown.");
    expect_refused({"tenant", "set", "mistyped", "theme.fonts", R"({"heading":"Lora","bodi":"Lato"})"},
                   "/theme/fonts/bodi: ", "The nearest is theme.fonts.body.");
    EXPECT_EQ(answer({"revision", "list", "mistyped"}).size(), 1U);
}

TEST(Tenant, KeepsUnknownFieldsOfAnImportUntilTheyAreRemoved) {
    make_tenant("imported");
    Json whole = answer({"tenant", "export", "imported"});
    whole["content"]["custom"] = {{"unknown", "kept"}};
    answer({"tenant", "import", "-", "--update"}, whole.dump());
    answer({"tenant", "set", "imported", "content.tagline", "Evenings"});
    EXPECT_EQ(field("imported", "content.custom.unknown"), "kept");
    expect_refused({"tenant", "set", "imported", "content.custom.unknown", "other"}, "PATH: ", "no field");
    answer({"tenant", "set", "imported", "content.custom", "--remove"});
    EXPECT_EQ(ctl({"tenant", "show", "imported", "content.custom"}).exit_code, 1);
}

TEST(Tenant, SetRefusesWhatIsNotRightAndSavesNothing) {
    make_tenant("strict");
    expect_refused({"tenant", "set", "strict", "theme.colors.primary", "red"},
                   "/theme/colors/primary: ", "must be a colour such as #8B4789.");
    expect_refused({"tenant", "set", "strict", "content.services[0].price", "cheap"},
                   "/content/services/0/price: ", "not an amount");
    expect_refused({"tenant", "set", "strict", "content.services[9].price", "5"}, "PATH: ", "no element");
    expect_refused({"tenant", "set", "strict", "photos.hero.control", "javascript:alert(1)"},
                   "/photos/hero/control: ", "https://");
    expect_refused({"tenant", "set", "strict", "colors.primary", "#123456"}, "PATH: ", "begin with theme");
    expect_refused({"tenant", "set", "strict", "theme", "{}"}, "PATH: ", "is not a field");
    expect_refused({"tenant", "set", "strict", "content.nothing", "--remove"}, "PATH: ", "nothing to remove");
    expect_refused({"tenant", "set", "strict", "content.tagline"}, "VALUE: ", "--remove", 2);
    expect_refused({"tenant", "set", "nobody", "content.tagline", "x"}, "TENANT: ", "no tenant \"nobody\"");
    expect_refused({"tenant", "set", "strict", "content.name", "--remove"}, "/content/name: ", "missing");
    EXPECT_EQ(answer({"revision", "list", "strict"}).size(), 1U);
}

TEST(Tenant, GoesLiveOnlyWhenIdentityReleasesAndPublicationAreThere) {
    make_tenant("gate");
    expect_refused({"tenant", "status", "gate", "active"}, "companionctl: ", "");
    EXPECT_EQ(answer({"tenant", "status", "gate"})["status"], "preview");
    const auto photo = answer(
        {"photo", "add", "gate", picture("gate.tif", 10).string(), "--alt", "Waves", "--place", "hero"});
    answer({"tenant", "publish", "gate"});
    answer({"tenant", "verify-identity", "gate", "--document", "passport"});
    expect_refused({"tenant", "status", "gate", "active"}, "companionctl: ", "release");
    expect_refused({"tenant", "record-release", "gate", "/media/gate/other.jpg"}, "PHOTO: ", "not a photo");
    expect_refused({"tenant", "record-release", "gate"}, "PHOTO: ", "--all", 2);
    EXPECT_EQ(answer({"tenant", "record-release", "gate", "--all"})["released"], Json::array({photo["url"]}));
    EXPECT_EQ(answer({"tenant", "status", "gate", "active"})["status"], "active");
    EXPECT_EQ(answer({"photo", "list", "gate"})[0]["released"], true);
    expect_refused({"tenant", "status", "gate", "open"}, "STATUS: ", "active, inactive or preview", 2);
    expect_refused({"tenant", "verify-identity", "gate", "--document", "selfie"}, "--document: ", "passport",
                   2);
    expect_refused({"tenant", "verify-identity", "gate"}, "--document", "required", 2);
}

TEST(Tenant, RecordReleaseAllLeavesOutWhatWasWithdrawnAndNamesIt) {
    make_tenant("tookback");
    const auto add = [](int shade) -> std::string {
        return answer({"photo", "add", "tookback",
                       picture("took" + std::to_string(shade) + ".tif", shade).string(), "--alt",
                       "Waves"})["url"];
    };
    const std::string withdrawn = add(21), fresh = add(22);
    const auto is_released = [](const std::string &url) {
        for (const Json &photo : answer({"photo", "list", "tookback"})) {
            if (photo["url"] == url) {
                return photo["released"].get<bool>();
            }
        }
        return false;
    };
    answer({"tenant", "record-release", "tookback", withdrawn, "--person", "Ann"});
    answer({"tenant", "withdraw-release", "tookback", withdrawn, "--person", "Ann"});
    const Json all = answer({"tenant", "record-release", "tookback", "--all"});
    EXPECT_EQ(all["released"], Json::array({fresh}));
    EXPECT_EQ(all["withdrawn"][0]["photo"], withdrawn);
    EXPECT_EQ(all["withdrawn"][0]["person"], "Ann");
    EXPECT_TRUE(is_released(fresh));
    EXPECT_FALSE(is_released(withdrawn));
    EXPECT_THAT(ctl({"tenant", "record-release", "tookback", "--all", "--person", "Ann"}).out,
                HasSubstr("Left out: " + withdrawn + ". The release of Ann was withdrawn on 20"));
    EXPECT_FALSE(is_released(withdrawn));
    expect_refused({"tenant", "record-release", "tookback", withdrawn}, "companionctl: ", "release of Ann");
    expect_refused(
        {"tenant", "record-release", "tookback", withdrawn, "--person", "Ann", "--until", "2020-01-01"},
        "--until", "today", 2);
    answer({"tenant", "record-release", "tookback", withdrawn, "--person", "Ann"});
    EXPECT_TRUE(is_released(withdrawn));
}

TEST(Tenant, RecordReleaseAllIncludesTheSharingPictureAndThePhotosOfTests) {
    make_tenant("reaching");
    const std::string hero = answer({"photo", "add", "reaching", picture("reach.tif", 20).string(), "--alt",
                                     "Waves", "--place", "hero"})["url"];
    const std::string share = "/media/reaching/share-12345678-1920.jpg",
                      tested = "/media/reaching/tested-12345678-1920.jpg";
    answer({"tenant", "set", "reaching", "content.seo.ogImage", share});
    answer({"tenant", "publish", "reaching"});
    const std::string definition = R"({"name": "Faces", "element": "hero_photo", "variants": [
        {"id": "control", "name": "As it is", "weight": 0.5},
        {"id": "other", "name": "Other", "weight": 0.5, "config": {"photo": {"url": ")" +
                                   tested + R"(", "alt": "A face"}}}]})";
    const std::string id = answer({"experiment", "create", "reaching", "-"}, definition)["id"];
    EXPECT_EQ(answer({"tenant", "record-release", "reaching", "--all"})["released"],
              Json::array({hero, share, tested}));
    answer({"tenant", "verify-identity", "reaching", "--document", "passport"});
    EXPECT_EQ(answer({"tenant", "status", "reaching", "active"})["status"], "active");
    EXPECT_EQ(answer({"experiment", "start", id})["status"], "active");
}

TEST(Tenant, PublishRefusesADraftWithErrorsByPointer) {
    make_tenant("broken");
    expect_refused({"tenant", "publish", "broken", "--revision", "9"}, "REVISION: ", "no revision 9");
    expect_refused({"tenant", "publish", "broken", "--revision", "first"}, "REVISION: ", "number", 2);
    EXPECT_EQ(answer({"tenant", "publish", "broken"})["revision"], 1);
}

TEST(Tenant, PublishIsRefusedWhereAnotherRevisionIsLiveThanExpected) {
    make_tenant("expected");
    answer({"tenant", "publish", "expected", "--expect", "none"});
    answer({"tenant", "set", "expected", "content.tagline", "Another line"});
    expect_refused({"tenant", "publish", "expected", "--expect", "none"},
                   "companionctl: ", "Revision 1 was published by");
    expect_refused({"tenant", "publish", "expected", "--expect", "first"}, "--expect: ", "number", 2);
    EXPECT_EQ(answer({"tenant", "show", "expected"})["publishedRevision"], 1);
    EXPECT_EQ(answer({"tenant", "publish", "expected", "--expect", "1"})["revision"], 2);
}

TEST(Tenant, DomainIsSetShownAndCleared) {
    make_tenant("domain-one");
    make_tenant("domain-two");
    EXPECT_EQ(answer({"tenant", "domain", "domain-one", "one.example.com"})["customDomain"],
              "one.example.com");
    EXPECT_EQ(answer({"tenant", "domain", "domain-one"})["customDomain"], "one.example.com");
    expect_refused({"tenant", "domain", "domain-two", "one.example.com"}, "companionctl: ", "");
    expect_refused({"tenant", "domain", "domain-two", "https://two.example.com:8080"},
                   "DOMAIN: ", "without a port");
    expect_refused({"tenant", "domain", "domain-two", "10.0.0.1"}, "DOMAIN: ", "IP address");
    expect_refused({"tenant", "domain", "domain-two", "a.example.com", "--clear"}, "DOMAIN: ", "either", 2);
    EXPECT_TRUE(answer({"tenant", "domain", "domain-one", "--clear"})["customDomain"].is_null());
    EXPECT_EQ(answer({"tenant", "rename", "domain-one", "One"})["name"], "One");
}

TEST(Tenant, ExportAndImportKeepTheDocumentsToTheOrderOfKeys) {
    make_tenant("original");
    Json striped = answer({"tenant", "export", "original"});
    striped["content"]["zebra"] = Json::parse(R"({"b":1,"a":[1,"ü"]})");
    answer({"tenant", "import", "-", "--update"}, striped.dump());
    const std::string file = (scratch() / "original.json").string();
    answer({"tenant", "export", "original", file});
    EXPECT_EQ(answer({"tenant", "import", file, "--as", "copy"})["revision"], 1);
    const auto before = answer({"tenant", "show", "original"})["documents"];
    EXPECT_EQ(answer({"tenant", "show", "copy"})["documents"].dump(), before.dump());
    EXPECT_EQ(answer({"tenant", "export", "original"})["content"].dump(), before["content"].dump());
    const std::string large = answer({"tenant", "export", "original"}).dump() + std::string(3'500'000, ' ');
    EXPECT_EQ(answer({"tenant", "import", "-", "--as", "large-copy"}, large)["revision"], 1);
    expect_refused({"tenant", "import", file}, "--as: ", "already");
    EXPECT_EQ(answer({"tenant", "import", file, "--update"})["revision"], 3);
}

TEST(Tenant, ImportCopiesOwnPicturesInAllSizesAndNoRelease) {
    make_tenant("painted");
    const std::string url = answer({"photo", "add", "painted", picture("painted.tif", 21).string(), "--alt",
                                    "/media/painted/words.jpg", "--place", "hero"})["url"];
    answer({"tenant", "set", "painted", "content.seo.ogImage", url});
    answer({"tenant", "record-release", "painted", "--all"});
    const std::string file = answer({"tenant", "export", "painted"}).dump();

    const Json copied = answer({"tenant", "import", "-", "--as", "painted-two"}, file);
    EXPECT_EQ(copied["picturesCopied"], 1);
    EXPECT_FALSE(copied.contains("picturesOf"));
    const Json documents = answer({"tenant", "show", "painted-two"})["documents"];
    const std::string own = documents["content"]["seo"]["ogImage"];
    const std::string folder = folder_of(url), own_folder = folder_of(own);
    EXPECT_NE(own_folder, folder);
    EXPECT_EQ(own, "/media/" + own_folder + url.substr(std::string("/media/" + folder).size()));
    EXPECT_EQ(files_of(own_folder), files_of(folder));
    EXPECT_FALSE(files_of(own_folder).empty());
    EXPECT_EQ(documents["photos"]["hero"]["control"]["url"], own);
    EXPECT_EQ(documents["photos"]["hero"]["control"]["alt"], "/media/painted/words.jpg");
    EXPECT_EQ(documents["photos"]["hero"]["control"]["derivatives"].dump().find(folder), std::string::npos);
    EXPECT_EQ(answer({"photo", "list", "painted-two"})[0]["released"], false);
    EXPECT_EQ(answer({"photo", "list", "painted"})[0]["released"], true);
    const auto before = files_of(own_folder);
    EXPECT_EQ(answer({"tenant", "import", "-", "--as", "painted-two", "--update"}, file)["picturesCopied"],
              1);
    EXPECT_EQ(files_of(own_folder), before);
}

TEST(Tenant, ImportCopiesNoPictureThatNobodyMaySee) {
    make_tenant("withholding");
    const std::string url = answer({"photo", "add", "withholding", picture("withheld.tif", 23).string(),
                                    "--alt", "Waves", "--place", "hero"})["url"];
    const std::string file = answer({"tenant", "export", "withholding"}).dump();
    answer({"photo", "pause", "withholding", url});
    const Json imported = answer({"tenant", "import", "-", "--as", "withholding-two"}, file);
    EXPECT_FALSE(imported.contains("picturesCopied"));
    EXPECT_EQ(imported["picturesOf"], Json::array({"withholding"}));
    answer({"photo", "resume", "withholding", url});
    EXPECT_EQ(
        answer({"tenant", "import", "-", "--as", "withholding-two", "--update"}, file)["picturesCopied"], 1);
}

TEST(Tenant, AnImportThatIsRefusedLeavesNoPictures) {
    make_tenant("refused-painted");
    answer({"photo", "add", "refused-painted", picture("refused.tif", 22).string(), "--alt", "Waves"});
    Json file = answer({"tenant", "export", "refused-painted"});
    file["tenant"]["name"] = std::string(5000, 'x');
    const auto before = files_of("");
    EXPECT_EQ(ctl({"tenant", "import", "-", "--as", "refused-two"}, file.dump()).exit_code, 1);
    EXPECT_EQ(files_of(""), before);
}

TEST(Tenant, ImportSaysWhichPicturesItDidNotCopy) {
    make_tenant("pictured");
    answer({"tenant", "set", "pictured", "photos.hero.control",
            R"({"url": "/media/pictured/hero-1a2b3c4d-480.jpg", "alt": "A file that is not there"})"});
    const std::string file = answer({"tenant", "export", "pictured"}).dump();
    EXPECT_EQ(answer({"tenant", "import", "-", "--as", "pictured-two"}, file)["picturesOf"],
              Json::array({"pictured"}));
    EXPECT_FALSE(answer({"tenant", "import", "-", "--update"}, file).contains("picturesOf"));

    const std::string url = answer({"photo", "add", "pictured", picture("third.tif", 23).string(), "--alt",
                                    "Waves", "--place", "hero"})["url"];
    Json others = answer({"tenant", "export", "pictured"});
    others["tenant"]["subdomain"] = "somebody";
    others["tenant"]["mediaFolder"] = std::string(32, '0');
    const auto before = files_of("");
    const Json kept = answer({"tenant", "import", "-", "--as", "pictured-three"}, others.dump());
    EXPECT_EQ(kept["picturesOf"], Json::array({"pictured"})) << "pictures of somebody else are copied";
    EXPECT_EQ(files_of(""), before);

    others["photos"]["hero"]["control"] = {{"url", "https://elsewhere.example/a.jpg"}, {"alt", "Waves"}};
    EXPECT_EQ(answer({"tenant", "import", "-", "--as", "pictured-four"}, others.dump())["picturesElsewhere"],
              Json::array({"https://elsewhere.example/a.jpg"}));

    // Another file already has the copy's name; it must stay.
    Json own = answer({"tenant", "export", "pictured"});
    make_tenant("pictured-five");
    const std::string fifth =
        answer({"photo", "add", "pictured-five", picture("fifth.tif", 24).string(), "--alt", "Waves"})["url"];
    const auto taken = std::filesystem::path(workspace()) / "media" / folder_of(fifth) /
                       std::filesystem::path(url).filename();
    std::ofstream(taken) << "another picture";
    EXPECT_EQ(
        answer({"tenant", "import", "-", "--as", "pictured-five", "--update"}, own.dump())["picturesOf"],
        Json::array({"pictured"}));
    EXPECT_EQ(std::filesystem::file_size(taken), std::string("another picture").size());
}

TEST(Tenant, ImportRefusesBrokenFilesByNamingThePlace) {
    make_tenant("source");
    const Json good = answer({"tenant", "export", "source"});
    const auto import = [](const Json &file) { return file.dump(); };
    Json bad = good;
    bad["theme"]["colors"]["text"] = "black";
    bad["photos"]["hero"]["variants"] = Json::array({{{"id", "a"}, {"url", "data:x"}, {"weight", 2}}});
    const Answer refused = ctl({"tenant", "import", "-", "--as", "bad"}, import(bad));
    EXPECT_EQ(refused.exit_code, 1);
    for (const char *pointer :
         {"/theme/colors/text: ", "/photos/hero/variants/0/url: ", "/photos/hero/variants/0/weight: "}) {
        EXPECT_THAT(refused.err, HasSubstr(pointer));
    }
    Json no_photos = good;
    no_photos.erase("photos");
    expect_refused({"tenant", "import", "-", "--as", "bad"}, "/photos: ", "missing", 1, import(no_photos));
    expect_refused({"tenant", "import", "-", "--as", "bad"}, "FILE: ", "line 2, column 3", 1, "{\n  x}");
    expect_refused({"tenant", "import", "-", "--as", "bad"}, "/format: ", "not an exported tenant", 1, "{}");
    expect_refused({"tenant", "import", "-", "--as", "bad"}, "FILE: ", "larger than", 1,
                   std::string(17 * 1024 * 1024, ' '));
    expect_refused({"tenant", "import", "-", "--as", "bad"}, "FILE: ", "UTF-8", 1, "{\"a\":\"\xff\"}");
    expect_refused({"tenant", "import", (scratch() / "none.json").string()}, "FILE: ", "cannot be read");
    expect_refused({"tenant", "import", "-", "--as", "Not Good"}, "--as: ", "lower-case", 1, import(good));
    EXPECT_EQ(ctl({"tenant", "show", "bad"}).exit_code, 1);
}

TEST(Tenant, ImportRefusesAmountsThatCanBeReadTwoWays) {
    make_tenant("priced");
    const std::string good = answer({"tenant", "export", "priced"}).dump();
    const auto with_price = [&](const std::string &digits) {
        const auto begin = good.find("\"price\":") + 8;
        return good.substr(0, begin) + digits + good.substr(good.find_first_of(",}", begin));
    };
    ASSERT_NE(good.find("\"price\":"), std::string::npos);
    expect_refused({"tenant", "import", "-", "--as", "priced-two"}, "/content/services/", "1.500", 1,
                   with_price("1.500"));
    EXPECT_EQ(ctl({"tenant", "show", "priced-two"}).exit_code, 1);
    expect_refused({"tenant", "import", "-", "--as", "priced", "--update"}, "/content/services/", "1.500", 1,
                   with_price("1.500"));
    EXPECT_EQ(answer({"revision", "list", "priced"}).size(), 1U);
    EXPECT_EQ(answer({"tenant", "import", "-", "--as", "priced-two"}, with_price("1500.50"))["revision"], 1);
}

TEST(Revision, DiffSpeaksAndRestoreBringsBack) {
    make_tenant("history");
    answer({"tenant", "set", "history", "content.services.dinner.price", "1600", "--publish"});
    answer({"tenant", "set", "history", "content.tagline", "Another line"});
    EXPECT_THAT(ctl({"revision", "diff", "history", "1", "2"}).out,
                HasSubstr("Services › Dinner date › Price: 1,500 → 1,600"));
    const auto changes = answer({"revision", "diff", "history", "published"})["changes"];
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0]["field"], "/content/tagline");
    EXPECT_EQ(changes[0]["after"], "Another line");
    EXPECT_EQ(answer({"revision", "restore", "history", "1"})["revision"], 4);
    EXPECT_EQ(answer({"revision", "diff", "history", "1", "4"})["changes"].size(), 0U);
    const std::vector<std::vector<std::string>> publishing{
        {"tenant", "set", "history", "content.name", "New", "--publish"},
        {"revision", "restore", "history", "2", "--publish"}};
    for (const auto &command : publishing) {
        expect_refused(command, "--publish: ", "1,600 → 1,500");
    }
    EXPECT_EQ(answer({"revision", "list", "history"}).size(), 4U);
    EXPECT_EQ(
        answer({"tenant", "set", "history", "content.name", "New", "--publish", "--with-draft"})["published"],
        true);
    expect_refused({"revision", "diff", "history", "1", "77"}, "REVISION: ", "no revision 77");
    expect_refused({"revision", "restore", "history", "zero"}, "REVISION: ", "number", 2);
    expect_refused({"revision", "list", "nobody"}, "TENANT: ", "no tenant");
}
