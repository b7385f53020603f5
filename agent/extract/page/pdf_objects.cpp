#include "agent/extract/page/pdf_objects.hpp"

#include <fmt/format.h>

#include "agent/extract/document_writer.hpp"
#include "agent/extract/formats.hpp"
#include "agent/extract/markup/texts.hpp"
#include "agent/extract/page/pdf_document.hpp"

namespace huxin::extract {
namespace {

class ObjectWriter : public PdfVisitor {
 public:
  ObjectWriter(std::size_t packed, const std::string& where, Extraction& extraction)
      : packed_(packed), where_(where), writer_(where, extraction), extraction_(extraction) {}

  void take_property(const std::string& value) override { write("properties", value); }
  void take_field(const std::string& name, const std::string& value) override {
    write("form", fmt::format("{}: {}", name, value));
  }
  void take_annotation(const std::string& text) override { write("annotations", text); }

  void take_form_data(const std::string& xml) override {
    writer_.group("form");
    Markup markup(xml);
    write_texts(markup, writer_, extraction_);
  }

  void take_file(const std::string& name, const std::string& content) override {
    extraction_.enter_member();
    if (!extraction_.stopped())
      read_any(as_bytes(content), fmt::format("{}!{}", where_, name), extraction_);
  }

  bool may_unpack(std::size_t so_far, std::size_t more) override {
    extraction_.spend(packed_, so_far, more);
    const bool fits = so_far <= extraction_.budget().max_bytes;
    if (!fits) extraction_.lose("too_large");
    return fits && !extraction_.stopped();
  }

  void lose(std::string_view reason) override { extraction_.lose(reason); }
  bool stopped() const override { return extraction_.stopped(); }
  void flush() { writer_.flush(); }

 private:
  void write(std::string_view group, std::string_view text) {
    writer_.group(group);
    if (!text.empty()) writer_.paragraph(text);
  }

  std::size_t packed_;
  const std::string& where_;
  DocumentWriter writer_;
  Extraction& extraction_;
};

}  // namespace

void read_pdf_objects(ByteView content, const std::string& where, Extraction& extraction) {
  const Extraction::Descent descent(extraction);
  if (!descent.allowed()) return;
  ObjectWriter writer(content.size(), where, extraction);
  visit_pdf(content.data(), content.size(), writer);
  writer.flush();
}

}  // namespace huxin::extract
