#include "agent/journal/pending_records.hpp"

#include <catch2/catch_test_macros.hpp>

#include "tests/agent/journal/journal_fixture.hpp"

namespace huxin::journal {
namespace {

using test::incident;

/// Keeps records in memory and refuses them while told that the disk is full.
class FakeJournal final : public Journal {
 public:
  Result<std::uint64_t> append(const record::Payload& payload,
                               const std::optional<FileVersion>& settles,
                               std::string_view) override {
    if (refuse) return fail(*refuse, "refused");
    if (payload.incident().rule() == "poison") return fail(Errc::kTooLarge, "too large");
    payloads.push_back(payload);
    if (settles) settled_inodes.push_back(settles->inode);
    return payloads.size();
  }
  Status settle(const FileVersion&, std::string_view) override { return {}; }
  Result<bool> settled(const FileVersion&, std::string_view) override { return false; }
  Result<std::vector<record::Record>> outbox(std::size_t) override {
    return std::vector<record::Record>{};
  }
  Status acknowledge(std::uint64_t) override { return {}; }
  Result<std::uint64_t> outbox_size() override { return 0; }
  Result<Head> head() override { return Head{}; }
  Status verify() override { return {}; }
  Status maintain() override { return {}; }
  Result<std::uint64_t> append_with(const record::Payload& payload, std::string_view,
                                    std::string_view) override {
    return append(payload, std::nullopt, {});
  }
  Status put(std::string_view, std::string_view) override { return {}; }
  Result<std::vector<std::pair<std::string, std::string>>> values(std::string_view) override {
    return std::vector<std::pair<std::string, std::string>>{};
  }
  Status forget(std::string_view) override { return {}; }
  Result<std::optional<std::string>> get(std::string_view) override { return std::nullopt; }

  std::string rules() const {
    std::string all;
    for (const auto& payload : payloads) {
      all += (all.empty() ? "" : " ") +
             (payload.has_incident() ? payload.incident().rule() : payload.coverage().reason());
    }
    return all;
  }

  std::optional<Errc> refuse;
  std::vector<record::Payload> payloads;
  std::vector<std::uint64_t> settled_inodes;
};

record::Payload coverage(std::string_view reason) {
  record::Payload payload;
  payload.mutable_coverage()->set_reason(std::string(reason));
  return payload;
}

}  // namespace

TEST_CASE("what the journal takes is not kept") {
  FakeJournal journal;
  PendingRecords pending;
  CHECK(pending.append(journal, incident("a")).value());
  CHECK(pending.size() == 0);
}

TEST_CASE("what it cannot take now is written in order later, with the file version it settles") {
  FakeJournal journal;
  PendingRecords pending;
  journal.refuse = Errc::kNoSpace;
  CHECK_FALSE(pending.append(journal, incident("a"), FileVersion{.inode = 5}, "p").value());
  CHECK_FALSE(pending.append(journal, incident("b")).value());
  CHECK(pending.size() == 2);
  CHECK(pending.retry(journal).error().code == Errc::kNoSpace);
  journal.refuse.reset();
  CHECK(pending.append(journal, incident("c")).value());
  CHECK(journal.rules() == "a b c");
  CHECK(journal.settled_inodes == std::vector<std::uint64_t>{5});
  CHECK(pending.size() == 0);
}

TEST_CASE("what it will never take is an error, and stands in nobody's way") {
  FakeJournal journal;
  PendingRecords pending;
  CHECK(pending.append(journal, incident("poison")).error().code == Errc::kTooLarge);
  journal.refuse = Errc::kIo;
  CHECK_FALSE(pending.append(journal, incident("poison")).value());
  CHECK_FALSE(pending.append(journal, incident("b")).value());
  journal.refuse.reset();
  REQUIRE(pending.retry(journal));
  CHECK(journal.rules() == "b journal_full");
}

TEST_CASE(
    "on overflow the least severe goes first, the younger of two alike, and the loss is told") {
  FakeJournal journal;
  PendingRecords pending({.records = 4, .bytes = 1 << 20});
  journal.refuse = Errc::kNoSpace;
  for (const auto& payload :
       {incident("s1", 1), incident("s4-old", 4), incident("s3", 3), incident("s4-young", 4),
        coverage("timeout"), incident("s2", 2), incident("s1-late", 1)}) {
    REQUIRE_FALSE(pending.append(journal, payload).value());
  }
  CHECK(pending.size() == 4);
  CHECK(pending.lost() == 3);
  journal.refuse.reset();
  REQUIRE(pending.retry(journal, test::kStart));
  CHECK(journal.rules() == "s1 s3 s2 s1-late journal_full");
  CHECK(journal.payloads.back().coverage().count() == 3);
  CHECK(journal.payloads.back().coverage().time_ms() == test::kStart.time_since_epoch().count());
  CHECK(pending.lost() == 0);
}

TEST_CASE("memory is bounded in bytes too, and a single record over it is dropped and counted") {
  FakeJournal journal;
  PendingRecords pending({.records = 100, .bytes = 10'000});
  journal.refuse = Errc::kNoSpace;
  REQUIRE_FALSE(pending.append(journal, incident("huge", 1, 20'000)).value());
  CHECK(pending.size() == 0);
  CHECK(pending.lost() == 1);
  for (int i = 0; i < 10; ++i)
    REQUIRE_FALSE(pending.append(journal, incident("r", 4, 3'000)).value());
  CHECK(pending.size() == 3);
}

TEST_CASE("a count of losses that cannot be written is told later, once") {
  FakeJournal journal;
  PendingRecords pending({.records = 1, .bytes = 1 << 20});
  journal.refuse = Errc::kNoSpace;
  for (int i = 0; i < 3; ++i) REQUIRE_FALSE(pending.append(journal, incident("r")).value());
  CHECK_FALSE(pending.retry(journal));
  CHECK(pending.lost() == 2);
  journal.refuse.reset();
  REQUIRE(pending.retry(journal));
  REQUIRE(pending.retry(journal));
  CHECK(journal.rules() == "r journal_full");
}

}  // namespace huxin::journal
