#include "certs/token.hpp"

#include <array>

#include <catch2/catch_test_macros.hpp>

#include "certs/base64url.hpp"
#include "policy/base/digest.hpp"

namespace huxin::certs {

TEST_CASE("a token pins the root it was made for, and no two are alike") {
  const Bytes root{1, 2, 3};
  const Token token = make_token(root);
  CHECK(token.text.size() == 70);
  CHECK(token.text != make_token(root).text);
  CHECK(token.digest == token_digest(token.text));
  const Digest digest = sha256(root);
  CHECK(token_root_fingerprint(token.text).value() == Bytes(digest.begin(), digest.begin() + 16));
  CHECK(token_root_fingerprint(make_token(Bytes{9}).text).value() !=
        token_root_fingerprint(token.text).value());
}

TEST_CASE("what is no token is told so without repeating it") {
  const std::string good = make_token(Bytes{1}).text;
  struct Row {
    std::string token;
    const char* why;
  };
  const std::array<Row, 9> rows{
      {{"", "empty"},
       {"hx2" + good.substr(3), "another version"},
       {good.substr(0, 69), "cut"},
       {good + "A", "too long"},
       {good + ".x", "a third part"},
       {good.substr(0, 47), "no fingerprint"},
       {good.substr(0, 20) + "+" + good.substr(21), "the other base64 alphabet"},
       {good.substr(0, 20) + "=" + good.substr(21), "padding"},
       {" " + good, "a space pasted along"}}};
  for (const Row& row : rows) {
    INFO(row.why);
    const Result<Bytes> read = token_root_fingerprint(row.token);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == Errc::kInvalid);
    CHECK((row.token.empty() || read.error().context.find(row.token) == std::string::npos));
  }
}

// RFC 4648, section 10, in the URL alphabet without padding.
TEST_CASE("base64url is the RFC's") {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kRows{
      {{"", ""},
       {"f", "Zg"},
       {"fo", "Zm8"},
       {"foo", "Zm9v"},
       {"foob", "Zm9vYg"},
       {"fooba", "Zm9vYmE"},
       {"foobar", "Zm9vYmFy"},
       {"\xfb\xff", "-_8"}}};
  for (const auto& [plain, text] : kRows) {
    CHECK(to_base64url(as_bytes(plain)) == text);
    CHECK(as_text(from_base64url(text).value()) == plain);
  }
  for (const char* bad : {"Zg==", "Zh", "Z", "Zm9vY", "+/8", "Zm 9"}) {
    INFO(bad);
    CHECK_FALSE(from_base64url(bad));
  }
}

}  // namespace huxin::certs
