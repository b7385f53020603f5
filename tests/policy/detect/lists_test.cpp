// Lists: a header line, and one value on each line below.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

using test::check;
using test::inspect;

TEST_CASE("a header line and lines of one shape are a table of one column") {
  check({{"姓名\n余晨光\n尚修齐\n卢志强\n", "D25=余晨光 D25=尚修齐 D25=卢志强", "names"},
         {"取款密码\n308164\n771529\n460283\n", "D47=308164 D47=771529 D47=460283", "PINs"},
         {"客户名单\n\"登录密码\"\n\"Qw7!kdpz\"\n\"zX93*mTa\"\n\"r8Lp#v2N\"\n",
          "D49=Qw7!kdpz D49=zX93*mTa D49=r8Lp#v2N", "quoted, below a title"}});
}

TEST_CASE("the numbers of a list are what its header says, and nothing else") {
  check({{"运单号\n13903716245\n13817045263\n18620734518\n", "", "waybills"},
         {"订单号\n6200000000000005\n6200000000000047\n6200000000000005\n", "", "orders"},
         {"手机号\n13903716245\n13817045263\n18620734518\n",
          "D27=13903716245 D27=13817045263 D27=18620734518", "telephones"}});
}

TEST_CASE("a list goes on over the borders of chunks") {
  std::string text = "取款密码\n";
  for (int row = 0; row < 20'000; ++row) text += std::to_string(308'164 + row * 29) + '\n';
  CHECK(inspect(text).findings.size() > 9'900);
}

TEST_CASE("a label above a text or a form is no header of a list") {
  check({{"取款密码\n308164\n手机号：13903716245\n性别：男\n", "D47=308164 D27=13903716245",
          "a form"},
         {"姓名\n余晨光\n高兴，就好。\n请看，下文。\n", "D25=余晨光", "sentences"},
         {"姓名\n余晨光\n308164\n771529\n", "D25=余晨光", "lines of several shapes"}});
}

}  // namespace
}  // namespace huxin::detect
