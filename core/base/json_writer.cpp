#include "core/base/json_writer.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/secret.hpp"

namespace foyer {
namespace {

using Json = nlohmann::ordered_json;

// The library's writer, kept between values: making one costs more than most strings do.
class Serializer {
 public:
  explicit Serializer(std::string& out)
      : library_(nlohmann::detail::output_adapter<char>(out), ' ', Json::error_handler_t::replace) {}
  void put(const Json& value) { library_.dump(value, false, false, 0); }
  void put(std::string_view text) {
    words_.get_ref<std::string&>().assign(text);
    put(words_);
  }
  Json& words() { return words_; }

 private:
  nlohmann::detail::serializer<Json> library_;
  Json words_ = "";
};

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  Serializer writer(out);
  writer.put(text);
  wipe(writer.words().get_ref<std::string&>());  // it may be a secret
}

struct JsonWriter::Out {
  std::string text{};
  Serializer values{text};
};

JsonWriter::JsonWriter() : out_(std::make_unique<Out>()) {}
JsonWriter::~JsonWriter() = default;

std::string JsonWriter::take() { return std::exchange(out_->text, {}); }

void JsonWriter::name(std::string_view name) {
  std::string& text = out_->text;
  if (!text.empty() && text.back() != '{' && text.back() != '[') text += ',';
  if (name.empty()) return;
  out_->values.put(name);
  text += ':';
}

JsonWriter& JsonWriter::open(std::string_view of, char bracket) {
  name(of);
  out_->text += bracket;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  out_->text += bracket;
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view of, std::string_view value) {
  name(of);
  out_->values.put(value);
  return *this;
}

JsonWriter& JsonWriter::number(std::string_view of, double value) {
  name(of);
  out_->values.put(Json(std::isfinite(value) ? value : 0.0));
  return *this;
}

JsonWriter& JsonWriter::integer(std::string_view of, long long value) {
  name(of);
  out_->values.put(Json(value));
  return *this;
}

JsonWriter& JsonWriter::flag(std::string_view of, bool value) { return raw(of, value ? "true" : "false"); }

JsonWriter& JsonWriter::raw(std::string_view of, std::string_view json) {
  name(of);
  out_->text += json;
  return *this;
}

}  // namespace foyer
