#pragma once
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "certs/authority.hpp"
#include "certs/certificate.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::test {

/// A bank's authority in a folder of its own, and what it hands out. Throws when anything fails.
class Bank {
 public:
  explicit Bank(Time founded = SystemClock().now());

  certs::Authority& authority() { return *authority_; }
  const Bytes& root() const { return authority_->root(); }
  certs::Identity terminal(std::string_view id, Time now = SystemClock().now());
  certs::Identity server(const std::vector<std::string>& names = {"localhost", "127.0.0.1"},
                         Time now = SystemClock().now());

 private:
  TempDir folder_;
  std::unique_ptr<certs::Authority> authority_;
};

/// Takes the value out of a Result, or throws what is wrong.
template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().context);
  return std::move(*result);
}
inline void must(const Status& status) {
  if (!status) throw std::runtime_error(status.error().context);
}

}  // namespace huxin::test
