#include "agent/extract/text/json.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <optional>
#include <span>

#include "agent/extract/document_writer.hpp"
#include "agent/extract/formats.hpp"
#include "agent/extract/text/json_rows.hpp"
#include "agent/extract/windows.hpp"

namespace huxin::extract {

namespace {

namespace json = boost::json;

constexpr std::size_t kMaxNesting = 512;  // the parser keeps a byte or so a level, on the heap
constexpr std::size_t kMaxKey = 64;       // of a key in a path; longer ones are cut
constexpr std::size_t kMaxPath = 256;
constexpr std::size_t kMaxValue = std::size_t{4} << 20U;  // a longer string is handed on in parts

json::parse_options options() {
  json::parse_options options;
  options.max_depth = kMaxNesting;
  return options;
}

constexpr std::string_view kNamingKeys[] = {
    "label",     "name",       "title", "key",  "field", "caption", "question",
    "fieldName", "fieldLabel", "项目",  "字段", "名称",  "标签"};
constexpr std::string_view kValueKeys[] = {"value", "val",        "content", "answer",
                                           "text",  "fieldValue", "值",      "内容"};

bool is_one_of(std::span<const std::string_view> keys, std::string_view key) {
  return std::ranges::find(keys, key) != keys.end();
}

/// {"label": "姓名", "value": "张伟"}: a value that is named beside it, and not by its key.
class NamedValue {
 public:
  void begin_object() { name_.clear(); }
  /// The key that a value goes by.
  const std::string& key_of(const std::string& key) const {
    return !name_.empty() && is_one_of(kValueKeys, key) ? name_ : key;
  }
  void see(const std::string& key, const std::string& value) {
    if (is_one_of(kNamingKeys, key)) name_ = value.substr(0, kMaxKey);
  }

 private:
  std::string name_;
};

/// Writes every string and number as a line "key: value" in a group named by its path without
/// indices ("customers[].mobile"); arrays that are rows as rows of a table. Objects that are
/// elements keep their brackets: each is a record.
class ValueWriter {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  ValueWriter(DocumentWriter& writer, JsonRows& rows, Extraction& extraction)
      : writer_(writer), rows_(rows), extraction_(extraction) {}

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_array_begin(json::error_code& error) {
    write_key();
    const bool inside = path_.empty() || path_.ends_with("[]");
    const bool alone = inside && key_.empty();
    if (!descend("[]", error)) return false;
    rows_.begin(path_, label_, alone);
    return true;
  }
  bool on_array_end(std::size_t, json::error_code& error) {
    rows_.end();
    if (levels_.back().fields) writer_.bracket('}');
    return ascend(error);
  }
  bool on_object_begin(json::error_code& error) {
    rows_.give_up();
    write_key();
    named_.begin_object();
    const bool field = !levels_.empty() && levels_.back().fields;
    const bool record = key_.empty() && !field;
    if (record) writer_.bracket('{');
    return descend("", error, record);
  }
  bool on_object_end(std::size_t, json::error_code& error) {
    const Level object = levels_.back();
    const bool ascended = ascend(error);
    const bool first_field = object.record && object.named && !levels_.empty();
    if (first_field) levels_.back().fields = true;
    if (object.record && !first_field) writer_.bracket('}');
    return ascended;
  }
  bool on_key_part(json::string_view part, std::size_t, json::error_code& error) {
    add(next_key_, part);
    if (next_key_.size() >= kMaxValue) write(std::exchange(next_key_, {}));
    return go_on(error);
  }
  bool on_key(json::string_view part, std::size_t, json::error_code&) {
    add(next_key_, part);
    telling_ = tells(next_key_);
    label_ = telling_ ? next_key_ : next_key_.substr(0, kMaxKey);
    key_ = telling_ ? "#" : std::move(next_key_);  // no place repeats whose it is
    next_key_.clear();
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, json::error_code& error) {
    add(value_, part);
    return value_.size() < kMaxValue || finish_value(true, error);
  }
  bool on_string(json::string_view part, std::size_t, json::error_code& error) {
    add(value_, part);
    return finish_value(true, error);
  }
  bool on_number_part(json::string_view part, json::error_code& error) {
    add(value_, part);
    return value_.size() < kMaxValue || finish_value(false, error);
  }
  bool on_int64(std::int64_t, json::string_view part, json::error_code& error) {
    return on_number(part, error);
  }
  bool on_uint64(std::uint64_t, json::string_view part, json::error_code& error) {
    return on_number(part, error);
  }
  bool on_double(double, json::string_view part, json::error_code& error) {
    return on_number(part, error);
  }
  bool on_bool(bool, json::error_code&) { return on_nothing(); }
  bool on_null(json::error_code&) { return on_nothing(); }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

