#include "policy/text/windows.hpp"

#include <string>

#include <catch2/catch_test_macros.hpp>

using namespace huxin;
using namespace huxin::text;

namespace {

constexpr std::size_t kSize = 4096;
const std::string kGb18030 = "\xBF\xCD\xBB\xA7\xD0\xD5\xC3\xFB\xA3\xBA\xD5\xC5\xC8\xFD\n";
const std::string kUtf8 = "客户姓名：张三\n";

std::string read_all(const std::string& bytes) {
  WindowReader reader(guess_encoding(as_bytes(bytes)), kSize);
  std::string text;
  while (auto window = reader.last(as_bytes(bytes).subspan(reader.begin())))
    text += window->decoded.text;
  return text;
}

std::string times(const std::string& line, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += line;
  return text;
}

}  // namespace

TEST_CASE("a text that is ASCII for long is read in the encoding that comes then") {
  const std::string ascii = times("2026-03-01 10:11:12 INFO ready\n", 10'000);
  CHECK(read_all(ascii + kGb18030) == ascii + kUtf8);
  CHECK(read_all(ascii + kUtf8) == ascii + kUtf8);
}

TEST_CASE("files of two encodings in one are read in both, window by window") {
  const std::string utf8 = times(kUtf8, 1000);
  const std::string ascii = times("-\n", kSize);  // what stands in one window has one encoding
  CHECK(read_all(utf8 + ascii + times(kGb18030, 1000)) == utf8 + ascii + utf8);
}

TEST_CASE("a bad byte is replaced, and the encoding stays") {
  CHECK(read_all(times(kUtf8, 1000) + "\xFF\n" + kUtf8) ==
        times(kUtf8, 1000) + "\xEF\xBF\xBD\n" + kUtf8);
}
