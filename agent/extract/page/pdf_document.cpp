#include "agent/extract/page/pdf_document.hpp"

#include <algorithm>
#include <new>
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <set>
#include <utility>
#include <vector>

namespace huxin::extract {
namespace {

constexpr std::size_t kMaxObjects = 100'000;  // fields, annotations and files of one document
constexpr std::size_t kMaxFieldDepth = 64;

/// Ends the reading of a stream that takes more than there is.
struct Enough {};

class StreamSink : public Pipeline {
 public:
  explicit StreamSink(PdfVisitor& visitor) : Pipeline("stream", nullptr), visitor_(visitor) {}
  void write(const unsigned char* data, std::size_t size) override {
    content.append(reinterpret_cast<const char*>(data), size);
    if (!visitor_.may_unpack(content.size(), size)) throw Enough{};
  }
  void finish() override {}
  std::string content;

 private:
  PdfVisitor& visitor_;
};

std::string text_of(QPDFObjectHandle object) {
  if (object.isString()) return object.getUTF8Value();
  return object.isName() ? object.getName().substr(1) : std::string();
}

/// Says whether a property is a program's own. Who wrote a file is staff.
bool is_programs(const std::string& key) {
  constexpr std::string_view kPrograms[] = {"/Author",       "/Creator", "/Producer",
                                            "/CreationDate", "/ModDate", "/Trapped"};
  return std::find(std::begin(kPrograms), std::end(kPrograms), key) != std::end(kPrograms);
}

class ObjectReader {
 public:
  ObjectReader(QPDF& pdf, PdfVisitor& visitor) : pdf_(pdf), visitor_(visitor) {}

  void read() {
    read_properties(pdf_.getTrailer().getKey("/Info"));
    read_form(pdf_.getRoot().getKey("/AcroForm"));
    for (QPDFObjectHandle page : pdf_.getAllPages()) {
      if (visitor_.stopped()) return;
      read_annotations(page.getKey("/Annots"));
    }
    for (const auto& file : QPDFEmbeddedFileDocumentHelper(pdf_).getEmbeddedFiles()) {
      const std::string name = file.second->getFilename();
      read_file(name.empty() ? file.first : name, file.second->getEmbeddedFileStream());
    }
    for (const auto& file : attached_) read_file(file.first, file.second);
  }

 private:
  void read_properties(QPDFObjectHandle info) {
    if (!info.isDictionary()) return;
    for (const std::string& key : info.getKeys()) {
      if (!is_programs(key)) visitor_.take_property(text_of(info.getKey(key)));
    }
  }

  void read_form(QPDFObjectHandle form) {
    if (!form.isDictionary()) return;
    read_fields(form.getKey("/Fields"), "", 0);
    read_form_data(form.getKey("/XFA"));
  }

  void read_fields(QPDFObjectHandle fields, const std::string& above, std::size_t depth) {
    if (!fields.isArray()) return;
    if (depth > kMaxFieldDepth) return visitor_.lose("too_deep");
    for (int i = 0; i < fields.getArrayNItems() && !visitor_.stopped(); ++i) {
      QPDFObjectHandle field = fields.getArrayItem(i);
      if (!field.isDictionary() || !is_new(field)) continue;
      const std::string own = text_of(field.getKey("/T"));
      const std::string name = above.empty() || own.empty() ? above + own : above + "." + own;
      const std::string value = text_of(field.getKey("/V"));
      if (!value.empty()) visitor_.take_field(name, value);
      read_fields(field.getKey("/Kids"), name, depth + 1);
    }
  }

  /// One stream, or the packets of one by name one after another.
  void read_form_data(QPDFObjectHandle xfa) {
    std::string xml;
    if (xfa.isStream()) xml = content_of(xfa);
    const int items = xfa.isArray() ? xfa.getArrayNItems() : 0;
    for (int i = 1; i < items && !visitor_.stopped(); i += 2)
      xml += content_of(xfa.getArrayItem(i));
    if (!xml.empty()) visitor_.take_form_data(xml);
  }

  void read_annotations(QPDFObjectHandle annotations) {
    const int items = annotations.isArray() ? annotations.getArrayNItems() : 0;
    for (int i = 0; i < items && !visitor_.stopped(); ++i) {
      QPDFObjectHandle annotation = annotations.getArrayItem(i);
      if (!annotation.isDictionary() || !is_new(annotation)) continue;
      visitor_.take_annotation(text_of(annotation.getKey("/Contents")));
      visitor_.take_annotation(text_of(annotation.getKey("/Subj")));
      QPDFObjectHandle link = annotation.getKey("/A");
      if (link.isDictionary()) visitor_.take_annotation(text_of(link.getKey("/URI")));
      attach(annotation.getKey("/FS"));
    }
  }

  void attach(QPDFObjectHandle file) {
    QPDFObjectHandle streams =
        file.isDictionary() ? file.getKey("/EF") : QPDFObjectHandle::newNull();
    if (!streams.isDictionary()) return;
    const std::string name = text_of(file.getKey("/UF"));
    attached_.emplace_back(name.empty() ? text_of(file.getKey("/F")) : name, streams.getKey("/F"));
  }

  void read_file(const std::string& name, QPDFObjectHandle stream) {
    if (!visitor_.stopped() && stream.isStream() && is_new(stream))
      visitor_.take_file(name, content_of(stream));
  }

  std::string content_of(QPDFObjectHandle stream) {
    if (!stream.isStream()) return {};
    StreamSink sink(visitor_);
    try {
      if (!stream.pipeStreamData(&sink, 0, qpdf_dl_generalized, true)) visitor_.lose("corrupt");
    } catch (const Enough&) {  // what came before is read
    }
    return std::move(sink.content);
  }

  /// False for what was read before: objects may refer to each other in a circle.
  bool is_new(QPDFObjectHandle object) {
    if (seen_.size() >= kMaxObjects) return false;
    return !object.isIndirect() || seen_.insert(object.getObjGen()).second;
  }

  QPDF& pdf_;
  PdfVisitor& visitor_;
  std::set<QPDFObjGen> seen_;
  std::vector<std::pair<std::string, QPDFObjectHandle>> attached_;
};

}  // namespace

void visit_pdf(const unsigned char* content, std::size_t size, PdfVisitor& visitor) {
  try {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("", reinterpret_cast<const char*>(content), size);
    ObjectReader(pdf, visitor).read();
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const QPDFExc& error) {
    visitor.lose(error.getErrorCode() == qpdf_e_password ? "encrypted" : "corrupt");
  } catch (const std::exception&) {
    visitor.lose("corrupt");
  }
}

}  // namespace huxin::extract
