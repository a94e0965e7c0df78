#include "core/app/report/report.hpp"

#include <algorithm>
#include <utility>

#include "core/base/json_view.hpp"
#include "core/base/json_writer.hpp"
#include "core/cloud/provider.hpp"

namespace foyer::report {
namespace {

constexpr long long version = 1;
constexpr std::size_t largest = std::size_t{32} << 20, most_clouds = 8, most_answers = 2000,
                      most_entries = 5000;
constexpr long long last_instant = 4'102'444'800'000;  // 2100

std::unexpected<Error> expected(const std::string& field, std::string_view what) {
  return fail(ErrorKind::malformed, "", field + ": expected " + std::string(what), field);
}

Result<std::string> text(JsonView object, std::string_view name, const std::string& path,
                         std::string_view what, std::size_t most) {
  auto found = object.find(name).as_string();
  if (!found || found->size() > most) return expected(path + std::string(name), what);
  return std::move(*found);
}

Result<Instant> time(JsonView object, std::string_view name, const std::string& path) {
  const auto ms = object.find(name).as_integer();
  if (!ms || *ms < 0 || *ms > last_instant)
    return expected(path + std::string(name), "a time in milliseconds since 1970");
  return instant_from_ms(*ms);
}

Result<JsonView> list(JsonView object, std::string_view name, const std::string& path, std::size_t most) {
  const JsonView found = object.find(name);
  if (!found.is_array() || found.size() > most)
    return expected(path + std::string(name), "a list of at most " + std::to_string(most));
  return found;
}

bool is_target(const std::string& text) {
  return text.starts_with('/') && !text.starts_with("//") && std::ranges::all_of(text, [](char c) {
           return c > ' ' && c < 0x7F && c != '"' && c != '\\' && c != '#';
         });
}

Result<Answer> read_answer(JsonView from, const std::string& path) {
  static constexpr std::string_view methods[] = {"GET", "POST", "PUT", "DELETE", "PATCH"};
  Answer out;
  auto method = text(from, "method", path, "GET, POST, PUT, DELETE or PATCH", 6);
  if (!method) return std::unexpected(method.error());
  if (std::ranges::find(methods, *method) == std::end(methods))
    return expected(path + "method", "GET, POST, PUT, DELETE or PATCH");
  auto target = text(from, "target", path, "a path that begins with /", 8192);
  if (!target) return std::unexpected(target.error());
  if (!is_target(*target)) return expected(path + "target", "a path that begins with /");
  const auto status = from.find("status").as_integer();
  if (!status || *status < 0 || *status > 599 || (*status > 0 && *status < 200))
    return expected(path + "status", "0 or a whole number from 200 to 599");
  auto body = text(from, "body", path, "a text", largest);
  if (!body) return std::unexpected(body.error());
  return Answer{std::move(*method), std::move(*target), static_cast<int>(*status), std::move(*body)};
}

Result<Cloud> read_cloud(JsonView from, const std::string& path) {
  if (!from.is_object()) return expected(path.substr(0, path.size() - 1), "an object");
  Cloud out;
  const auto providers = list(from, "providers", path, 8);
  if (!providers) return std::unexpected(providers.error());
  for (const JsonView one : providers->elements()) {
    auto id = one.as_string();
    if (!id || provider(*id) == nullptr || std::ranges::find(out.providers, *id) != out.providers.end())
      return expected(path + "providers[" + std::to_string(out.providers.size()) + "]",
                      "one of " + provider_ids() + ", each once");
    out.providers.push_back(std::move(*id));
  }
  if (out.providers.empty()) return expected(path + "providers", "at least one of " + provider_ids());
  if (out.providers.size() > 1 && std::ranges::find(out.providers, "netatmo") != out.providers.end())
    return expected(path + "providers", "netatmo alone, or those of Legrand");
  const auto answers = list(from, "answers", path, most_answers);
  if (!answers) return std::unexpected(answers.error());
  for (const JsonView one : answers->elements()) {
    const std::string at = path + "answers[" + std::to_string(out.answers.size()) + "]";
    if (!one.is_object()) return expected(at, "an object");
    auto answer = read_answer(one, at + ".");
    if (!answer) return std::unexpected(answer.error());
    out.answers.push_back(std::move(*answer));
  }
  return out;
}

}  // namespace

std::string write_report(const Report& found, Disguise& disguise) {
  for (const Cloud& cloud : found.clouds)
    for (const Answer& answer : cloud.answers) disguise.learn(answer.body);
  JsonWriter json;
  json.object().integer("foyer_report", version).text("made_by", found.made_by);
  json.integer("at", to_ms(disguise.time(found.at))).list("clouds");
  for (const Cloud& cloud : found.clouds) {
    json.object().list("providers");
    for (const std::string& one : cloud.providers) json.text({}, one);
    json.end_list().list("answers");
    for (const Answer& answer : cloud.answers) {
      json.object().text("method", answer.method).text("target", disguise.target(answer.target));
      json.integer("status", answer.status).text("body", disguise.body(answer.body)).end_object();
    }
    json.end_list().end_object();
  }
  json.end_list().list("journal");
  for (const Entry& entry : found.journal)
    json.object()
        .integer("at", to_ms(disguise.time(entry.at)))
        .text("kind", entry.kind)
        .text("text", entry.text)
        .end_object();
  json.end_list().end_object();
  return json.take();
}

Result<Report> read_report(std::string_view json) {
  const auto parsed = JsonText::parse(json, largest, Repeated::refused);
  if (!parsed)
    return fail(ErrorKind::malformed, parsed.error().code, "this is no report: " + parsed.error().message);
  const JsonView root = parsed->root();
  const auto is = root.find("foyer_report").as_integer();
  if (!is)
    return fail(ErrorKind::malformed, "", "this is no report of Foyer: it has no \"foyer_report\"",
                "foyer_report");
  if (*is != version)
    return fail(
        ErrorKind::malformed, "",
        "foyer_report: this Foyer reads form 1; the report has another, so use the Foyer that made it",
        "foyer_report");
  Report out;
  auto by = text(root, "made_by", "", "a text of at most 80 bytes", 80);
  if (!by) return std::unexpected(by.error());
  out.made_by = std::move(*by);
  const auto at = time(root, "at", "");
  if (!at) return std::unexpected(at.error());
  out.at = *at;
  const auto clouds = list(root, "clouds", "", most_clouds);
  if (!clouds) return std::unexpected(clouds.error());
  for (const JsonView one : clouds->elements()) {
    auto cloud = read_cloud(one, "clouds[" + std::to_string(out.clouds.size()) + "].");
    if (!cloud) return std::unexpected(cloud.error());
    out.clouds.push_back(std::move(*cloud));
  }
  if (out.clouds.empty()) return expected("clouds", "at least one");
  const auto journal = list(root, "journal", "", most_entries);
  if (!journal) return std::unexpected(journal.error());
  for (const JsonView one : journal->elements()) {
    const std::string path = "journal[" + std::to_string(out.journal.size()) + "].";
    const auto when = time(one, "at", path);
    if (!when) return std::unexpected(when.error());
    auto kind = text(one, "kind", path, "a text of at most 20 bytes", 20);
    if (!kind) return std::unexpected(kind.error());
    auto said = text(one, "text", path, "a text of at most 1000 bytes", 1000);
    if (!said) return std::unexpected(said.error());
    out.journal.push_back({*when, std::move(*kind), std::move(*said)});
  }
  return out;
}

std::string summary_of(const Report& report, std::size_t replaced) {
  std::size_t answers = 0, bytes = 0;
  JsonWriter json;
  json.object().list("clouds");
  for (const Cloud& cloud : report.clouds) {
    json.object().list("providers");
    for (const std::string& one : cloud.providers) json.text({}, one);
    json.end_list().list("answers");
    for (const Answer& answer : cloud.answers) {
      ++answers;
      bytes += answer.body.size();
      json.object().text("request", answer.method + " " + answer.target).integer("status", answer.status);
      json.integer("bytes", static_cast<long long>(answer.body.size())).end_object();
    }
    json.end_list().end_object();
  }
  json.end_list()
      .integer("answers", static_cast<long long>(answers))
      .integer("bytes", static_cast<long long>(bytes));
  json.integer("journal", static_cast<long long>(report.journal.size()))
      .integer("replaced", static_cast<long long>(replaced));
  return json.end_object().take();
}

Task<HttpOutcome> Recorder::send(HttpRequest request) {
  const auto whose = std::ranges::find_if(heeded_, [&](const Heeded& one) {
    return one.account == request.account && !request.account.empty() &&
           request.url.starts_with(one.api_base + "/");
  });
  if (whose == heeded_.end() || !request.secret_body.empty()) co_return co_await to_.send(std::move(request));
  const std::size_t cloud = whose->cloud;
  Answer heard{.method = request.method, .target = request.url.substr(whose->api_base.size())};
  HttpOutcome outcome = co_await to_.send(std::move(request));
  if (outcome) {
    heard.status = outcome->status;
    heard.body = outcome->body;
  }
  heard_.emplace_back(cloud, std::move(heard));
  co_return outcome;
}

std::vector<Answer> Recorder::answers(std::size_t cloud) const {
  std::vector<Answer> out;
  for (const auto& [of, answer] : heard_) {
    if (of != cloud) continue;
    std::erase_if(
        out, [&](const Answer& one) { return one.method == answer.method && one.target == answer.target; });
    out.push_back(answer);
  }
  return out;
}

}  // namespace foyer::report
