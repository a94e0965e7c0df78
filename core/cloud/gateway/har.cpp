// The journal as HTTP Archive 1.2.
#include "core/base/json_writer.hpp"
#include "core/base/version.hpp"
#include "core/cloud/gateway/journal.hpp"

namespace foyer {
namespace {

constexpr std::string_view actions[] = {"done", "refresh", "other key",    "wait",   "read back",
                                        "park", "halt",    "mark offline", "give up"};

// Both sides of a call have these; none of their contents is kept.
void nothing_of(JsonWriter& json) {
  json.text("httpVersion", "").list("cookies").end_list().list("headers").end_list();
}
void sizes(JsonWriter& json) { json.integer("headersSize", -1).integer("bodySize", -1).end_object(); }

void entry(JsonWriter& json, const JournalEntry& one, std::string_view base) {
  const long long spent = one.duration.count();
  json.object().text("startedDateTime", to_iso8601(one.at)).integer("time", spent);
  json.object("request").text("method", one.method).text("url", std::string(base) + one.path_template);
  nothing_of(json);
  sizes(json.list("queryString").end_list());
  json.object("response").integer("status", one.status).text("statusText", "");
  nothing_of(json);
  json.object("content").integer("size", -1).text("mimeType", "").end_object();
  sizes(json.text("redirectURL", ""));
  json.object("cache").end_object();
  json.object("timings").integer("send", 0).integer("wait", spent).integer("receive", 0).end_object();
  json.text("_rule", policy::rule_id(one.condition))
      .text("_action", actions[static_cast<std::size_t>(one.action)])
      .integer("_attempt", one.attempt)
      .integer("_cost", one.cost)
      .end_object();
}

}  // namespace

std::string to_har(const std::deque<JournalEntry>& journal, std::string_view base) {
  JsonWriter json;
  json.object().object("log").text("version", "1.2").object("creator");
  json.text("name", "Foyer").text("version", version()).end_object().list("entries");
  for (const JournalEntry& one : journal) entry(json, one, base);
  return json.end_list().end_object().end_object().take();
}

}  // namespace foyer
