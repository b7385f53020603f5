#include "policy/order/statement.hpp"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

namespace huxin::order {
namespace {

namespace json = boost::json;

constexpr std::array kFates{Fate::kDestroyed, Fate::kAbsent, Fate::kRefused, Fate::kFailed};

json::object write(const Item& item) {
  return {{"path", item.path},     {"incident", item.incident}, {"bytes", item.bytes},
          {"digest", item.digest}, {"method", item.method},     {"result", to_string(item.fate)},
          {"note", item.note}};
}
json::object write(const Residue& residue) {
  return {{"path", residue.path}, {"kind", residue.kind}, {"result", residue.result}};
}
json::object write(const ClockReading& clock) {
  return {{"path", clock.path},
          {"record", clock.record},
          {"source", clock.source},
          {"verdict", clock.verdict},
          {"until", clock.until}};
}

template <class T>
json::array write_all(const std::vector<T>& list) {
  json::array array;
  for (const T& each : list) array.push_back(write(each));
  return array;
}

/// Reads the members of one JSON object; remembers the first that is missing, of another type, or
/// left over.
class Members {
 public:
  Members(const json::value& value, std::string_view where, std::string& fault)
      : where_(where), fault_(fault) {
    if (value.is_object()) {
      object_ = &value.get_object();
    } else {
      blame("", "is no object");
    }
  }

  void read(std::string_view name, std::string& to) {
    if (const json::value* const value = find(name); value && value->is_string()) {
      to.assign(value->get_string());
    } else {
      blame(name, "is missing or no text");
    }
  }
  void read(std::string_view name, std::uint64_t& to) {
    const json::value* const value = find(name);
    if (value && value->is_int64() && value->get_int64() >= 0) {
      to = static_cast<std::uint64_t>(value->get_int64());
    } else {
      blame(name, "is missing or no count");
    }
  }
  void read(std::string_view name, Time& to) {
    std::string text;
    read(name, text);
    const auto time = from_rfc3339(text);
    if (time) {
      to = *time;
    } else {
      blame(name, "is no time");
    }
  }
  void read(std::string_view name, Fate& to) {
    std::string text;
    read(name, text);
    const auto* const found =
        std::ranges::find(kFates, text, [](Fate fate) { return to_string(fate); });
    if (found == kFates.end()) return blame(name, "is unknown");
    to = *found;
  }
  template <class T>
  void read(std::string_view name, std::vector<T>& to) {
    const json::value* const value = find(name);
    if (!value || !value->is_array()) return blame(name, "is missing or no list");
    for (const json::value& each : value->get_array()) {
      Members members(each, name, fault_);
      read_into(members, to.emplace_back());
      members.finish();
    }
  }
  void finish() {
    if (object_ && object_->size() != known_) blame("", "has members that are not known");
  }

 private:
  const json::value* find(std::string_view name) {
    ++known_;
    return object_ ? object_->if_contains(name) : nullptr;
  }
  void blame(std::string_view name, std::string_view what) {
    if (fault_.empty())
      fault_ = fmt::format("{}{}{} {}", where_, name.empty() ? "" : ".", name, what);
  }
  static void read_into(Members& from, Item& item) {
    from.read("path", item.path);
    from.read("incident", item.incident);
    from.read("bytes", item.bytes);
    from.read("digest", item.digest);
    from.read("method", item.method);
    from.read("result", item.fate);
    from.read("note", item.note);
  }
  static void read_into(Members& from, Residue& residue) {
    from.read("path", residue.path);
    from.read("kind", residue.kind);
    from.read("result", residue.result);
  }
  static void read_into(Members& from, ClockReading& clock) {
    from.read("path", clock.path);
    from.read("record", clock.record);
    from.read("source", clock.source);
    from.read("verdict", clock.verdict);
    from.read("until", clock.until);
  }

  const json::object* object_ = nullptr;
  std::string_view where_;
  std::string& fault_;
  std::size_t known_ = 0;
};

std::unexpected<Error> differs(std::string_view what) {
  return fail(Errc::kCorrupt, "the statement and the order differ in {}", what);
}

}  // namespace

std::string_view to_string(Fate fate) {
  switch (fate) {
    case Fate::kDestroyed:
      return "destroyed";
    case Fate::kAbsent:
      return "absent";
    case Fate::kRefused:
      return "refused";
    case Fate::kFailed:
      return "failed";
  }
  return "failed";
}

Result<std::string> to_json(const Statement& statement) {
  const json::object object{{"id", statement.id},
                            {"order", statement.order},
                            {"terminal", statement.terminal},
                            {"hostname", statement.hostname},
                            {"executor", statement.executor},
                            {"supervisor", statement.supervisor},
                            {"reason", statement.reason},
                            {"method", statement.method},
                            {"started", to_rfc3339(statement.started)},
                            {"ended", to_rfc3339(statement.ended)},
                            {"items", write_all(statement.items)},
                            {"residue", write_all(statement.residue)},
                            {"residue_unlisted", statement.residue_unlisted},
                            {"clocks", write_all(statement.clocks)},
                            {"note", statement.note}};
  std::string text = json::serialize(object);
  if (const auto back = statement_from(text); !back) return std::unexpected(back.error());
  return text;
}

Result<Statement> statement_from(std::string_view text) {
  if (text.size() > kLargestStatement)
    return fail(Errc::kTooLarge, "the statement has {} bytes, {} at most", text.size(),
                kLargestStatement);
  boost::system::error_code broken;
  const json::value value = json::parse(text, broken);
  if (broken) return fail(Errc::kInvalid, "the statement is no JSON: {}", broken.message());
  Statement statement;
  std::string fault;
  Members members(value, "statement", fault);
  members.read("id", statement.id);
  members.read("order", statement.order);
  members.read("terminal", statement.terminal);
  members.read("hostname", statement.hostname);
  members.read("executor", statement.executor);
  members.read("supervisor", statement.supervisor);
  members.read("reason", statement.reason);
  members.read("method", statement.method);
  members.read("started", statement.started);
  members.read("ended", statement.ended);
  members.read("items", statement.items);
  members.read("residue", statement.residue);
  members.read("residue_unlisted", statement.residue_unlisted);
  members.read("clocks", statement.clocks);
  members.read("note", statement.note);
  members.finish();
  if (!fault.empty()) return fail(Errc::kInvalid, "{}", fault);
  return statement;
}

Status agree(const Statement& statement, const Order& order) {
  const auto* const destroy = std::get_if<Destroy>(&order.what);
  if (!destroy) return fail(Errc::kCorrupt, "the order is no destruction");
  if (statement.order != to_hex(order.id)) return differs("the order's id");
  if (statement.terminal != order.terminal) return differs("the terminal");
  if (statement.executor != order.executor) return differs("the executor");
  if (statement.supervisor != order.supervisor) return differs("the supervisor");
  if (statement.reason != order.reason) return differs("the reason");
  if (statement.method != to_string(destroy->method)) return differs("the method");
  const auto same = [](const Item& item, const Target& target) {
    return item.path == target.path && item.incident == to_hex(target.incident);
  };
  if (!std::ranges::equal(statement.items, destroy->targets, same)) return differs("the targets");
  return {};
}

}  // namespace huxin::order
