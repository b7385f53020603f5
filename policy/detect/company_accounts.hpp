#pragma once
#include <vector>

#include "policy/detect/engine.hpp"
#include "policy/detect/layout.hpp"
#include "policy/detect/word_ahead.hpp"

namespace huxin::detect {

/// Takes accounts for companies' where a bank or a company is named on their record and no person
/// is: 户名：…有限公司 开户行：… 账号：…. `candidates` are judged and in order; the record is a
/// table's row, or 200 bytes on either side up to a blank line.
void tell_company_accounts(const Engine& engine, const Layout& layout,
                           std::vector<Candidate>& candidates);

/// Says of one value after the other whether its record names a company that is no bank, or speaks
/// to or of a customer: 贵公司, 您在我行…, 名下. Looks as far as tell_company_accounts() does. One
/// thread; borrows the layout.
class CustomerWords {
 public:
  explicit CustomerWords(const Layout& layout) : layout_(layout) {}
  bool speak_around(const Span& value);

 private:
  const Layout& layout_;
  WordAhead ahead_;
};

}  // namespace huxin::detect
