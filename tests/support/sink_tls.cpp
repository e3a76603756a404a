// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sink_tls.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <cstdio>
#include <stdexcept>

namespace studio::test_support {

namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

void add_extension(X509 *certificate, int kind, const char *value) {
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
        X509V3_EXT_conf_nid(nullptr, nullptr, kind, value), X509_EXTENSION_free);
    if (!extension || X509_add_ext(certificate, extension.get(), -1) != 1) {
        throw std::runtime_error("a certificate's extension cannot be made");
    }
}

Certificate self_signed(EVP_PKEY *key) {
    Certificate certificate(X509_new(), X509_free);
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 24L * 3600);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME *name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char *>("localhost"),
                               -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    add_extension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    add_extension(certificate.get(), NID_subject_alt_name, "DNS:localhost,DNS:mail.localhost,IP:127.0.0.1");
    if (X509_sign(certificate.get(), key, EVP_sha256()) == 0) {
        throw std::runtime_error("a certificate cannot be signed");
    }
    return certificate;
}

std::filesystem::path write_pem(X509 *certificate) {
    std::string path = std::filesystem::temp_directory_path() / "sink-ca-XXXXXX";
    const int descriptor = ::mkstemp(path.data());
    FILE *file = descriptor < 0 ? nullptr : ::fdopen(descriptor, "w");
    if (!file || PEM_write_X509(file, certificate) != 1 || std::fclose(file) != 0) {
        throw std::runtime_error("a certificate cannot be written");
    }
    return path;
}

} // namespace

SinkTls::SinkTls() : m_context(SSL_CTX_new(TLS_server_method())) {
    const Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const Certificate certificate = self_signed(key.get());
    if (SSL_CTX_use_certificate(m_context.get(), certificate.get()) != 1 ||
        SSL_CTX_use_PrivateKey(m_context.get(), key.get()) != 1) {
        throw std::runtime_error("a certificate cannot be used");
    }
    m_ca_file = write_pem(certificate.get());
}

SinkTls::~SinkTls() {
    std::filesystem::remove(m_ca_file);
}

} // namespace studio::test_support
