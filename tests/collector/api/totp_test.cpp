#include "collector/api/totp.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin::api {
namespace {

Bytes secret() {
  const ByteView text = as_bytes("12345678901234567890");
  return {text.begin(), text.end()};
}
Time at(std::int64_t seconds) { return Time(std::chrono::seconds(seconds)); }

TEST_CASE("Codes are those of RFC 6238, appendix B") {
  struct Row {
    std::int64_t seconds;
    const char* code;
  };
  for (const Row& row :
       {Row{59, "94287082"}, Row{1111111109, "07081804"}, Row{1111111111, "14050471"},
        Row{1234567890, "89005924"}, Row{2000000000, "69279037"}, Row{20000000000, "65353130"}}) {
    CHECK(totp_code(secret(), totp_step(at(row.seconds)), 8) == row.code);
    // Six digits are the last six of the same number.
    CHECK(totp_code(secret(), totp_step(at(row.seconds))) == std::string(row.code).substr(2));
  }
}

TEST_CASE("Codes are those of RFC 4226, appendix D") {
  const char* const codes[] = {"755224", "287082", "359152", "969429", "338314",
                               "254676", "287922", "162583", "399871", "520489"};
  for (std::uint64_t count = 0; count < std::size(codes); ++count)
    CHECK(totp_code(secret(), count) == codes[count]);
}

TEST_CASE("A code fits one step before or after its own, once, and nothing older than the last") {
  const Time now = at(1111111109);
  const std::uint64_t step = totp_step(now);
  const auto code = [&](int ahead) {
    return totp_code(secret(), step + static_cast<std::uint64_t>(ahead));
  };
  CHECK(match_totp(secret(), code(0), now, 0) == step);
  CHECK(match_totp(secret(), code(-1), now, 0) == step - 1);
  CHECK(match_totp(secret(), code(1), now, 0) == step + 1);
  CHECK_FALSE(match_totp(secret(), code(-2), now, 0));
  CHECK_FALSE(match_totp(secret(), code(2), now, 0));
  CHECK_FALSE(match_totp(secret(), code(0), now, step));
  CHECK_FALSE(match_totp(secret(), code(-1), now, step));
  CHECK(match_totp(secret(), code(1), now, step) == step + 1);
  for (const char* wrong : {"", "1", "12345", "1234567", "abcdef", "081804 ", "０８１８０４"})
    CHECK_FALSE(match_totp(secret(), wrong, now, 0));
  CHECK(match_totp(secret(), totp_code(secret(), 0), at(-5), 0) == std::nullopt);
}

TEST_CASE("Base 32 is that of RFC 4648, without padding") {
  struct Row {
    const char *plain, *coded;
  };
  for (const Row& row :
       {Row{"", ""}, Row{"f", "MY"}, Row{"fo", "MZXQ"}, Row{"foo", "MZXW6"}, Row{"foob", "MZXW6YQ"},
        Row{"fooba", "MZXW6YTB"}, Row{"foobar", "MZXW6YTBOI"}})
    CHECK(base32(as_bytes(row.plain)) == row.coded);
}

TEST_CASE("An authenticator is told issuer, account and secret, whatever the account is called") {
  CHECK(totp_uri("li.wei", secret()) ==
        "otpauth://totp/Huxin:li.wei?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Huxin&"
        "algorithm=SHA1&digits=6&period=30");
  CHECK(totp_uri("李&secret=x", secret())
            .starts_with("otpauth://totp/Huxin:%E6%9D%8E%26secret%3Dx?secret=GEZ"));
  CHECK(make_totp_secret().size() == 20);
  CHECK(make_totp_secret() != make_totp_secret());
}

}  // namespace
}  // namespace huxin::api