 private:
  /// What an object or an array goes back to at its end.
  struct Level {
    std::size_t length;   ///< of the path
    bool record = false;  ///< an object that is no member of another one
    bool named = false;   ///< …with a value that is named beside it
    bool fields = false;  ///< an array of such: all of it is one record
  };

  bool on_number(json::string_view part, json::error_code& error) {
    add(value_, part);
    return finish_value(false, error);
  }
  bool on_nothing() {
    write_key();
    rows_.take({}, true);
    return true;
  }
  /// A key that may be a value itself: {"13800138000": {…}}.
  static bool tells(std::string_view key) {
    constexpr std::ptrdiff_t kDigits = 6;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return key.size() > kMaxKey || key.contains('@') ||
           std::ranges::count_if(key, is_digit) >= kDigits;
  }
  /// Of what is no text and no number, which are written behind their key. As a label of what is
  /// below it a long one is cut, as others are.
  void write_key() {
    if (!std::exchange(telling_, false)) return;
    write(label_);
    label_.resize(std::min(label_.size(), kMaxKey));
  }
  void write(std::string_view paragraph) {
    rows_.finish();
    writer_.group(path_);
    writer_.paragraph(paragraph);
  }
  static bool add(std::string& to, json::string_view part) {
    to.append(part.data(), part.size());
    return true;
  }
  std::string path() const {
    std::string path = path_;
    if (!path.empty() && !key_.empty()) path.push_back('.');
    return path.append(std::string_view(key_).substr(0, kMaxKey));
  }
  bool go_on(json::error_code& error) {
    if (extraction_.stopped()) error = json::error::exception;
    return !extraction_.stopped();
  }
  bool descend(std::string_view mark, json::error_code& error, bool record = false) {
    levels_.push_back({.length = path_.size(), .record = record});
    if (path_.size() < kMaxPath) path_ = path().append(mark);
    key_.clear();
    return go_on(error);
  }
  bool ascend(json::error_code& error) {
    path_.resize(levels_.back().length);
    levels_.pop_back();
    key_.clear();
    return go_on(error);
  }
  bool finish_value(bool text, json::error_code& error) {
    if (!rows_.take(value_, text)) write_value();
    value_.clear();
    if (++values_ % 1024 == 0) extraction_.check_time();
    return go_on(error);
  }

  void write_value() {
    telling_ = false;
    rows_.finish();
    writer_.group(path());
    const std::string& label = named_.key_of(label_);
    if (&label != &label_ && !levels_.empty()) levels_.back().named = true;
    writer_.paragraph(label.empty() ? value_ : label + ": " + value_);
    named_.see(label_, value_);
  }

