// The journal as HTTP Archive 1.2, written by hand: a few fixed fields, and the page carries no more for it.
#include "core/cloud/gateway.hpp"

namespace foyer {
namespace {

constexpr std::string_view actions[] = {"done", "refresh", "other key",    "wait",   "read back",
                                        "park", "halt",    "mark offline", "give up"};

void quote(std::string& out, std::string_view text) {
  constexpr char hex[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (code < 0x20) {
      out += "\\u00";
      out += hex[code >> 4];
      out += hex[code & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

void text(std::string& out, std::string_view name, std::string_view value) {
  quote(out, name);
  out += ':';
  quote(out, value);
  out += ',';
}

void number(std::string& out, std::string_view name, long long value, std::string_view end = ",") {
  quote(out, name);
  out += ':' + std::to_string(value);
  out += end;
}

void entry(std::string& out, const JournalEntry& one, std::string_view base) {
  const long long spent = one.duration.count();
  out += '{';
  text(out, "startedDateTime", to_iso8601(one.at));
  number(out, "time", spent);
  out += R"("request":{)";
  text(out, "method", one.method);
  text(out, "url", std::string(base) + one.path_template);
  out += R"("httpVersion":"","cookies":[],"headers":[],"queryString":[],"headersSize":-1,"bodySize":-1},)";
  out += R"("response":{)";
  number(out, "status", one.status);
  out += R"("statusText":"","httpVersion":"","cookies":[],"headers":[],)";
  out += R"("content":{"size":-1,"mimeType":""},"redirectURL":"","headersSize":-1,"bodySize":-1},)";
  out += R"("cache":{},"timings":{"send":0,)";
  number(out, "wait", spent);
  out += R"("receive":0},)";
  text(out, "_rule", policy::rule_id(one.condition));
  text(out, "_action", actions[static_cast<std::size_t>(one.action)]);
  number(out, "_attempt", one.attempt);
  number(out, "_cost", one.cost, "}");
}

}  // namespace

std::string to_har(const std::deque<JournalEntry>& journal, std::string_view base) {
  std::string out = R"({"log":{"version":"1.2","creator":{"name":"Foyer","version":"1"},"entries":[)";
  for (const JournalEntry& one : journal) {
    if (out.back() != '[') out += ',';
    entry(out, one, base);
  }
  return out + "]}}";
}

}  // namespace foyer
