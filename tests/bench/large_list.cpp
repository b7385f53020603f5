#include "tests/bench/large_list.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include <fmt/format.h>

#include "policy/detect/validators/check_digits.hpp"

namespace huxin::bench {
namespace {

constexpr std::uintmax_t kSize = 2'000'000'000;

/// An identity number that no other row has: a region, a day, and an order.
std::string identity(std::uint64_t row) {
  const std::string digits =
      fmt::format("11{:04}{}{:02}{:02}{:03}", 100 + row / 36'288'000 % 9000, 1950 + row / 1000 % 48,
                  1 + row / 48'000 % 12, 1 + row / 576'000 % 28, row % 1000);
  for (const char check : std::string_view("0123456789X")) {
    if (detect::passes_mod_11_2(digits + check)) return digits + check;
  }
  return digits + '0';
}

std::string customer(std::uint64_t row) {
  return fmt::format("张伟,{},138{:08},北京市海淀区中关村大街{}号\n", identity(row),
                     row % 100'000'000, 1 + row % 99);
}

std::string order(std::uint64_t row) {
  return fmt::format("{},A{:012},{}.{:02},OK\n", row, row * 7'919, row % 977, row % 100);
}

}  // namespace

std::filesystem::path make_large_list(LargeList list, const std::filesystem::path& folder) {
  const bool all = list == LargeList::kCustomers;
  const auto path = folder / (all ? "customers-2GB.csv" : "orders-2GB.csv");
  std::error_code error;
  if (std::filesystem::file_size(path, error) >= kSize && !error) return path;
  std::ofstream file(path);
  file << (all ? "姓名,身份证号,手机号,地址\n" : "序号,订单,金额,备注\n");
  if (!all) file << "1,A1,1.00,客户张伟身份证号" << identity(1) << '\n';
  std::uint64_t row = 1;
  for (std::uintmax_t size = 0; size < kSize && file; ++row) {
    const std::string line = all ? customer(row) : order(row);
    file << line;
    size += line.size();
  }
  if (!all) file << row << ",A2,1.00,客户张伟身份证号" << identity(1) << '\n';
  file.close();
  if (!file) {
    fmt::print(stderr, "{} cannot be written\n", path.string());
    std::exit(2);
  }
  return path;
}

}  // namespace huxin::bench
