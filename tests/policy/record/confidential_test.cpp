#include "policy/record/confidential.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

namespace huxin::record {
namespace {

struct Row {
  std::vector<std::uint32_t> counted, found;
  std::vector<std::string> domains;
  bool confidential;
  const char* why;
};

TEST_CASE("What anti-money-laundering reviewers alone may see is told from elements and domains") {
  const std::vector<Row> rows{
      {{}, {}, {}, false, "nothing says so"},
      {{1, 12}, {1}, {"payment"}, false, "an identity card in payment"},
      {{70}, {75}, {"credit"}, false, "the neighbours of the range"},
      {{71}, {}, {"it"}, true, "the first of the range, counted"},
      {{1, 74}, {}, {}, true, "the last of the range among others"},
      {{}, {73}, {}, true, "found but not counted, as a foreign agent might tell it"},
      {{1}, {}, {"aml"}, true, "the rule is about money laundering"},
      {{1}, {}, {"credit", "aml"}, true, "the rule names the domain beside another"},
      {{1}, {}, {"credit", "payment", "aml", "it"}, false, "a rule of all domains names none"},
      {{72}, {}, {"credit", "payment", "aml", "it"}, true, "an element says more than the rule"},
      {{1}, {}, {"aml", "aml", "aml", "aml"}, true, "repeated four times it is still one domain"},
  };
  for (const Row& row : rows) {
    INFO(row.why);
    Incident incident;
    for (const std::uint32_t element : row.counted) incident.add_counts()->set_element(element);
    for (const std::uint32_t element : row.found) incident.add_findings()->set_element(element);
    for (const std::string& domain : row.domains) incident.add_domains(domain);
    CHECK(is_aml_confidential(incident) == row.confidential);
  }
}

}  // namespace
}  // namespace huxin::record
