#include "agent/policy_keeper.hpp"

#include <catch2/catch_test_macros.hpp>

#include "policy/base/file.hpp"
#include "policy/bundle/bundle.hpp"
#include "policy/known/exact_builder.hpp"
#include "policy/presets/presets.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::agent {
namespace {

struct Fixture {
  test::TempDir dir;
  State state{dir.path()};
  bundle::SigningKey key = bundle::make_signing_key().value();
  PolicyKeeper keeper{state, key.public_key};
  std::uint64_t applied = 0;

  Bytes bundle_of(std::uint64_t serial) const {
    return bundle::sign({.policy = std::string(presets::audit()), .version = "1", .serial = serial},
                        key.private_key)
        .value();
  }
  Status take(const Bytes& bundle, const Status& outcome = {}) {
    return keeper.take(bundle, [&](const auto& in_force) {
      if (outcome) applied = in_force->serial;
      return outcome;
    });
  }
  std::string stored() const { return read_file(state.bundle()).value_or("(none)"); }
  std::uint64_t after_restart() const {
    std::string problem;
    const auto in_force = PolicyKeeper(state, key.public_key).initial(problem);
    CHECK(problem.empty());
    return in_force->serial;
  }
};

}  // namespace

TEST_CASE("a bundle that applies is what the next start finds") {
  Fixture f;
  CHECK(f.after_restart() == 0);
  REQUIRE(f.take(f.bundle_of(1)));
  REQUIRE(f.take(f.bundle_of(2)));
  CHECK(f.applied == 2);
  CHECK(f.after_restart() == 2);
}

TEST_CASE("a bundle that cannot be stored is not put in force") {
  Fixture f;
  // Nothing can replace a folder that is not empty, root or not.
  std::filesystem::create_directories(f.state.bundle() / "in the way");
  CHECK_FALSE(f.take(f.bundle_of(1)).has_value());
  CHECK(f.applied == 0);
}

TEST_CASE("a bundle that does not apply leaves the one before it stored, or none") {
  Fixture f;
  const Status broken = fail(Errc::kUnavailable, "no worker takes it");
  CHECK(f.take(f.bundle_of(1), broken).error().code == Errc::kUnavailable);
  CHECK(f.stored() == "(none)");
  REQUIRE(f.take(f.bundle_of(2)));
  const std::string before = f.stored();
  CHECK(f.take(f.bundle_of(3), broken).error().code == Errc::kUnavailable);
  CHECK(f.stored() == before);
  CHECK(f.after_restart() == 2);
  CHECK(f.take(f.bundle_of(3)));
}

TEST_CASE("lists of customers come with the policy, and a bundle with a broken one is not taken") {
  Fixture f;
  bundle::DigestEntry entry{.from = Time{}, .purpose = "贷款审批"};
  entry.digest.fill(3);
  const bundle::DigestList list = bundle::DigestList::make({entry}).value();
  bundle::Contents contents{.policy = std::string(presets::audit()), .serial = 1};
  contents.authorisations = list.serialise();
  std::shared_ptr<const inspect::InForce> taken;
  const auto take = [&] {
    return f.keeper.take(bundle::sign(contents, f.key.private_key).value(),
                         [&](const auto& in_force) -> Status {
                           taken = in_force;
                           return {};
                         });
  };
  REQUIRE(take());
  CHECK(taken->authorisations.entries() == list.entries());
  CHECK(taken->holds.empty());
  const Bytes basis = taken->digest;
  const Bytes bundle_digest = taken->bundle_digest;
  contents.serial = 2;
  contents.authorisations.clear();
  REQUIRE(take());
  CHECK(taken->bundle_digest != bundle_digest);
  CHECK(taken->digest == basis);  // files that were dealt with stay so
  contents.serial = 3;
  contents.policy += "\n";
  REQUIRE(take());
  CHECK(taken->digest != basis);
  contents.serial = 4;
  contents.holds = {0xFF};
  CHECK(take().error().code == Errc::kCorrupt);
  CHECK(taken->serial == 3);
}

TEST_CASE("the list of the bank's customers comes with the policy, and a broken one is not taken") {
  Fixture f;
  known::ExactBuilder builder(Bytes(32, 1));
  REQUIRE(builder.add(known::Value{catalog::ElementId{27}, "13800138000"}));
  const Bytes filter = builder.build().value();
  bundle::Contents contents{
      .policy = std::string(presets::audit()), .exact = std::string(as_text(filter)), .serial = 1};
  std::shared_ptr<const inspect::InForce> taken;
  const auto take = [&] {
    return f.keeper.take(bundle::sign(contents, f.key.private_key).value(),
                         [&](const auto& in_force) -> Status {
                           taken = in_force;
                           return {};
                         });
  };
  REQUIRE(take());
  CHECK(taken->known.exact_bytes == filter.size());
  CHECK(taken->known.exact_salt == known::read_exact_header(filter)->salt);
  const Bytes basis = taken->digest;
  contents.serial = 2;
  contents.exact.back() = static_cast<char>(contents.exact.back() + 1);
  CHECK(take().error().code == Errc::kCorrupt);
  CHECK(taken->serial == 1);
  contents.exact.clear();
  REQUIRE(take());
  CHECK(taken->known.file == nullptr);
  CHECK(taken->digest == basis);  // files that were dealt with stay so
}

}  // namespace huxin::agent
