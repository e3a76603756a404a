// SPDX-License-Identifier: Apache-2.0
#include "media/asset_key.h"
#include "media/imported_pictures.h"
#include "media/local_asset_store.h"
#include "tests/media/picture_samples.h"

#include <gmock/gmock.h>

namespace studio::media {
namespace {

using namespace studio::tests;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string hers(32, 'a'), of_another(32, 'b');

class PictureCopies : public ::testing::Test {
protected:
    ImportedPhoto import(const std::string &folder) {
        return PhotoImporter(m_store).import_file(m_folder.write("a.png", png_of(gradient(400, 300))),
                                                  folder);
    }

    static models::Documents documents_with(const models::Photo &photo) {
        models::Documents documents;
        documents.photos = {{"gallery", models::Json::array({to_json(photo)})}};
        documents.content = {{"seo", {{"ogImage", photo.url}}}};
        return documents;
    }

    ScratchFolder m_folder;
    LocalAssetStore m_store{m_folder.path() / "media"};
};

TEST_F(PictureCopies, ACopyIsAPhotoOfItsOwnWithAllFilesThatPagesShow) {
    auto original = import(of_another);
    original.photo.alt = "Waves";
    auto documents = documents_with(original.photo);
    const auto copied = copy_pictures(m_store, documents, of_another, hers, {});
    ASSERT_EQ(copied.copied, 1);
    const ImportedPhoto &copy = copied.copies.at(0);
    EXPECT_EQ(copy.picture, "/media/" + hers + original.picture.substr(7 + 32));
    EXPECT_EQ(copy.photo.alt, "Waves");
    EXPECT_EQ(copy.photo.placeholder, original.photo.placeholder);
    EXPECT_LE(likeness_distance(copy.likeness, original.likeness), 6);
    EXPECT_EQ(copy.files.size(), original.files.size());
    for (const auto &file : copy.files) {
        EXPECT_EQ(m_store.read(file.key), m_store.read(of_another + file.key.substr(32)));
        EXPECT_EQ(file.content_type, content_type_of_key(file.key));
        EXPECT_EQ(file.bytes, m_store.read(file.key).value().size());
    }
    EXPECT_EQ(documents.photos.dump().find(of_another), std::string::npos);
    EXPECT_EQ(documents.content["seo"]["ogImage"], copy.photo.url);
    EXPECT_THAT(find_pictures(documents, {hers}).owners, IsEmpty());
    EXPECT_THAT(missing_pictures(m_store, documents, {hers}), IsEmpty());
}

TEST_F(PictureCopies, APictureWithAMissingFileIsNotCopied) {
    const auto original = import(of_another);
    m_store.remove(original.files.front().key);
    auto documents = documents_with(original.photo);
    EXPECT_EQ(copy_pictures(m_store, documents, of_another, hers, {}).copied, 0);
    EXPECT_EQ(documents.photos, documents_with(original.photo).photos);
    EXPECT_THAT(m_store.list(hers + "/"), IsEmpty());
    EXPECT_THAT(find_pictures(documents, {hers}).owners, ElementsAre(of_another));
    EXPECT_THAT(missing_pictures(m_store, documents, {hers}), ElementsAre(original.picture));
}

TEST_F(PictureCopies, APictureThatNobodyMaySeeIsNotCopied) {
    const auto withheld = import(of_another);
    auto documents = documents_with(withheld.photo);
    EXPECT_EQ(copy_pictures(m_store, documents, of_another, hers, {withheld.picture}).copied, 0);
    EXPECT_EQ(documents.photos, documents_with(withheld.photo).photos);
    EXPECT_THAT(m_store.list(hers + "/"), IsEmpty());
    EXPECT_THAT(missing_pictures(m_store, documents, {hers}), ElementsAre(withheld.picture));
}

TEST_F(PictureCopies, EachCopyHasTheHashAndLikenessOfItsOwnPlainPicture) {
    const auto one = import(of_another);
    const auto two =
        PhotoImporter(m_store).import_file(m_folder.write("b.png", png_of(gradient(300, 400))), of_another);
    models::Documents documents;
    documents.photos = {{"gallery", models::Json::array({to_json(one.photo), to_json(two.photo)})}};
    const auto copied = copy_pictures(m_store, documents, of_another, hers, {});
    ASSERT_EQ(copied.copied, 2);
    for (const ImportedPhoto &copy : copied.copies) {
        const auto plain = m_store.read(copy.photo.url.substr(std::string("/media/").size()));
        EXPECT_EQ(copy.content_hash, sha256_hex(plain.value()));
        EXPECT_EQ(copy.photo.url.find("/media/" + hers), 0U);
    }
    EXPECT_NE(copied.copies[0].content_hash, copied.copies[1].content_hash);
}

TEST_F(PictureCopies, FoldersOfTheMediaAndOfTheSubdomainAreBothHerOwn) {
    models::Documents documents;
    documents.photos = {{"gallery", models::Json::array({{{"url", "/media/claire/hero-1a2b3c4d-480.jpg"}}})}};
    EXPECT_THAT(find_pictures(documents, {hers, "claire"}).owners, IsEmpty());
    EXPECT_THAT(find_pictures(documents, {hers}).owners, ElementsAre("claire"));
}

} // namespace
} // namespace studio::media
