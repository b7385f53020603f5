#include "agent/watch/network/held_body.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

namespace huxin::watch {
namespace {

std::string pack(std::string_view text, int window_bits) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, text.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<unsigned>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<unsigned>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

HeldBody held(std::string_view content, std::uint64_t& total) {
  auto body = HeldBody::make(total);
  REQUIRE(body);
  REQUIRE(body->append(as_bytes(content)));
  return std::move(*body);
}

std::string content_of(const HeldBody& body) {
  std::string content(body.size(), '\0');
  const auto space = std::span(reinterpret_cast<std::uint8_t*>(content.data()), content.size());
  REQUIRE(body.read(0, space).value() == content.size());
  return content;
}

}  // namespace

TEST_CASE("a held body counts into the total while it lives, and only then") {
  std::uint64_t total = 0;
  {
    HeldBody one = held("12345", total);
    HeldBody two = held("678", total);
    CHECK(total == 8);
    one = std::move(two);
    CHECK(total == 3);
    CHECK(content_of(one) == "678");
  }
  CHECK(total == 0);
}

TEST_CASE("a sealed body cannot be changed by anybody who has it") {
  std::uint64_t total = 0;
  HeldBody body = held("12345", total);
  REQUIRE(body.seal());
  CHECK_FALSE(body.append(as_bytes("6")));
  CHECK(::ftruncate(body.fd(), 0) != 0);
  CHECK(::pwrite(body.fd(), "x", 1, 0) < 0);
  CHECK(content_of(body) == "12345");
}

TEST_CASE("known encodings are decoded") {
  std::uint64_t total = 0;
  const std::string text = std::string(300'000, 'a') + "end";
  CHECK(content_of(*decode_body(held(pack(text, 15 + 16), total), "gzip", {}, total)) == text);
  CHECK(content_of(*decode_body(held(pack(text, 15 + 16), total), "x-gzip", {}, total)) == text);
  CHECK(content_of(*decode_body(held(pack(text, 15), total), "deflate", {}, total)) == text);
  CHECK(content_of(*decode_body(held(pack(text, -15), total), "deflate", {}, total)) == text);
  CHECK(total == 0);
}

TEST_CASE("what cannot be decoded whole says why") {
  std::uint64_t total = 0;
  const std::string whole = pack("some text that is packed", 15 + 16);
  const auto code = [&](std::string_view content, std::string_view encoding,
                        DecodeLimits limits = {}) {
    return decode_body(held(content, total), encoding, limits, total).error().code;
  };
  CHECK(code(whole, "br") == Errc::kUnsupported);
  CHECK(code(whole, "gzip, gzip") == Errc::kUnsupported);
  CHECK(code("plain text", "gzip") == Errc::kCorrupt);
  CHECK(code("", "gzip") == Errc::kCorrupt);
  CHECK(code(whole.substr(0, whole.size() - 4), "gzip") == Errc::kCorrupt);
  CHECK(code(whole + "hidden rest", "gzip") == Errc::kCorrupt);
  CHECK(code(whole + whole, "gzip") == Errc::kCorrupt);
  CHECK(code(pack(std::string(10'000, 'a'), 15 + 16), "gzip", {.max_output = 9'999}) ==
        Errc::kTooLarge);
  CHECK(code(pack(std::string(std::size_t{16} << 20U, 'a'), 15 + 16), "gzip") == Errc::kTooLarge);
  CHECK(total == 0);
}

}  // namespace huxin::watch
