#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "policy/base/bytes.hpp"

namespace huxin::catalog {

/// What words around a number make of it: a thing of a bank's own, or no thing at all.
enum class OwnThing : std::uint8_t {
  kStock,       ///< blank forms and vouchers: 作废, 起号
  kInterbank,   ///< accounts between banks: 存放同业
  kOffice,      ///< a branch or another office: 支行, 值班
  kDirectory,   ///< lists of those: 通讯录
  kDefinition,  ///< fields of a database or an interface: 数据字典
  kType,        ///< the type of one: VARCHAR
  kSpecimen,    ///< examples, questions of an examination: 填写样例
  kStaff,       ///< people who are no customers, at work for the bank mostly: 工号, 评标专家
  kRole,       ///< the same, of tables: who else speaks of a driver or a supplier may be a customer
  kPost,       ///< what somebody does for whom one works: 职务
  kExtension,  ///< a telephone inside a house: 分机
  kAnimal,     ///< cattle: 耳标
  kDwelling,   ///< where people live: 宿舍
  kCustomer,   ///< no thing of a bank's own, but customers': 客户
};
inline constexpr unsigned kOwnThings = 14;

/// Sets of them, as bits by their order.
using OwnThings = unsigned;
constexpr OwnThings bit_of(OwnThing thing) { return 1U << static_cast<unsigned>(thing); }

/// Those that a text has words for, the longest at each place. Normalised UTF-8; letters as they
/// are listed. One pass. A text that speaks of no specimen and no type has no part that does.
OwnThings own_things_in(std::string_view utf8);

/// A word where it stands, the longest of those that begin there.
struct OwnWord {
  OwnThings things = 0;  ///< 0: there is none
  Span span;
};
/// The first word that begins from `begin` to before `end`, which it may reach beyond.
OwnWord next_own_word(std::string_view utf8, std::size_t begin, std::size_t end);

}  // namespace huxin::catalog
