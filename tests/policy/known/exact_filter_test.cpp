#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

#include <fmt/format.h>

#include "policy/base/digest.hpp"
#include "policy/known/exact_builder.hpp"
#include "policy/known/key.hpp"

namespace huxin::known {
namespace {

using catalog::ElementId;

const Bytes kBankKey(32, 7);

SipKey key_of(ByteView file) {
  return derive_key(kBankKey, kExactPurpose, read_exact_header(file).value().salt);
}

Value mobile(int number) { return {ElementId{27}, fmt::format("138{:08}", number)}; }

Bytes file_of(int mobiles) {
  ExactBuilder builder(kBankKey);
  for (int i = 0; i < mobiles; ++i) REQUIRE(builder.add(mobile(i)));
  return builder.build().value();
}

}  // namespace

TEST_CASE("a filter knows the values that were put in, and the pairs") {
  const Value id = {ElementId{1}, "11010519491231002X"};
  const Value name = {ElementId{25}, "张三"};
  ExactBuilder builder(kBankKey);
  REQUIRE(builder.add(id));
  REQUIRE(builder.add(name, id));
  const Bytes file = builder.build().value();
  const auto filter = ExactFilter::open(file, key_of(file));
  REQUIRE(filter);
  CHECK(filter->keys() == 2);
  CHECK(filter->contains(id));
  CHECK(filter->contains(name, id));
}

TEST_CASE("values of another bank's key are not found but by chance") {
  const Bytes file = file_of(2000);
  const auto header = read_exact_header(file).value();
  const Bytes other_bank(32, 8);
  const auto filter = ExactFilter::open(file, derive_key(other_bank, kExactPurpose, header.salt));
  int found = 0;
  for (int i = 0; i < 2000; ++i) found += filter->contains(mobile(i)) ? 1 : 0;
  CHECK(found < 40);  // 8 are expected of 2,000
}

TEST_CASE("what stands twice counts once, and no value at all is a filter that knows nothing") {
  ExactBuilder builder(kBankKey);
  for (int i = 0; i < 3; ++i) REQUIRE(builder.add(mobile(1)));
  CHECK(builder.distinct() == 1);
  const Bytes empty = ExactBuilder(kBankKey).build().value();
  const auto filter = ExactFilter::open(empty, key_of(empty));
  REQUIRE(filter);
  for (int i = 0; i < 2000; ++i) CHECK_FALSE(filter->contains(mobile(i)));
}

TEST_CASE("two builds of the same list share no salt and no array") {
  const Bytes first = file_of(500), second = file_of(500);
  CHECK(read_exact_header(first)->salt != read_exact_header(second)->salt);
  CHECK(Bytes(first.begin() + ExactHeader::kSize, first.end()) !=
        Bytes(second.begin() + ExactHeader::kSize, second.end()));
}

TEST_CASE("a change of any byte is noticed") {
  const Bytes file = file_of(20);
  REQUIRE(check_exact(file));
  for (std::size_t at = 0; at < file.size(); ++at) {
    Bytes changed = file;
    changed[at] ^= 0x10U;
    CAPTURE(at);
    const Status checked = check_exact(changed);
    REQUIRE_FALSE(checked);
    CHECK(checked.error().code == Errc::kCorrupt);
  }
}

TEST_CASE("a file cut anywhere, or with more behind it, is refused") {
  Bytes file = file_of(20);
  for (std::size_t size = 0; size < file.size(); ++size)
    CHECK(read_exact_header(ByteView(file).first(size)).error().code == Errc::kCorrupt);
  file.push_back(0);
  CHECK(read_exact_header(file).error().code == Errc::kCorrupt);
}

TEST_CASE("a hit multiplies the odds by 256 and leaves certainty as it is") {
  CHECK(confidence_after_hit(0.5) == Catch::Approx(256.0 / 257));
  CHECK(confidence_after_hit(0.3) > 0.99);
  CHECK(confidence_after_hit(0.01) == Catch::Approx(2.56 / (2.56 + 0.99)));
  CHECK(confidence_after_hit(0) == 0);
  CHECK(confidence_after_hit(1) == 1);
}

TEST_CASE("the same digits under two elements are two values") {
  const ValueDigest digest({1, 2});
  CHECK(digest.of({ElementId{27}, "13800138000"}) != digest.of({ElementId{33}, "13800138000"}));
}

TEST_CASE("a name proves nothing by itself") {
  CHECK(is_shared(ElementId{25}));
  CHECK(is_shared(ElementId{34}));
  CHECK_FALSE(is_shared(ElementId{1}));
  CHECK_FALSE(is_shared(ElementId{27}));
}

}  // namespace huxin::known
