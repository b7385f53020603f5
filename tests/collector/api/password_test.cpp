#include "collector/api/password.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin::api {
namespace {

TEST_CASE("What is shipped hashes with argon2id over 64 MiB in three passes") {
  PasswordHasher hasher;
  const std::string encoded = hasher.hash("a long and good one").value();
  CHECK(encoded.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"));
  CHECK(hasher.verify(encoded, "a long and good one").value());
  CHECK_FALSE(hasher.verify(encoded, "a long and good 0ne").value());
}

TEST_CASE("A hash is verified at the cost that is written in it") {
  PasswordHasher light(1, {.passes = 1, .memory_kib = 8});
  const std::string encoded = light.hash("a long and good one").value();
  CHECK(encoded.starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
  CHECK(PasswordHasher(1, {.passes = 2, .memory_kib = 16})
            .verify(encoded, "a long and good one")
            .value());
}

TEST_CASE("Each hash has a salt of its own") {
  PasswordHasher light(1, {.passes = 1, .memory_kib = 8});
  CHECK(light.hash("a long and good one").value() != light.hash("a long and good one").value());
}

TEST_CASE("No password fits a user that does not exist, nor a hash that is malformed") {
  PasswordHasher light(1, {.passes = 1, .memory_kib = 8});
  CHECK_FALSE(light.verify("", "").value());
  CHECK_FALSE(light.verify("", "a long and good one").value());
  CHECK_FALSE(light.verify("$argon2id$v=19$m=8,t=1,p=1$x", "a long and good one").value());
}

}  // namespace
}  // namespace huxin::api
