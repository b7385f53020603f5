// sealed_evidence OFFICER.der REVIEWER.der: seals evidence as a terminal does and writes the
// envelope to standard output; exits with 1 when a certificate cannot be sealed to.
#include <fstream>
#include <iostream>
#include <iterator>

#include "certs/seal.hpp"
#include "policy/record/record.pb.h"

namespace {

huxin::Bytes read(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

huxin::record::Evidence sample() {
  huxin::record::Evidence evidence;
  evidence.set_incident(std::string(16, '\x2a'));
  auto* finding = evidence.add_findings();
  finding->set_element(1);
  finding->set_where("客户.xlsx!Sheet1!B7");
  finding->set_value("11010519491231002X");
  finding->set_snippet("身份证 11010519491231002X <script>");
  for (int i = 0; i < 400; ++i) *evidence.add_findings() = *finding;
  evidence.set_truncated(true);
  return evidence;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const auto sealer = huxin::certs::Sealer::make({read(argv[1])}, {read(argv[2])});
  if (!sealer) {
    std::cerr << sealer.error().context << '\n';
    return 1;
  }
  const auto envelope = sealer->seal(huxin::as_bytes(sample().SerializeAsString()));
  if (!envelope) return 1;
  std::cout << huxin::as_text(*envelope);
  return 0;
}
