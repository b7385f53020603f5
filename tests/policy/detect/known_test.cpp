// What the bank's own list of customers makes of findings.
#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "policy/detect/trace.hpp"
#include "policy/known/exact_builder.hpp"
#include "policy/known/key.hpp"
#include "tests/policy/detect/support.hpp"
#include "tests/support/pattern_cache.hpp"

namespace huxin::detect {
namespace {

using catalog::ElementId;

constexpr std::string_view kId = "11010519491231002X";
constexpr std::string_view kOtherId = "440524188001010014";

/// The list of a bank whose one customer is 王小明, kId, 13800138000; and a detector that has it.
class Bank {
 public:
  Bank() {
    const Bytes bank_key(32, 9);
    // No false hit among the values below with this salt.
    known::ExactBuilder builder(bank_key, Bytes(known::ExactHeader::kSaltSize, 1), 1);
    const known::Value id{ElementId{1}, std::string(kId)};
    const known::Value name{ElementId{25}, "王小明"};
    if (!builder.add(id) || !builder.add(name, id) ||
        !builder.add(known::Value{ElementId{27}, "13800138000"}) ||
        !builder.add(known::Value{ElementId{1}, "130503196704010016"}))
      throw std::runtime_error("the list is too long");
    file_ = builder.build().value();
    const auto salt = known::read_exact_header(file_).value().salt;
    DetectorOptions options;
    options.cache = huxin::test::pattern_cache();
    options.calibrated = false;  // scores, as the catalogue states them
    options.max_findings = 3;
    options.known = std::make_shared<const known::ExactFilter>(
        known::ExactFilter::open(file_, known::derive_key(bank_key, known::kExactPurpose, salt))
            .value());
    detector_ = Detector::build(catalog::Catalog::builtin(), options).value();
  }

  Inspection inspect(std::string_view text, Traces* traces = nullptr) const {
    text::Document document;
    document.where = "a.txt";
    document.text = std::string(text);
    const auto context = detector_->context();
    InspectionBuilder builder(*detector_, *context, test::today());
    if (traces != nullptr) builder.explain(*traces);
    if (!builder.add(document)) throw std::runtime_error("not scanned");
    return builder.finish();
  }

  static const Bank& one() {
    static const Bank bank;
    return bank;
  }

 private:
  Bytes file_;
  std::shared_ptr<const Detector> detector_;
};

const Finding& finding(const Inspection& inspection, std::uint16_t element) {
  const auto found = std::ranges::find(inspection.findings, ElementId{element}, &Finding::element);
  if (found == inspection.findings.end())
    throw std::runtime_error(fmt::format("no D{:02} in {}", element, test::summary(inspection)));
  return *found;
}

}  // namespace

TEST_CASE("a customer's number is known, and nearly certain") {
  const Inspection seen = Bank::one().inspect("回电 13800138000 谢谢");
  const Inspection plain = test::inspect("回电 13800138000 谢谢");
  CHECK(finding(seen, 27).known);
  CHECK(finding(seen, 27).confidence > 0.99);
  CHECK(finding(seen, 27).confidence ==
        Catch::Approx(known::confidence_after_hit(finding(plain, 27).confidence)));
  CHECK(seen.known_total == 1);
}

TEST_CASE("somebody else's number stays what it was") {
  const std::string text = fmt::format("身份证 {}", kOtherId);
  const Inspection seen = Bank::one().inspect(text);
  CHECK_FALSE(finding(seen, 1).known);
  CHECK(finding(seen, 1).confidence == finding(test::inspect(text), 1).confidence);
  CHECK(seen.known_total == 0);
}

TEST_CASE("a number is known however it is written") {
  CHECK(finding(Bank::one().inspect("手机：１３８ ００１３ ８０００"), 27).known);
  CHECK(finding(Bank::one().inspect("身份证号 130503670401001"), 2).known);
}

TEST_CASE("a name is known beside its own number, before it and behind it") {
  for (const auto* const form :
       {"姓名：王小明，身份证 {}", "身份证 {}，姓名：王小明", "姓名：王小明\n身份证 {}\n"}) {
    const Inspection seen = Bank::one().inspect(fmt::format(fmt::runtime(form), kId));
    CAPTURE(form);
    CHECK(finding(seen, 25).known);
    CHECK(finding(seen, 25).confidence > 0.99);
    CHECK(seen.known_total == 2);
  }
}

TEST_CASE("a customer's name proves nothing by itself, nor beside a stranger's number") {
  CHECK_FALSE(finding(Bank::one().inspect("姓名：王小明"), 25).known);
  CHECK_FALSE(
      finding(Bank::one().inspect(fmt::format("姓名：王小明，身份证 {}", kOtherId)), 25).known);
  CHECK_FALSE(finding(Bank::one().inspect(fmt::format("姓名：李大伟，身份证 {}", kId)), 25).known);
}

TEST_CASE("a name is not known by a number of another record") {
  const auto seen = Bank::one().inspect(fmt::format("身份证 {}\n\n姓名：王小明\n", kId));
  CHECK_FALSE(finding(seen, 25).known);
}

TEST_CASE("what is cut from the list of findings is counted all the same") {
  std::string text;
  for (int i = 0; i < 10; ++i) text += "手机 13800138000\n";
  const Inspection seen = Bank::one().inspect(text);
  CHECK(seen.findings.size() == 3);
  CHECK(seen.truncated);
  CHECK(seen.known_total == 10);
}

TEST_CASE("without a list nothing is known") {
  const Inspection seen = test::inspect(fmt::format("姓名：王小明，身份证 {}", kId));
  CHECK_FALSE(finding(seen, 1).known);
  CHECK(seen.known_total == 0);
}

TEST_CASE("an explanation says which value the bank knows, and how sure that makes it") {
  Traces traces{.limit = kMaxTraces, .total = 0, .list = {}};
  const Inspection inspection =
      Bank::one().inspect("手机号：13800138000，备用手机号：13912345678", &traces);
  REQUIRE(inspection.findings.size() == 2);
  REQUIRE(traces.list.size() == 2);
  CHECK(traces.list[0].verdict == Verdict::kKnown);
  CHECK(traces.list[0].confidence == inspection.findings[0].confidence);
  CHECK(traces.list[0].confidence > traces.list[0].score);
  CHECK(traces.list[0].word == "手机号");
  CHECK(traces.list[1].verdict == Verdict::kFor);
}

}  // namespace huxin::detect
