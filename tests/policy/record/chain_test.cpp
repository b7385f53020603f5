#include "policy/record/chain.hpp"

#include <functional>

#include <catch2/catch_test_macros.hpp>

namespace huxin::record {
namespace {

std::string hex(ByteView bytes) { return to_hex(bytes); }

}  // namespace

// Computed with Python: hashlib.sha256(b"huxin-record-1" + bytes(32) + (1).to_bytes(8, "big") +
// b"abc").
TEST_CASE("a link's hash is the documented one") {
  CHECK(hex(link_hash(kGenesis, 1, as_bytes("abc"))) ==
        "831707af99edbbceb76c62165c83ea11d076b8fc085e44dfa7c062377487d14c");
  CHECK(link_hash(kGenesis, 1, as_bytes("abc")) != link_hash(kGenesis, 256, as_bytes("abc")));
}

TEST_CASE("a head statement is its domain, the sequence big-endian, the hash") {
  const Bytes hash{0xaa, 0xbb};
  CHECK(as_text(head_statement(0x0102, hash)) ==
        std::string_view("huxin-head-1\0\0\0\0\0\0\x01\x02\xaa\xbb", 22));
}

// Computed with Python: hmac.new(b"k" * 32, b"D01\0" + b"110101199003071233",
// "sha256").hexdigest()[:32].
TEST_CASE("a value digest is 16 bytes and depends on key, element and value") {
  const Bytes key(32, 'k');
  const Bytes digest = value_digest(key, "D01", "110101199003071233");
  CHECK(hex(digest) == "1580b9ea3e8df85c3a7b8e3d7c2926e9");
  CHECK(digest != value_digest(Bytes(32, 'j'), "D01", "110101199003071233"));
  CHECK(digest != value_digest(key, "D02", "110101199003071233"));
  CHECK(value_digest(key, "D0", "1x") != value_digest(key, "D01", "x"));
}

TEST_CASE("links made one after the other check out") {
  const Record first = make_link(1, kGenesis, "one");
  const Record second = make_link(2, as_bytes(first.hash()), "");
  CHECK(check_link(first, 1, kGenesis));
  CHECK(check_link(second, 2, as_bytes(first.hash())));
}

TEST_CASE("whatever is changed in a link is found out") {
  struct Row {
    const char* why;
    std::function<void(Record&)> change;
    Errc code;
  };
  const std::vector<Row> rows{
      {"another sequence", [](Record& r) { r.set_sequence(3); }, Errc::kCorrupt},
      {"another payload", [](Record& r) { r.set_payload("ond"); }, Errc::kCorrupt},
      {"another predecessor", [](Record& r) { r.mutable_previous()->at(0) ^= 1; }, Errc::kCorrupt},
      {"no predecessor", [](Record& r) { r.clear_previous(); }, Errc::kCorrupt},
      {"another hash", [](Record& r) { r.mutable_hash()->at(31) ^= 1; }, Errc::kCorrupt},
      {"a cut hash", [](Record& r) { r.mutable_hash()->pop_back(); }, Errc::kCorrupt},
      {"no hash", [](Record& r) { r.clear_hash(); }, Errc::kCorrupt},
      {"a payload over the limit",
       [](Record& r) { r.mutable_payload()->resize(kLargestPayload + 1); }, Errc::kTooLarge},
  };
  const Digest previous = sha256(as_bytes("x"));
  for (const Row& row : rows) {
    INFO(row.why);
    Record link = make_link(2, previous, "one");
    REQUIRE(check_link(link, 2, previous));
    row.change(link);
    const Status checked = check_link(link, 2, previous);
    REQUIRE_FALSE(checked);
    CHECK(checked.error().code == row.code);
  }
}

TEST_CASE("a link re-made with a valid hash still does not fit another predecessor") {
  const Record forged = make_link(2, sha256(as_bytes("forged")), "one");
  CHECK_FALSE(check_link(forged, 2, sha256(as_bytes("real"))));
}

}  // namespace huxin::record
