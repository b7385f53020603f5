#include "tests/support/bank.hpp"

namespace huxin::test {

Bank::Bank(Time founded) {
  must(certs::Authority::create(folder_ / "authority", "测试银行", founded));
  authority_ = must(certs::Authority::open(folder_ / "authority"));
}

certs::Identity Bank::terminal(std::string_view id, Time now) {
  certs::KeyAndRequest made = must(certs::make_request(id));
  certs::IssuedCertificate issued = must(authority_->issue_terminal(made.request, id, now));
  return {std::move(issued.certificate), std::move(issued.chain), std::move(made.private_key)};
}

certs::Identity Bank::server(const std::vector<std::string>& names, Time now) {
  certs::Authority::Server made = must(authority_->issue_server(names, now));
  return {std::move(made.issued.certificate), std::move(made.issued.chain),
          std::move(made.private_key)};
}

}  // namespace huxin::test
