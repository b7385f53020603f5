#include "policy/catalog/element_codec.hpp"

#include <concepts>
#include <cstring>
#include <optional>
#include <type_traits>

namespace huxin::catalog {
namespace {

template <class Value>
concept Plain = std::is_arithmetic_v<Value> || std::is_enum_v<Value>;

// What each struct consists of, for writing and reading alike. A member that is missing here is
// missing in the program: a test compares what comes back with what elements.yaml says.
template <class Io, std::same_as<Derivation> Value>
void fields(Io& io, Value& it) {
  io(it.under_years, it.within_characters, it.customers);
}
template <class Io, std::same_as<Headings> Value>
void fields(Io& io, Value& it) {
  io(it.form, it.least, it.words, it.titles, it.titled, it.needs);
}
template <class Io, std::same_as<FileNames> Value>
void fields(Io& io, Value& it) {
  io(it.suffixes, it.words, it.folders);
}
template <class Io, std::same_as<ValueForm> Value>
void fields(Io& io, Value& it) {
  io(it.characters, it.least, it.most, it.prefixes, it.check, it.hint, it.bracketed, it.doubt);
}
template <class Io, std::same_as<LabelledValue> Value>
void fields(Io& io, Value& it) {
  io(it.assigned, it.reach, it.forms);
}
template <class Io, std::same_as<Element> Value>
void fields(Io& io, Value& it) {
  io(it.id, it.name, it.zh, it.en, it.level, it.mask, it.recognizer, it.keywords, it.columns,
     it.beside, it.keyword_required, it.base_confidence, it.context_confidence, it.identifies,
     it.together, it.company, it.derivation, it.headings, it.files, it.value, it.source);
}

class Writer {
 public:
  template <class... Values>
  void operator()(Values&... values) {
    (put(values), ...);
  }
  std::string take() { return std::move(out_); }

 private:
  template <Plain Value>
  void put(Value& value) {
    out_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void put(std::string& text) {
    put_size(text.size());
    out_.append(text);
  }
  template <class Value>
  void put(std::vector<Value>& values) {
    put_size(values.size());
    for (Value& value : values) put(value);
  }
  template <class Value>
  void put(std::optional<Value>& value) {
    put_size(value ? 1 : 0);
    if (value) put(*value);
  }
  template <class Value>
  void put(Value& value) {
    fields(*this, value);
  }
  void put_size(std::size_t size) {
    auto narrow = static_cast<std::uint16_t>(size);  // element_reader.hpp's limits are lower
    put(narrow);
  }

  std::string out_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  template <class... Values>
  void operator()(Values&... values) {
    (take(values), ...);
  }

 private:
  template <Plain Value>
  void take(Value& value) {
    std::memcpy(&value, bytes_.data(), sizeof value);
    bytes_.remove_prefix(sizeof value);
  }
  void take(std::string& text) {
    const std::size_t size = take_size();
    text.assign(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
  }
  template <class Value>
  void take(std::vector<Value>& values) {
    values.resize(take_size());
    for (Value& value : values) take(value);
  }
  template <class Value>
  void take(std::optional<Value>& value) {
    if (take_size() != 0) take(value.emplace());
  }
  template <class Value>
  void take(Value& value) {
    fields(*this, value);
  }
  std::size_t take_size() {
    std::uint16_t size = 0;
    take(size);
    return size;
  }

  std::string_view bytes_;
};

}  // namespace

std::string encode_elements(std::span<const Element> elements) {
  Writer writer;
  std::vector<Element> all(elements.begin(), elements.end());
  writer(all);
  return writer.take();
}

std::vector<Element> decode_elements(std::string_view bytes) {
  std::vector<Element> elements;
  Reader reader(bytes);
  reader(elements);
  return elements;
}

}  // namespace huxin::catalog
