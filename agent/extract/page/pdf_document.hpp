#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace huxin::extract {

/// Takes what a PDF holds beside its pages, in UTF-8, in the order of the calls below.
class PdfVisitor {
 public:
  virtual ~PdfVisitor() = default;
  /// A title, a subject, keywords, or something that people named themselves.
  virtual void take_property(const std::string& value) = 0;
  /// A field of a form, named with those above it.
  virtual void take_field(const std::string& name, const std::string& value) = 0;
  /// XML of an XFA form.
  virtual void take_form_data(const std::string& xml) = 0;
  /// What an annotation says or links to.
  virtual void take_annotation(const std::string& text) = 0;
  virtual void take_file(const std::string& name, const std::string& content) = 0;
  /// Asked as a stream unpacks, which has given `so_far` bytes, `more` of them now; false ends it.
  virtual bool may_unpack(std::size_t so_far, std::size_t more) = 0;
  /// Something is passed over for a reason that Extraction ranks.
  virtual void lose(std::string_view reason) = 0;
  virtual bool stopped() const = 0;
};

/// Walks the objects of a PDF with qpdf. Loses "encrypted" where a password is asked for, "corrupt"
/// where not even qpdf can mend it. Throws nothing but bad_alloc and what the visitor throws.
///
/// This file and its source are C++17: qpdf 11.3's headers are not valid C++20 to libstdc++ 12.
void visit_pdf(const unsigned char* content, std::size_t size, PdfVisitor& visitor);

}  // namespace huxin::extract