  DocumentWriter& writer_;
  JsonRows& rows_;
  Extraction& extraction_;
  NamedValue named_;
  std::string path_, key_, next_key_, value_;
  bool telling_ = false;  ///< the last key may be a value itself, and is not written yet
  std::string label_;     ///< the last key, which also names the elements of an array below it
  std::vector<Level> levels_;
  std::size_t values_ = 0;
};

/// Takes any JSON and only counts its values.
struct Counter {
  std::size_t values = 0;
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
  using E = json::error_code;
  bool on_document_begin(E&) { return true; }
  bool on_document_end(E&) { return true; }
  bool on_array_begin(E&) { return true; }
  bool on_array_end(std::size_t, E&) { return true; }
  bool on_object_begin(E&) { return true; }
  bool on_object_end(std::size_t, E&) { return true; }
  bool on_key_part(json::string_view, std::size_t, E&) { return true; }
  bool on_key(json::string_view, std::size_t, E&) { return true; }
  bool on_string_part(json::string_view, std::size_t, E&) { return true; }
  bool on_string(json::string_view, std::size_t, E&) { return ++values > 0; }
  bool on_number_part(json::string_view, E&) { return true; }
  bool on_int64(std::int64_t, json::string_view, E&) { return ++values > 0; }
  bool on_uint64(std::uint64_t, json::string_view, E&) { return ++values > 0; }
  bool on_double(double, json::string_view, E&) { return ++values > 0; }
  bool on_bool(bool, E&) { return ++values > 0; }
  bool on_null(E&) { return ++values > 0; }
  bool on_comment_part(json::string_view, E&) { return true; }
  bool on_comment(json::string_view, E&) { return true; }
};

std::string_view after_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view{} : text.substr(first);
}

/// Parses one value after another (JSON, or lines of it), a window at a time. What is no JSON is
/// still text, and may hold what the rest of the file holds: it is written line by line.
class JsonReader {
 public:
  JsonReader(const std::string& where, Extraction& extraction)
      : writer_(where, extraction), rows_(writer_), extraction_(extraction) {}

  void read(std::string_view text) {
    while (!broken_ && !extraction_.stopped()) {
      if (!value_) text = after_blanks(text);
      if (text.empty()) return;
      if (!value_) value_.emplace(options(), writer_, rows_, extraction_);
      json::error_code error;
      const std::size_t used = value_->write_some(true, text.data(), text.size(), error);
      text.remove_prefix(used);
      const bool done = !error && value_->done();
      if (error || (used == 0 && !done)) give_up(error);
      if (done) value_.reset();
    }
    write_lines(text);
  }

  void finish() {
    json::error_code error;
    if (value_ && !broken_) value_->write_some(false, nullptr, 0, error);
    if (error) give_up(error);
    rows_.give_up();
    rows_.finish();
    writer_.flush();
  }

 private:
  void give_up(const json::error_code& error) {
    if (extraction_.stopped()) return;
    extraction_.lose(error == json::error::too_deep ? "too_deep" : "corrupt");
    broken_ = true;
    rows_.give_up();
    rows_.finish();
    writer_.group("");
  }

  void write_lines(std::string_view text) {
    while (!text.empty() && !extraction_.stopped()) {
      const std::size_t size = std::min(text.find('\n'), text.size());
      writer_.paragraph(text.substr(0, size));
      text.remove_prefix(std::min(size + 1, text.size()));
    }
  }

  DocumentWriter writer_;
  JsonRows rows_;
  Extraction& extraction_;
  std::optional<json::basic_parser<ValueWriter>> value_;  ///< the one that is not at its end yet
  bool broken_ = false;
};

}  // namespace

bool looks_like_json(std::string_view text, bool whole) {
  if (!text.starts_with('{') && !text.starts_with('[')) return false;
  const std::string_view inside = after_blanks(text.substr(1));
  const bool object = text.front() == '{';
  if (inside.empty() ||
      !std::string_view(object ? "\"}" : "{[]\"-0123456789tfn").contains(inside.front()))
    return false;
  json::basic_parser<Counter> parser(options());
  json::error_code error;
  const std::size_t used = parser.write_some(!whole, text.data(), text.size(), error);
  if (error == json::error::incomplete || error == json::error::too_deep) return true;
  // "[12.345678] usb 1-1: …" is a list of one number and a line of a log behind it.
  const std::string_view rest = after_blanks(text.substr(used));
  if (!error) return object || rest.empty() || std::string_view("{[").contains(rest.front());
  // What began as JSON and broke is broken JSON; "[2026-01-01 …" never began.
  return parser.handler().values > 0 && std::string_view("\"{").contains(inside.front());
}

void read_json(Source& source, text::Encoding encoding, const std::string& where,
               Extraction& extraction) {
  JsonReader reader(where, extraction);
  for_each_window(source, encoding, extraction,
                  [&](Window&& window) { reader.read(window.decoded.text); });
  reader.finish();
}

}  // namespace huxin::extract
