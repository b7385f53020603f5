#include "certs/destruction/certificate.hpp"

#include <array>
#include <ranges>

#include <openssl/evp.h>
#include <boost/json.hpp>

namespace huxin::destruction {
namespace {

namespace json = boost::json;

constexpr std::string_view kFormat = "huxin-destruction-1";
constexpr std::string_view kDomain{"huxin-destruction-1\0", 20};
constexpr std::string_view kPemEnd = "-----END CERTIFICATE-----\n";
constexpr std::size_t kMostCertificates = 8;

Bytes signed_text(std::string_view statement) {
  Bytes text(kDomain.begin(), kDomain.end());
  text.insert(text.end(), statement.begin(), statement.end());
  return text;
}

std::string to_base64(ByteView bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // one more for OpenSSL's zero byte
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes.data(),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

/// Reads exactly what to_base64 writes.
Result<Bytes> from_base64(std::string_view text, std::string_view member) {
  Bytes bytes(text.size() / 4 * 3);
  const int size =
      EVP_DecodeBlock(bytes.data(), reinterpret_cast<const unsigned char*>(text.data()),
                      static_cast<int>(text.size()));
  if (size >= 0) {
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    if (padding <= bytes.size()) bytes.resize(static_cast<std::size_t>(size) - padding);
  }
  if (size <= 0 || to_base64(bytes) != text)
    return fail(Errc::kInvalid, "the certificate's {} is no base64", member);
  return bytes;
}

/// Reads certificates one after the other, and nothing between them.
Result<std::vector<Bytes>> from_pem(std::string_view text) {
  std::vector<Bytes> all;
  while (!text.empty()) {
    const std::size_t end = text.find(kPemEnd);
    if (end == std::string_view::npos || all.size() == kMostCertificates)
      return fail(Errc::kInvalid, "the certificate's terminal_certificate is no PEM");
    const std::string_view one = text.substr(0, end + kPemEnd.size());
    auto der = certs::certificate_from_pem(one);
    if (!der || certs::certificate_to_pem(*der) != one)
      return fail(Errc::kInvalid, "the certificate's terminal_certificate is no PEM");
    all.push_back(*std::move(der));
    text.remove_prefix(one.size());
  }
  return all;
}

Result<std::string> member(const json::object& object, std::string_view name) {
  const json::value* const value = object.if_contains(name);
  if (!value || !value->is_string())
    return fail(Errc::kInvalid, "the certificate lacks '{}'", name);
  return std::string(value->get_string());
}

Status check_frame(const json::value& value) {
  if (!value.is_object() || value.get_object().size() != 5)
    return fail(Errc::kInvalid, "no destruction certificate: it is no object of five members");
  const auto format = member(value.get_object(), "format");
  if (!format) return std::unexpected(format.error());
  if (*format != kFormat)
    return fail(Errc::kInvalid, "no destruction certificate: its format is not {}", kFormat);
  return {};
}

Status check_times(const order::Statement& statement, const order::Order& order) {
  if (statement.ended < statement.started)
    return fail(Errc::kCorrupt, "the destruction ended before it started");
  if (statement.started + order::kClockSkew < order.issued || statement.started >= order.expires)
    return fail(Errc::kCorrupt, "the destruction was started while the order was not valid");
  return {};
}

}  // namespace

Result<std::string> make(const order::Statement& statement, ByteView order,
                         const certs::Identity& terminal) {
  auto text = order::to_json(statement);
  if (!text) return text;
  const auto signature = certs::sign(terminal.private_key, signed_text(*text));
  if (!signature) return std::unexpected(signature.error());
  const auto issuers = certs::split_chain(terminal.chain);
  if (!issuers) return std::unexpected(issuers.error());
  if (issuers->empty()) return fail(Errc::kInvalid, "the terminal's identity has no chain");
  std::string pem = certs::certificate_to_pem(terminal.certificate);
  // The chain ends with the root, which whoever checks has from elsewhere.
  for (const Bytes& issuer : *issuers | std::views::take(issuers->size() - 1))
    pem += certs::certificate_to_pem(issuer);
  std::string file = json::serialize(json::object{{"format", kFormat},
                                                  {"statement", *text},
                                                  {"signature", to_base64(*signature)},
                                                  {"terminal_certificate", pem},
                                                  {"order", to_base64(order)}}) +
                     "\n";
  if (file.size() > kLargestCertificate)
    return fail(Errc::kTooLarge, "the certificate would have {} bytes, {} at most", file.size(),
                kLargestCertificate);
  return file;
}

Result<Certificate> parse(std::string_view file) {
  if (file.size() > kLargestCertificate)
    return fail(Errc::kTooLarge, "the certificate has {} bytes, {} at most", file.size(),
                kLargestCertificate);
  boost::system::error_code broken;
  const json::value value = json::parse(file, broken);
  if (broken)
    return fail(Errc::kInvalid, "no destruction certificate: no JSON ({})", broken.message());
  if (const Status frame = check_frame(value); !frame) return std::unexpected(frame.error());
  std::array<std::string, 4> texts;
  constexpr std::array kNames{"statement", "signature", "terminal_certificate", "order"};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    auto text = member(value.get_object(), kNames[i]);
    if (!text) return std::unexpected(text.error());
    texts[i] = *std::move(text);
  }
  auto signature = from_base64(texts[1], "signature");
  if (!signature) return std::unexpected(signature.error());
  auto order = from_base64(texts[3], "order");
  if (!order) return std::unexpected(order.error());
  const auto pem = from_pem(texts[2]);
  if (!pem) return std::unexpected(pem.error());
  if (pem->empty()) return fail(Errc::kInvalid, "the certificate's terminal_certificate is empty");
  Certificate parsed{.statement = std::move(texts[0]),
                     .signature = *std::move(signature),
                     .terminal = pem->front(),
                     .chain = {},
                     .order = *std::move(order)};
  for (std::size_t i = 1; i < pem->size(); ++i)
    parsed.chain.insert(parsed.chain.end(), (*pem)[i].begin(), (*pem)[i].end());
  return parsed;
}

Result<Verified> verify(std::string_view file, ByteView root, ByteView order_key) {
  const auto parsed = parse(file);
  if (!parsed) return std::unexpected(parsed.error());
  auto statement = order::statement_from(parsed->statement);
  if (!statement) return std::unexpected(statement.error());
  if (const Status held =
          certs::check_terminal_chain(parsed->terminal, parsed->chain, root, statement->ended);
      !held)
    return std::unexpected(held.error().within("the terminal's certificate"));
  if (const Status held = certs::verify_signature(parsed->terminal, signed_text(parsed->statement),
                                                  parsed->signature);
      !held)
    return std::unexpected(held.error().within("the statement"));
  auto terminal = certs::read_certificate(parsed->terminal);
  if (!terminal) return std::unexpected(terminal.error());
  auto order = order::verify(parsed->order, order_key);
  if (!order) return std::unexpected(order.error());
  if (terminal->common_name != order->terminal)
    return fail(Errc::kCorrupt, "the certificate is terminal {}'s, the order is for {}",
                terminal->common_name, order->terminal);
  if (const Status agreed = order::agree(*statement, *order); !agreed)
    return std::unexpected(agreed.error());
  if (const Status timely = check_times(*statement, *order); !timely)
    return std::unexpected(timely.error());
  return Verified{*std::move(statement), *std::move(order), *std::move(terminal)};
}

}  // namespace huxin::destruction
