// How the defects get into the provider's answers.
#include <algorithm>

#include "tests/hostile/defects.hpp"

namespace foyer::oauth::hostile {
namespace {

std::function<void(Json&)> set(const char* name, const char* json) {
  return [name, json](Json& object) {
    if (json)
      object[name] = parse_json(std::string("[") + json + "]").value()[0];
    else
      object.erase(name);
  };
}

}  // namespace

Switch member(const char* name, const char* json) {
  return [=](World& w) { w.change_tokens = set(name, json); };
}
Switch header(const char* name, const char* json) {
  return [=](World& w) { w.change_header = set(name, json); };
}
Switch claim(const char* name, const char* json) {
  return [=](World& w) { w.change_claims = set(name, json); };
}
Switch key(const char* name, const char* json) {
  return [=](World& w) { set(name, json)(w.keys["keys"][0]); };
}

Switch answer(int status, const char* body) {
  return [=](World& w) {
    w.change_answer = [=](HttpResponse& sent) {
      sent.status = status;
      if (body) sent.body = body;
    };
  };
}

Switch answer_text(std::function<void(std::string&)> change) {
  return [=](World& w) { w.change_answer = [=](HttpResponse& sent) { change(sent.body); }; };
}

Switch redirect(const char* name, const char* value) {
  return [=](World& w) {
    w.change_redirect = [=](Fields& fields) {
      if (value)
        fields.emplace_back(name, value);
      else
        std::erase_if(fields, [&](const auto& field) { return field.first == name; });
    };
  };
}

Switch id_token(std::function<void(std::string&)> change) {
  return [=](World& w) { w.change_id_token = change; };
}

Switch keys_text(const char* body, int status) {
  return [=](World& w) {
    w.change_keys = [=](HttpResponse& sent) {
      sent.status = status;
      sent.body = body;
    };
  };
}

Switch twice_in_header(const char* text) {
  return [=](World& w) { w.change_texts = [=](std::string& head, std::string&) { head.insert(1, text); }; };
}
Switch twice_in_claims(const char* text) {
  return
      [=](World& w) { w.change_texts = [=](std::string&, std::string& claims) { claims.insert(1, text); }; };
}

}  // namespace foyer::oauth::hostile
